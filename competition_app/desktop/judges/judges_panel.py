"""The side panel of 裁判: one seat, who sits and sat there, its modules, entries of the judge's own unit."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.judges.judges_columns import role_word, takes_ticks
from competition_app.desktop.judges.judges_form import SeatForm
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import (
    Button,
    ElidedText,
    Rule,
    Text,
    Tick,
    draw_box,
    square_button,
)
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import Bar, SidePanel, clear, column, on_click, row
from competition_app.i18n import tr
from competition_app.services.competitions.panel_desk import PanelShown, Sat, Seat
from competition_app.services.judging.conflicts import Conflict

SHOWN_CONFLICTS = 6


class SeatTile(QWidget):
    """The seat's code on a quiet tile."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        side = theme.px("measure.iconTile")
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile and code."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), theme.color("status.idle.tint"), None, theme.px("radius.iconTile"))
        painter.setFont(theme.font("section" if len(self._code) < 4 else "captionStrong"))
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._code)


class ConflictLine(QWidget):
    """A contestant of the judge's own unit: number and name, how they belong together."""

    def __init__(self, found: Conflict, seated: str) -> None:
        super().__init__()
        how = belonging(found)
        if found.judge_name != seated:
            how = tr("{how}, while {name} sat here", how=how, name=found.judge_name)
        title = ElidedText(f"{found.number} {found.entry}", "body")
        said = Text(how, "caption", "inkSecondary", wrap=True)
        inner = column(title, said, gap=0)
        inner.setContentsMargins(theme.space(5), 0, 0, 0)
        self.setLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        side = theme.px("icon.small")
        at = QRect(0, 0, side, theme.line_height("body"))
        icons.draw(QPainter(self), "equal-not", at, "status.wait.ink", side)


def belonging(found: Conflict) -> str:
    """How a judge and an entry belong to one unit."""
    if found.kind == "unit":
        return tr("represents the judge's own unit")
    if found.kind == "employer":
        return tr("employed at the judge's own unit, represents {unit}", unit=found.entry_unit)
    return tr("{unit} and the judge's unit belong to one group", unit=found.entry_unit)


def meaning(found: Conflict) -> str:
    """What the rule of the plan makes of it."""
    names = tr(", @list").join(name for _stage, _module, name in found.modules)
    if found.set_aside:
        return tr("{modules}: marks of one's own unit count as absent.", modules=names)
    if found.allowed:
        return tr("{modules}: the chief judge recorded why these marks stand.", modules=names)
    return tr("{modules}: these marks are refused unless the chief judge records why.", modules=names)


