"""What stands on the marking page before a module can be marked: what is missing, and the way to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import clear, on_click
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import judging
from competition_app.services.plans.plans import ModuleRow


class MarkingOpening(QWidget):
    """An empty state for each thing that is missing. ``opened`` tells that something was brought."""

    opened = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._inner = QVBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self.ways: tuple[Button, ...] = ()

    def _show(self, title: str, why: str, ways: list[Button], step: int) -> None:
        clear(self._inner)
        self.ways = tuple(ways)
        road = [
            tr("Review registrations"),
            tr("Name the judges"),
            tr("Open the module"),
            tr("Type the sheets"),
        ]
        self._inner.addWidget(EmptyState(title, why, ways, road, step))

    def show_nothing(self) -> None:
        """The competition has no event with a module to mark."""
        way = on_click(
            Button(tr("Set up an event"), "plus", "primary"), lambda: self._context.go.emit("events")
        )
        why = tr("An event with its rules comes first: set it up on the page of events and rules.")
        self._show(tr("There is nothing to mark yet"), why, [way], 0)

    def what_is_missing(self, module: ModuleRow, *, judges: bool, floor: bool = False) -> bool:
        """Whether something is missing before this module can be marked; it is shown with the way to it.

        The ``floor`` record needs neither judges nor sheets.
        """
        event = self._context.workspace.ask(competitions.event, module.event_id)
        if not event.entries:
            way = on_click(Button(tr("To the registrations"), "id-card", "primary"),
                           lambda: self._context.go.emit("registration"))  # fmt: skip
            why = tr("{event} has no entries. They come from the registrations.", event=module.event)
            self._show(tr("No entries yet"), why, [way], 0)
        elif floor:
            return False
        elif module.kind == "sheets" and not judges:
            way = on_click(
                Button(tr("Name the judges"), "users-round", "primary"), lambda: self.name_judges(module)
            )
            why = tr(
                "Each judge's sheets are typed apart, so {module} needs its judges first.",
                module=module.module_name,
            )
            self._show(tr("No judges yet"), why, [way], 1)
        elif module.kind == "sheets" and not module.works:
            way = on_click(
                Button(tr("Open the module"), "pen-line", "primary"), lambda: self.open_module(module)
            )
            why = tr(
                "Opening {module} makes a sheet of every judge for each entry.", module=module.module_name
            )
            self._show(tr("Not open for marking yet"), why, [way], 2)
        else:
            return False
        return True

    def name_judges(self, module: ModuleRow) -> None:
        """Seats J1, J2 … with the persons named, one a line, assigned to this module."""
        box = QPlainTextEdit()
        field = Field(tr("Judges, one name a line"), box)

        def check() -> bool:
            field.refuse("" if field.text() else tr("Write at least one judge's name."))
            return bool(field.text())

        lead = tr(
            "They get the seats J1, J2 and so on, in this order. Marks show the seat, never the person."
        )
        if not self._context.asking.form(tr("Who judges {module}?", module=module.module_name), lead, [field],
                                         tr("Name the judges"), check):  # fmt: skip
            return
        names = [line.strip() for line in field.text().splitlines() if line.strip()]
        self._add_judges(module, names)

    def _add_judges(self, module: ModuleRow, names: list[str]) -> None:
        workspace, actor = self._context.workspace, self._context.actor
        here = (module.stage, module.module)
        try:
            for seat in workspace.ask(panels.judges, module.event_id):
                if seat.name in names:
                    workspace.do(actor, panels.assign, seat.id, (*seat.modules, here))
                    names.remove(seat.name)
            taken = {seat.code for seat in workspace.ask(panels.judges, module.event_id)}
            free = (f"J{n}" for n in range(1, 1000) if f"J{n}" not in taken)
            for code, name in zip(free, names, strict=False):
                workspace.do(actor, panels.add_judge, module.event_id, code, name=name, modules=[here])
        except Refusal as refusal:
            self._context.asking.refused(refusal)
        self.opened.emit()

    def open_module(self, module: ModuleRow) -> None:
        """Make the works of this module, under anonymous codes or under the entries' numbers."""
        coded = self._context.asking.question(
            tr("Open {module} under which codes?", module=module.module_name),
            tr("Under anonymous codes nobody who marks sees a name or a unit. The codes stay as drawn."),
            [
                Answer(False, tr("The entries' numbers")),
                Answer(True, tr("Anonymous codes"), "eye-off", "primary"),
            ],
            "eye-off",
        )
        if coded is None:
            return
        try:
            self._context.workspace.do(
                self._context.actor, judging.open_module, module.event_id, module.stage, module.module,
                coded=bool(coded),
            )  # fmt: skip
        except Refusal as refusal:
            self._context.asking.refused(refusal)
        self.opened.emit()
