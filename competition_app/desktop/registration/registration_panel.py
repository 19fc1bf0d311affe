"""The registration page's side panel: who, what is wrong and its mend, facts, conditions, and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import Button, ElidedText, Rule, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import SidePanel, clear, column, dashed_box, fact, on_click, row
from competition_app.desktop.parts.sentences import joined
from competition_app.domain.errors import Said
from competition_app.domain.registration.eligibility import Rule as Condition
from competition_app.i18n import in_use, tr


@dataclass(frozen=True, slots=True)
class Trouble:
    """A field that is not right: its head, what stands in it, why, and whether it can be mended here."""

    role: str
    column: str
    value: str
    said: Said
    code: str = ""
    cell: str = ""
    can_mend: bool = True
    deeds: tuple[tuple[str, Said], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A registration as the panel shows it, in words; ``why_not`` is why it cannot pass yet."""

    key: int
    name: str
    about: str
    state: pills.State
    troubles: tuple[Trouble, ...]
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    reason: str = ""
    why_not: str = ""


class PhotoPlace(QWidget):
    """Where the photo stands: dashed until one is handed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(theme.px("measure.photoWidth"), theme.px("measure.photoHeight"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the empty place."""
        painter = QPainter(self)
        dashed_box(painter, self.rect(), "sunken", "lineStrong")
        side, line = theme.px("measure.startCardIcon"), theme.line_height("caption")
        top = (self.height() - side - line) // 2
        icons.draw(
            painter, "user-round", QRect(0, top, self.width(), side), "inkTertiary", theme.px("icon.topic")
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkTertiary"))
        box = QRect(theme.space(1), top + side, self.width() - theme.space(2), line)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("No photo yet"))


class ConditionLine(QWidget):
    """One condition: met, not met, or not known, by icon and word."""

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self._icon, self._role = {
            True: ("circle-check", "done"), False: ("circle-x", "bad"), None: ("circle-dashed", "idle"),
        }[condition.met]  # fmt: skip
        word = in_use().say(condition.said)
        self.text = Text(word, "caption", "ink" if condition.met else "inkSecondary", wrap=True)
        unmet = {True: tr("met"), False: tr("not met"), None: tr("not known")}[condition.met]
        self.setAccessibleName(f"{word} {unmet}")
        self.setToolTip(unmet)
        inner = row(self.text)
        inner.setContentsMargins(theme.space(5), 0, 0, 0)
        self.setLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        side = theme.px("icon.small")
        at = QRect(0, 0, side, theme.line_height("caption"))
        icons.draw(QPainter(self), self._icon, at, f"status.{self._role}.ink", side)