class JudgesPanel(SidePanel):
    """Shows a seat, or its form. ``deed`` tells a deed by its key: edit, pass, remove; ``turned`` a tick.

    ``saved`` tells that the form of this mode (edit, add, pass) is to be saved.
    """

    deed = Signal(str)
    turned = Signal(object, int)
    saved = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Seat"))
        self.set_close_word(tr("Close the panel"))
        self.seat: Seat | None = None
        self.form: SeatForm | None = None
        self.mode = ""
        self.buttons: dict[str, Button] = {}
        self.ticks: list[Tick] = []

    def show_seat(self, seat: Seat, shown: PanelShown, conflicts: Sequence[Conflict]) -> None:
        """Show a seat."""
        self._empty(seat, "")
        about = tr(", @list").join(filter(None, (role_word(seat.role), seat.group)))
        who = column(
            Text(seat.name or tr("Nobody sits here"), "section", wrap=True),
            Text(about, "caption", "inkTertiary"), gap=0,
        )  # fmt: skip
        head = row(SeatTile(seat.code), who, gap=3)
        head.setStretch(1, 1)
        self.content.addLayout(head)
        if seat.organisation:
            self.content.addWidget(Text(seat.organisation, "body", "inkSecondary", wrap=True))
        mine = [found for found in conflicts if found.judge_id == seat.id]
        if mine:
            self._show_conflicts(mine, seat.name)
        self._show_modules(seat, shown)
        self._show_people(seat.people)
        self.content.addStretch(1)
        self._foot(seat)

    def _show_conflicts(self, mine: Sequence[Conflict], seated: str) -> None:
        n = len(mine)
        said = tr("{n} contestant of the judge's own unit|{n} contestants of the judge's own unit", n=n)
        self.content.addSpacing(theme.space(1))
        self.content.addWidget(Well("triangle-alert", said, "wait"))
        for found in mine[:SHOWN_CONFLICTS]:
            self.content.addWidget(ConflictLine(found, seated))
        if n > SHOWN_CONFLICTS:
            more = tr("and {n} more", n=n - SHOWN_CONFLICTS)
            self.content.addWidget(Text(more, "caption", "inkTertiary"))
        for words in dict.fromkeys(meaning(found) for found in mine):
            self.content.addWidget(Text(words, "caption", "inkSecondary", wrap=True))

    def _show_modules(self, seat: Seat, shown: PanelShown) -> None:
        self._heading(tr("Modules to mark"))
        several = len({module.stage for module in shown.modules}) > 1
        offered = False
        for place, (module, duty) in enumerate(zip(shown.modules, seat.duties, strict=True)):
            if not takes_ticks(seat, duty):
                continue
            offered = True
            name = f"{module.stage_name} {module.name}" if several else module.name
            tick = Tick(name)
            tick.setChecked(duty.assigned)
            on_click(tick, partial(self.turned.emit, seat, place))
            self.ticks.append(tick)
            done = f"{duty.done} / {duty.owed}" if duty.owed else ""
            line = row(tick, None, Text(done, "body", "inkSecondary"))
            self.content.addLayout(line)
            if duty.owed:
                role = "done" if duty.done >= duty.owed else "run"
                self.content.addWidget(Bar(role, duty.done / duty.owed))
        if not offered:
            said = tr("This role watches or keeps codes, and marks nothing.")
            self.content.addWidget(Text(said, "caption", "inkTertiary", wrap=True))

    def _show_people(self, people: Sequence[Sat]) -> None:
        self._heading(tr("Who sits and sat here"))
        for one in reversed(people):
            now = one is people[-1]
            name = ElidedText(one.name or "—", "strong" if now else "body", "ink" if now else "inkSecondary")
            marks = tr("{n} mark|{n} marks", n=f"{one.marks:,}")
            line = row(name, Text(marks, "caption", "inkSecondary"), gap=2)
            line.setStretch(0, 1)
            self.content.addLayout(column(line, Text(_since(one, now=now), "caption", "inkTertiary"), gap=0))

    def _heading(self, words: str) -> None:
        self.content.addSpacing(theme.space(1))
        self.content.addWidget(Rule())
        self.content.addWidget(Text(words, "strong"))

    def _foot(self, seat: Seat) -> None:
        edit = on_click(Button(tr("Correct"), "pen-line"), lambda: self.deed.emit("edit"))
        hand = on_click(Button(tr("Pass the seat"), "users-round"), lambda: self.deed.emit("pass"))
        remove = on_click(square_button("trash-2", tr("Take {code} off the panel", code=seat.code), "plain"),
                          lambda: self.deed.emit("remove"))  # fmt: skip
        self.buttons = {"edit": edit, "pass": hand, "remove": remove}
        self.foot.addWidget(edit, 1)
        self.foot.addWidget(hand, 1)
        self.foot.addWidget(remove)

    def show_form(self, mode: str, seat: Seat | None, units: Sequence[str]) -> None:
        """Let a seat be corrected (edit), added (add) or passed to another person (pass)."""
        titles = {"edit": tr("Correct the seat"), "add": tr("Add a judge"), "pass": tr("Pass the seat")}
        self._empty(seat, titles[mode])
        self.mode = mode
        if mode == "pass" and seat is not None:
            said = tr("From now on another person marks on {code}. Marks given before stay with {name}.",
                      code=seat.code, name=seat.name or "—")  # fmt: skip
            self.content.addWidget(Well("users-round", said))
        elif mode == "edit":
            self.content.addWidget(
                Text(
                    tr("Another person on this seat? Pass the seat instead."),
                    "caption",
                    "inkTertiary",
                    wrap=True,
                )
            )
        self.form = SeatForm(units, seat, whole=mode != "pass")
        self.form.saved.connect(self.save)
        self.content.addWidget(self.form)
        self.content.addStretch(1)
        cancel = on_click(Button(tr("Cancel")), self.closed.emit)
        save = on_click(Button(tr("Save"), "check", "primary"), self.save)
        self.buttons = {"cancel": cancel, "save": save}
        self.foot.addWidget(cancel, 1)
        self.foot.addWidget(save, 1)
        self.form.name.control.setFocus()

    def save(self) -> None:
        """Hand over what was typed, if it can be saved."""
        if self.form is not None and self.form.check():
            self.saved.emit(self.mode)

    @property
    def editing(self) -> bool:
        """True while a form is open."""
        return self.form is not None

    def show_none(self) -> None:
        """No seat is chosen: say what to do."""
        self._empty(None, "")
        hint = tr("Choose a seat to see who sits there, what is owed, and whose entries it is kept from.")
        self.content.addWidget(Text(hint, "body", "inkTertiary", wrap=True))
        self.content.addStretch(1)

    def _empty(self, seat: Seat | None, title: str) -> None:
        self.seat, self.form, self.mode, self.buttons, self.ticks = seat, None, "", {}, []
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.close_button.setVisible(bool(title))
        self.fit(wide=self.window().width() >= theme.px("window.wideFrom"))
        clear(self.content)
        clear(self.foot)


def _since(one: Sat, *, now: bool) -> str:
    """Since when a person sits here, or sat."""
    at = "" if one.since is None else f"{datetime.fromisoformat(one.since).astimezone():%Y-%m-%d %H:%M}"
    if now:
        return tr("sits here since {time}", time=at) if at else tr("sits here from the start")
    return tr("sat here from {time}", time=at) if at else tr("sat here before")
