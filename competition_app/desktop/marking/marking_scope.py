"""The module that is marked: every event's modules that a recorder can enter, to choose from."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Selector
from competition_app.i18n import tr
from competition_app.services.competitions import competitions
from competition_app.services.plans import plans
from competition_app.services.plans.plans import ModuleRow

Key = tuple[int, str, str]
"""A module by its event, stage and code."""


def key_of(module: ModuleRow) -> Key:
    """What tells modules apart."""
    return module.event_id, module.stage, module.module


def modules_of(context: Context) -> tuple[ModuleRow, ...]:
    """Every module of the competition that is marked, event by event."""
    ask = context.workspace.ask
    events = ask(competitions.events, context.competition_id)
    rows = (module for event in events for module in ask(plans.modules, event.id))
    return tuple(module for module in rows if module.kind != "members")


class ModuleChoice(Selector):
    """Offers the modules; the chosen one stays chosen while it is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Event and module"), width=theme.px("measure.selectorWideWidth"), parent=parent)
        self.modules: tuple[ModuleRow, ...] = ()

    def show_modules(
        self, modules: Sequence[ModuleRow], chosen: ModuleRow | None, event_id: int | None
    ) -> None:
        """Offer these; where none was chosen yet, the first of this event."""
        self.modules = tuple(modules)
        choices = [(key_of(module), self.word(module)) for module in self.modules]
        wanted = key_of(chosen) if chosen else None
        if wanted is None and event_id is not None:
            wanted = next((key for key, _word in choices if key[0] == event_id), None)
        self.set_choices(choices, wanted)
        self.setVisible(bool(choices))

    def module(self) -> ModuleRow | None:
        """The module that is chosen."""
        return next((one for one in self.modules if key_of(one) == self.currentData()), None)

    def word(self, module: ModuleRow) -> str:
        """Event and module; the stage too where the event has several."""
        stages = {one.stage for one in self.modules if one.event_id == module.event_id}
        parts = [module.event, module.stage_name if len(stages) > 1 else "", module.module_name]
        return " ".join(part for part in parts if part)
