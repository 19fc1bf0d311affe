"""Fields bound to places of a plan: what is typed stands in the draft at once, and what is wrong below it."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_words import error_words, figure_text
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import (
    Button,
    Selector,
    Tick,
    draw_box,
    draw_ring,
    plain_tip,
    shows_focus,
)
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import in_use, tr

Choices = Sequence[tuple[object, str]]
_FIGURE = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def words(text: str) -> str | None:
    """Typed words; an empty field is no value."""
    return text or None


def figure(text: str) -> Any:
    """A typed number; what is none stays as typed, so that the rules refuse it where it stands."""
    text = text.replace("，", ".").replace("。", ".")
    if not _FIGURE.fullmatch(text):
        return text or None
    return Decimal(text) if "." in text else int(text)


def whole(text: str) -> Any:
    """A typed whole number; what is none stays as typed."""
    return None if not text else int(text) if text.isdecimal() and len(text) < 10 else text


def percent(text: str) -> Any:
    """A typed share of 100 as a share of 1."""
    number = decimal_of(figure(text.rstrip("%％")))
    return number / 100 if number is not None else text or None


def percent_text(value: object) -> str:
    """A share of 1 as a share of 100."""
    number = decimal_of(value)
    return figure_text(number * 100) if number is not None else figure_text(value)


def lines(text: str) -> list[str] | None:
    """Typed lines or words parted by 、; none is no value."""
    found = [part.strip() for part in re.split(r"[\n、，,;；]", text) if part.strip()]
    return found or None


class Bound(Field):
    """A field at a path of the draft; a subclass shows the value (``refill``) and puts what is typed."""

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, control: QWidget, *, unit: str = "",
        figures: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(label, control, unit=unit, figures=figures)
        self.draft, self.path = draft, path
        self.refill()

    def refill(self) -> None:
        """Show the value as it stands in the draft."""

    def put(self, value: Any) -> None:
        """Put a value into the draft as a step that bears the label."""
        self.draft.put(self.path, value, Said("“{label}”", {"label": self.label.text()}))

    def show_error(self) -> None:
        """Say what the rules refuse here or below."""
        found = [said for _, said in self.draft.errors_below(self.path)]
        said = error_words(found[0]) if found else ""
        if said != self.refused():
            self.refuse(said)


class Line(Bound):
    """A line to type words or a figure into; the ``default`` stands in it in grey while it is empty."""

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, *, reading: Callable[[str], Any] = figure,
        shown: Callable[[Any], str] = figure_text, unit: str = "", default: str = "",
    ) -> None:  # fmt: skip
        self._reading, self._shown = reading, shown
        self.edit = QLineEdit()
        if default:
            self.edit.setPlaceholderText(tr("{value} (usual)", value=default))
        super().__init__(draft, path, label, self.edit, unit=unit, figures=reading is not words)
        self.edit.textEdited.connect(lambda text: self.put(reading(text.strip())))
        self.edit.editingFinished.connect(draft.seal)

    def refill(self) -> None:
        """Show the value; a figure at the right."""
        self.edit.setText(self._shown(self.draft.get(self.path)))


class Lines(Bound):
    """Several lines to type into: a text, or a list with one entry a line."""

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, *, hint: str = "", listed: bool = False
    ) -> None:
        self._listed = listed
        self.edit = QPlainTextEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.setFixedHeight(theme.px("measure.planNote"))
        super().__init__(draft, path, label, self.edit)
        self.edit.textChanged.connect(self._typed)

    def refill(self) -> None:
        """Show the text or the entries."""
        held = self.draft.get(self.path, "")
        text = "\n".join(str(one) for one in held) if isinstance(held, list) else str(held)
        self.edit.blockSignals(True)
        self.edit.setPlainText(text)
        self.edit.blockSignals(False)

    def _typed(self) -> None:
        text = self.edit.toPlainText()
        self.put(lines(text) if self._listed else text or None)


class Choice(Bound):
    """A choice from a list; choosing the default takes the key away, which says the same."""

    changed = Signal()

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, choices: Choices, *, default: object = None
    ) -> None:
        self._default = default
        self.selector = Selector(label)
        named = [(value, tr("{choice} (usual)", choice=word) if value == default and value is not None
                  else word) for value, word in choices]  # fmt: skip
        self._choices = named
        super().__init__(draft, path, label, self.selector)
        self.selector.currentIndexChanged.connect(lambda _at: self._chosen())

    def refill(self) -> None:
        """Show the chosen one; a value that is not offered stands as it is."""
        now = self.draft.get(self.path, self._default)
        offered = list(self._choices)
        if not any(_same(value, now) for value, _ in offered):
            offered.append((now, figure_text(now)))
        self.selector.set_choices(offered)
        self.selector.blockSignals(True)
        self.selector.setCurrentIndex(next(at for at, (value, _) in enumerate(offered) if _same(value, now)))
        self.selector.blockSignals(False)

    def _chosen(self) -> None:
        value = self.selector.currentData()
        self.put(None if value == self._default else value)
        self.draft.seal()
        self.changed.emit()


def _same(one: object, other: object) -> bool:
    """Whether two values of a plan say the same: 0.5 and "0.50" do."""
    figures = decimal_of(one), decimal_of(other)
    return one == other or (figures[0] is not None and figures[0] == figures[1])


class Switch(QWidget):
    """A yes or no at a path: a box to tick with its word."""

    def __init__(self, draft: PlanDraft, path: Path, word: str) -> None:
        super().__init__()
        self.draft, self.path = draft, path
        self.tick = Tick(word)
        self.tick.setChecked(draft.get(path) is True)
        self.setLayout(row(self.tick, None))
        self.tick.toggled.connect(self._toggled)

    def _toggled(self, on: bool) -> None:
        self.draft.put(self.path, True if on else None, Said("“{label}”", {"label": self.tick.text()}))
        self.draft.seal()


class Ticks(Bound):
    """Several of a list of codes at a path, a box to tick for each; they stand in the order offered.

    ``also`` is a second place whose refusal is told here: where the rules want a code and find none.
    """

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, choices: Sequence[tuple[str, str]],
        also: Path | None = None,
    ) -> None:  # fmt: skip
        self._also = also
        held = [str(one) for one in draft.rows(path)]
        known = dict(choices)
        self.ticks = {code: Tick(known.get(code, code)) for code in (*known, *held)}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnStretch(1, 1)
        widest = max((tick.sizeHint().width() for tick in self.ticks.values()), default=0)
        abreast = 2 if widest < theme.px("measure.formWidth") * 3 // 8 else 1
        for at, (code, tick) in enumerate(self.ticks.items()):
            tick.setChecked(code in held)
            tick.setToolTip(plain_tip(tick.text()) if abreast == 1 else "")
            tick.toggled.connect(self._ticked)
            grid.addWidget(tick, at // abreast, at % abreast)
        box = QWidget()
        box.setLayout(grid)
        super().__init__(draft, path, label, box)

    def _ticked(self) -> None:
        self.put([code for code, tick in self.ticks.items() if tick.isChecked()])
        self.draft.seal()

    def show_error(self) -> None:
        """What is wrong with what is ticked, or that nothing is."""
        super().show_error()
        missing = self.draft.error_at(self._also) if self._also else None
        if missing is not None:
            self.refuse(tr("Tick at least one."))


class Tile(QAbstractButton):
    """A choice with consequences: icon, word, example; the chosen one tinted, edged and ticked."""

    def __init__(self, icon: str, word: str, example: str) -> None:
        super().__init__()
        self._icon, self._example = icon, example
        self.setText(word)
        self.setCheckable(True)
        self.setAccessibleDescription(example)
        self.setToolTip(plain_tip(f"{word}\n{example}"))
        self.setFixedHeight(theme.px("measure.choiceTile"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Icon, the longer of both lines, and the tick."""
        longest = max(QFontMetrics(theme.font("strong")).horizontalAdvance(self.text()),
                      QFontMetrics(theme.font("caption")).horizontalAdvance(self._example))  # fmt: skip
        return QSize(longest + theme.px("measure.tileTextX") + theme.space(5), self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and a few characters; the tool tip has the rest."""
        return QSize(theme.px("measure.tileTextX") + theme.space(7) + theme.space(5), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, both lines, and the tick."""
        painter = QPainter(self)
        chosen, radius = self.isChecked(), theme.px("radius.button")
        fill = "rowSelected" if chosen else "hover" if self.underMouse() else "surface"
        draw_box(painter, self.rect(), theme.color(fill), theme.color("lineStrong"), radius)
        ink = "focus" if chosen else "inkSecondary"
        side = theme.px("icon.large")
        icons.draw(painter, self._icon, QRect(theme.space(3), 0, side, self.height()), ink, side)
        if chosen:
            draw_ring(painter, self.rect(), radius)
            small = theme.px("icon.normal")
            at = QRect(self.width() - small - theme.space(2), theme.space(2), small, small)
            icons.draw(painter, "check", at, "focus", small)
        elif shows_focus(self):
            draw_ring(painter, self.rect(), radius)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        left, half = theme.px("measure.tileTextX"), self.height() // 2
        wide = self.width() - left - theme.space(1)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("ink"))
        word = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(left, theme.space(1), wide, half - theme.space(1)), flags, word)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkSecondary"))
        shown = painter.fontMetrics().elidedText(self._example, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(left, half, wide, half - theme.space(1)), flags, shown)