class RegistrationPanel(SidePanel):
    """One registration, or the summary of several. ``passed``, ``returned`` and ``refused`` are the verdicts.

    ``mended`` tells a corrected field: its registration, its role, what was typed; ``deed`` another way out
    of a trouble: the way's key and the trouble. ``forgotten``: the person of this registration asks to be
    erased.
    """

    passed = Signal()
    returned = Signal()
    refused = Signal()
    mended = Signal(int, str, str)
    deed = Signal(str, object)
    forgotten = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title.hide()
        self.close_button.hide()
        self.key: int | None = None
        self.fields: list[Field] = []
        self.troubles: list[Trouble] = []
        self.why_not = Text("", "caption", "inkSecondary", wrap=True)
        self.pass_button = on_click(Button(tr("Pass"), "check"), self.passed.emit)
        self.return_button = on_click(Button(tr("Return@deed"), "undo-2"), self.returned.emit)
        self.refuse_button = on_click(Button(tr("Refuse"), variant="danger"), self.refused.emit)
        buttons = row(self.pass_button, self.return_button, self.refuse_button, gap=2)
        for at in range(3):
            buttons.setStretch(at, 1)
        self.foot.addLayout(column(self.why_not, buttons, gap=2))

    def show_one(self, shown: Shown) -> None:
        """Show a registration; a field being mended keeps what is typed when the same one is shown again."""
        typed = {
            f.label.text(): f.text() for f in self.fields if f.control.hasFocus() and self.key == shown.key
        }
        self._empty()
        self.key = shown.key
        self.content.addLayout(self._who(shown))
        for trouble in shown.troubles:
            self.content.addWidget(self._field(shown.key, trouble, typed))
            self.content.addLayout(self._ways(shown.key, trouble))
        if shown.reason:
            self.content.addWidget(
                Text(tr("Reason: {reason}", reason=shown.reason), "body", "wait", wrap=True)
            )
        self.content.addSpacing(theme.space(1))
        for label, value in shown.facts:
            self.content.addLayout(fact(label, value or "—", "ink" if value else "inkTertiary"))
        if shown.conditions:
            self.content.addSpacing(theme.space(1))
            self.content.addWidget(Rule())
            self.content.addWidget(Text(tr("Conditions of entry"), "strong"))
            for condition in shown.conditions:
                self.content.addWidget(ConditionLine(condition))
        self.content.addStretch(1)
        self._verdicts(shown.why_not, one=True)
        self.reveal()

    def _who(self, shown: Shown) -> QHBoxLayout:
        name = ElidedText(shown.name, "title")
        pill = pills.Pill(shown.state, self)
        about = Text(shown.about, "body", "inkSecondary", wrap=True)
        self.more_button = Button("", "ellipsis", "quiet", small=True, tip=tr("More about this person"))
        on_click(self.more_button, partial(self._more, shown.key))
        head = row(name, self.more_button, gap=1)
        head.setStretch(0, 1)
        line = row(PhotoPlace(), column(head, about, row(pill, None), None, gap=1), gap=3)
        line.setStretch(1, 1)
        return line

    def _more(self, key: int) -> None:
        """What is seldom done with a person."""
        menu = QMenu(self.more_button)
        erase = menu.addAction(tr("Erase the person for good…"))
        erase.triggered.connect(lambda: self.forgotten.emit(key))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _field(self, key: int, trouble: Trouble, typed: dict[str, str]) -> Field:
        field = Field(trouble.column)
        said = in_use().say(trouble.said)
        at = tr("Cell {cell} of the form.", cell=trouble.cell) if trouble.cell else ""
        assert isinstance(field.control, QLineEdit)
        line = field.control
        line.setText(typed.get(trouble.column, trouble.value))
        line.setReadOnly(not trouble.can_mend)
        field.refuse(joined((said, at)))
        line.returnPressed.connect(lambda: self.mended.emit(key, trouble.role, line.text()))
        if trouble.column in typed:
            line.setFocus()
        self.fields.append(field)
        self.troubles.append(trouble)
        return field

    def _ways(self, key: int, trouble: Trouble) -> QHBoxLayout:
        """The ways out of a trouble, under its field: correct it, or another."""
        ways = row(gap=1)
        line = self.fields[-1].control
        if trouble.can_mend and isinstance(line, QLineEdit):
            deed = lambda: self.mended.emit(key, trouble.role, line.text())  # noqa: E731 - given to a button
            ways.addWidget(on_click(Button(tr("Correct"), variant="link", small=True), deed))
        for name, said in trouble.deeds:
            button = Button(in_use().say(said), variant="link", small=True)
            ways.addWidget(on_click(button, partial(self.deed.emit, name, trouble)))
        ways.addStretch(1)
        return ways

    def show_many(self, count: int, lines: Sequence[str], why_not: str) -> None:
        """Show how many are chosen and how they stand."""
        self._empty()
        words = tr("{n} registration chosen|{n} registrations chosen", n=count)
        self.content.addWidget(Text(words, "title"))
        for line in lines:
            self.content.addWidget(Text(line, "body", "inkSecondary"))
        self.content.addStretch(1)
        self._verdicts(why_not, one=False)
        self.reveal()

    def show_none(self) -> None:
        """Nothing is chosen: say what to do."""
        self._empty()
        hint = tr("Choose a registration to see and review it; tick several to pass or return them together.")
        self.content.addWidget(Text(hint, "body", "inkTertiary", wrap=True))
        self.content.addStretch(1)
        self.why_not.hide()
        for button in (self.pass_button, self.return_button, self.refuse_button):
            button.hide()
        self.reveal()

    def _empty(self) -> None:
        self.key = None
        self.fields, self.troubles = [], []
        clear(self.content)

    def _verdicts(self, why_not: str, *, one: bool) -> None:
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.pass_button.setEnabled(not why_not or not one)
        for button in (self.pass_button, self.return_button, self.refuse_button):
            button.show()

    def focus_trouble(self, head: str = "") -> bool:
        """Put the keyboard into the field with this head, else the first; False where there is none."""
        for field in self.fields:
            if head in ("", field.label.text()) and isinstance(field.control, QLineEdit):
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                field.control.selectAll()
                return True
        return False

    def refuse_field(self, role: str, sentence: str) -> None:
        """Say beside a field why its correction does not stand; what was typed stays."""
        for field, trouble in zip(self.fields, self.troubles, strict=True):
            if trouble.role == role:
                field.refuse(sentence)
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
