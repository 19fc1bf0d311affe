"""What is done on the page of judges: seats added, corrected, passed on, assigned, taken off; and undone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.frame.turns import TakenBack
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.judges.judges_form import SeatForm
from competition_app.desktop.parts.controls import Tick
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.competitions import panel_desk, panels
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.competitions.panel_desk import (
    JudgeLine,
    JudgesRead,
    PanelModule,
    PanelShown,
    Seat,
)
from competition_app.services.progress import Progress

KINDS = "Excel, WPS, CSV (*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv *.txt)"
WORKBOOK = "Excel (*.xlsx)"
LINES = 8


class JudgesDeeds:
    """Carries out what the page asks for, with its questions and its undo."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def _do(self, use_case: Callable[..., Any], *given: Any, **more: Any) -> Any:
        return self._context.workspace.do(self._context.actor, use_case, *given, **more)

    def _carry_out(self, words: str, deed: Callable[[], Any], back: Callable[[Any], object]) -> bool:
        """Do it, say it, keep its undo; False where it was refused."""
        try:
            made = deed()
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return False
        self._context.undoing.did(words, TakenBack(deed, back, made))
        return True

    # --- one seat ---
    def save(self, mode: str, form: SeatForm, seat: Seat | None, event: EventRow, shown: PanelShown) -> bool:
        """Save what a form holds; False where it was refused."""
        name, unit = form.name.text(), form.unit.text()
        if mode == "add":
            line = JudgeLine(1, name, unit, form.chosen_role, "", form.group.text())
            return self._add([line], event, [(one.stage, one.module) for one in shown.modules])
        assert seat is not None
        if mode == "pass":
            return self._carry_out(
                tr("{code} passed to {name}", code=seat.code, name=name),
                lambda: self._do(panel_desk.hand_seat, seat.id, name, unit),
                lambda _none: self._do(panels.give_back_seat, seat.id),
            )
        role, group = form.chosen_role, form.group.text()
        return self._carry_out(
            tr("Corrected: {code} {name}", code=seat.code, name=name),
            lambda: self._do(panel_desk.change_seat, seat.id, name, unit, role, group),
            lambda _none: self._do(
                panel_desk.change_seat, seat.id, seat.name or "—", seat.organisation, seat.role,
                seat.group or "",
            ),
        )  # fmt: skip

    def turn(self, seat: Seat, place: int, module: PanelModule) -> bool:
        """Assign a module to a seat, or take it away."""
        now = [(duty.stage, duty.module) for duty in seat.duties if duty.assigned]
        here = (seat.duties[place].stage, seat.duties[place].module)
        on = here not in now
        new = [*now, here] if on else [one for one in now if one != here]
        words = (
            tr("{code} marks {module}", code=seat.code, module=module.name) if on
            else tr("{code} no longer marks {module}", code=seat.code, module=module.name)
        )  # fmt: skip
        return self._carry_out(
            words, lambda: self._do(panels.assign, seat.id, new),
            lambda _none: self._do(panels.assign, seat.id, now),
        )  # fmt: skip

    def remove(self, seat: Seat, event: EventRow) -> None:
        """Take a seat off the panel; refused in words once a mark hangs on it."""
        line = JudgeLine(1, seat.name or "—", seat.organisation, seat.role, "", seat.group or "")
        modules = [(duty.stage, duty.module) for duty in seat.duties if duty.assigned]
        self._carry_out(
            tr("Taken off the panel: {code} {name}", code=seat.code, name=seat.name),
            lambda: self._do(panels.remove_judge, seat.id),
            lambda _none: self._do(panel_desk.add_judges, event.id, [line], modules),
        )

    # --- several ---
    def _add(self, lines: Sequence[JudgeLine], event: EventRow, modules: Sequence[tuple[str, str]]) -> bool:
        n = len(lines)
        return self._carry_out(
            tr("{n} judge added|{n} judges added", n=n),
            lambda: self._do(panel_desk.add_judges, event.id, lines, modules),
            lambda made: self._do(panel_desk.remove_judges, made),
        )

    def paste(self, event: EventRow, shown: PanelShown) -> None:
        """Add judges from what was copied in a spreadsheet."""
        box = QPlainTextEdit()
        box.setFixedHeight(box.fontMetrics().lineSpacing() * LINES)
        box.setTabChangesFocus(True)
        copied = QGuiApplication.clipboard().text()
        if "\t" in copied and panel_desk.read_pasted(copied):
            box.setPlainText(copied)
        names = Field(tr("Name, unit, role; one judge a line"), box)
        ticks = _module_ticks(shown.modules)
        fields = [names, *([ticks[0]] if ticks[1] else [])]
        read: list[tuple[JudgeLine, ...]] = []

        def check() -> bool:
            lines = panel_desk.read_pasted(names.text())
            names.refuse(_wrong(lines))
            read.append(lines)
            return not names.refused()

        lead = tr("Paste the columns from Excel or WPS; heads may be there. Seats are numbered J1, J2 …")
        if self._context.asking.form(tr("Add several judges"), lead, fields, tr("Add the judges"), check):
            modules = [key for key, tick in ticks[1] if tick.isChecked()]
            self._look_and_add(read[-1], event, modules)

    def _look_and_add(
        self, lines: Sequence[JudgeLine], event: EventRow, modules: Sequence[tuple[str, str]]
    ) -> None:
        found: JudgesRead = self._context.workspace.ask(panel_desk.look_through, lines)
        if found.near and not self._agreed(found):
            return
        self._add(lines, event, modules)

    def _agreed(self, found: JudgesRead) -> bool:
        """Near-equal units are two until a person joins them: nobody would be kept out meanwhile."""
        typed, known = found.near[0]
        text = tr("“{typed}” is nearly “{known}”. Written otherwise, the two count as different units, and"
                  " the judge is not kept from entries of the other.",
                  typed=typed, known=known)  # fmt: skip
        answers = [Answer(True, tr("Add all the same")), Answer(False, tr("Correct the list"), "", "primary")]
        title = tr("{n} unit is written nearly as a known one|{n} units are written nearly as known ones",
                   n=len(found.near))  # fmt: skip
        return self._context.asking.question(title, text, answers, "triangle-alert") is True

    def choose_list(self, event: EventRow, shown: PanelShown) -> None:
        """Choose a workbook of judges."""
        self.read(self._context.asking.open_files(tr("Take in a list of judges"), KINDS)[:1], event, shown)

    def read(self, files: Sequence[Path], event: EventRow, shown: PanelShown) -> None:
        """Read a workbook of judges beside the window, then ask before they are added."""
        if not files:
            return
        path = files[0]

        def work(_progress: Progress) -> tuple[JudgeLine, ...]:
            return panel_desk.read_judges(path)

        def done(lines: tuple[JudgeLine, ...]) -> None:
            names = tr(", @list").join(line.name for line in lines[:12]) + ("…" if len(lines) > 12 else "")
            answers = [
                Answer(False, tr("Add nobody")),
                Answer(True, tr("Add {n} judge|Add {n} judges", n=len(lines)), "plus", "primary"),
            ]
            title = tr("Add the judges of {file} to {event}?", file=path.name, event=event.name)
            if self._context.asking.question(title, names, answers, "users-round") is True:
                self._look_and_add(lines, event, [(one.stage, one.module) for one in shown.modules])

        words = JobWords(tr("Reading the judges"), path.name, tr("Nothing is taken before you accept it."))
        self._context.jobs.start(words, work, done)

    def save_form(self) -> None:
        """The empty list of judges to fill in."""
        name = tr("List of judges") + ".xlsx"
        target = self._context.asking.save_file(tr("Save the list of judges"), name, WORKBOOK)
        if target is None:
            return
        try:
            panel_desk.write_judges_form(target if target.suffix else target.with_suffix(".xlsx"))
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        self._context.asking.note(tr("Saved: {file}", file=str(target)))


def _wrong(lines: Sequence[JudgeLine]) -> str:
    """What is wrong with a list that was typed, in one sentence; empty if nothing is."""
    if not lines:
        return tr("Write at least one name, one judge a line.")
    bad = next((line for line in lines if line.role is None), None)
    if bad is None:
        return ""
    return tr("Line {row}, {name}: “{role}” is no role. Write “裁判”, “裁判长”, “加密裁判” or “监督员”.",
              row=bad.row, name=bad.name, role=bad.written)  # fmt: skip


def _module_ticks(modules: Sequence[PanelModule]) -> tuple[Field, list[tuple[tuple[str, str], Tick]]]:
    """Boxes for the modules the new judges mark, all ticked."""
    box = QWidget()
    ticks = [((one.stage, one.module), Tick(one.name)) for one in modules]
    for _key, tick in ticks:
        tick.setChecked(True)
    box.setLayout(column(*(tick for _key, tick in ticks), gap=0))
    return Field(tr("Modules they mark"), box), ticks