class Tiles(QWidget):
    """Two to six tiles, three in a row; ``chosen`` tells the key."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, Said, Said]], now: str) -> None:
        super().__init__()
        self.tiles: dict[str, Tile] = {}
        say = in_use().say
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.space(2))
        self._group = QButtonGroup(self)
        for at, (key, icon, word, example) in enumerate(choices):
            tile = self.tiles[key] = Tile(icon, say(word), say(example))
            tile.setChecked(key == now)
            self._group.addButton(tile)
            on_click(tile, partial(self.chosen.emit, key))
            grid.addWidget(tile, at // 3, at % 3)
        for at in range(min(3, len(choices))):
            grid.setColumnStretch(at, 1)
        self.setLayout(grid)


class More(QWidget):
    """更多设置: what is rarely used, folded away unless one of it is set."""

    def __init__(self, parts: Sequence[QWidget], *, opened: bool) -> None:
        super().__init__()
        self.button = Button(tr("More settings"), "chevron-right", "quiet", small=True)
        self.box = QWidget()
        self.box.setLayout(column(*parts, gap=4))
        self.setLayout(column(row(self.button, None), self.box, gap=2))
        on_click(self.button, lambda: self.unfold(not self.box.isVisibleTo(self)))
        self.unfold(opened)

    def unfold(self, on: bool) -> None:
        """Show or hide what is rarely used."""
        self.box.setVisible(on)
        self.button.set_icon_name("chevron-down" if on else "chevron-right")


def pair(*fields: QWidget) -> QWidget:
    """Fields side by side in equal columns."""
    made = QWidget()
    line = row(*fields, gap=3)
    for place in range(len(fields)):
        line.setStretch(place, 1)
        line.setAlignment(fields[place], Qt.AlignmentFlag.AlignTop)
    made.setLayout(line)
    return made


def digits(draft: PlanDraft, path: Path, label: str) -> Choice:
    """How many places a rung is rounded to, half up."""
    choices: list[tuple[object, str]] = [(None, tr("not rounded@choice"))]
    choices += [(n, tr("{n} digit|{n} digits", n=n)) for n in range(5)]
    return Choice(draft, path, label, choices)
