"""A new competition in one form: its name, place and days; from a preset, an earlier one, or blank."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.start.choice_tiles import Choice, ChoiceTiles
from competition_app.desktop.start.competition_fields import Days, Organisers
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions, setting_up

if TYPE_CHECKING:
    from competition_app.services.workspace import Actor, Workspace

RULES, SAMPLE = "rules", "sample"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form was filled with: from which preset or earlier competition, events, with the sample."""

    told: setting_up.Beginning
    preset: str | None = None
    previous: str | None = None
    events: tuple[str, ...] = ()
    sample: bool = False


class Form:
    """The fields of the form for one way to begin: a preset's key, ``previous`` or ``blank``."""

    def __init__(self, workspace: "Workspace", way: str) -> None:
        self._workspace = workspace
        self.preset = way if way in {row.key for row in setting_up.presets()} else None
        self.name, self.place = Field(tr("Name of the competition")), Field(tr("Venue"))
        self.days = Days()
        self.organisers = Organisers()
        self.fields: list[Field] = [self.name, self.place, self.days, self.organisers]
        self.what: ChoiceTiles | None = None
        self.previous: Selector | None = None
        if self.preset is not None:
            self._add_events(self.preset)
        elif way == "previous":
            self._add_previous()

    def _add_events(self, preset: str) -> None:
        own = setting_up.preset_events(preset, in_use().language)
        lines = QPlainTextEdit()
        lines.setMinimumHeight(theme.px("height.field"))
        lines.setMaximumHeight(theme.px("measure.newEvents"))
        lines.setTabChangesFocus(True)
        self.events = Field(tr("Events, one a line; further lines begin with the first one's rules"), lines)
        self.events.set_text("\n".join(event.name for event in own))
        self.what = ChoiceTiles(
            (
                Choice(RULES, "file-text", tr("Rules only"), tr("Empty, for your own people")),
                Choice(
                    SAMPLE, "graduation-cap", tr("With the sample"), tr("Invented people and marks, to try")
                ),
            )
        )  # fmt: skip
        self.what.chosen.connect(lambda key: self.events.setEnabled(key == RULES))
        self.fields += [Field(tr("What comes along"), self.what), self.events]

    def _add_previous(self) -> None:
        self.previous = Selector(tr("Earlier competition"))
        rows = self._workspace.ask(competitions.competitions)
        self.previous.set_choices([(one.code, one.name) for one in rows])
        self.fields.insert(0, Field(tr("Earlier competition"), self.previous))

    def wanted(self) -> Wanted:
        """What the form is filled with, under a code that is new in the store."""
        first, last = self.days.days()
        told = setting_up.Beginning(
            new_code(self._workspace, first), self.name.text(), self.place.text() or None, first, last,
            self.organisers.names(),
        )  # fmt: skip
        if self.previous is not None:
            return Wanted(told, previous=str(self.previous.currentData()))
        if self.preset is None or self.what is None:
            return Wanted(told)
        lines = tuple(line.strip() for line in self.events.text().splitlines() if line.strip())
        return Wanted(told, preset=self.preset, events=lines, sample=self.what.key() == SAMPLE)


def ask(asking: Asking, workspace: "Workspace", actor: "Actor", way: str = "blank") -> str | None:
    """Ask for a competition begun this way and make it; its code, None where the form was left."""
    if way == "previous" and not workspace.ask(competitions.competitions):
        asking.refused(Refusal("There is no earlier competition in this store yet. Begin with a preset."))
        return None
    form = Form(workspace, way)
    made: list[str] = []

    def check() -> bool:
        if not all([form.days.check(), form.organisers.check()]):
            return False
        try:
            made.append(make(workspace, actor, form.wanted()))
        except Refusal as refusal:
            form.name.refuse(in_use().say(refusal))
        return bool(made)

    asking.form(title_of(way), "", form.fields, tr("Make the competition"), check)
    return made[0] if made else None


def title_of(way: str) -> str:
    """What the form is headed with."""
    for preset in setting_up.presets():
        if preset.key == way:
            return tr("New competition: {kind}", kind=preset.name)
    return tr("Like an earlier one") if way == "previous" else tr("Blank competition")


def make(workspace: "Workspace", actor: "Actor", wanted: Wanted) -> str:
    """Make the competition; its code."""
    return workspace.do(
        actor, setting_up.set_up, wanted.told, preset=wanted.preset, previous=wanted.previous,
        events=wanted.events, sample=wanted.sample, language=in_use().language,
    )  # fmt: skip


def new_code(workspace: "Workspace", first_day: str | None) -> str:
    """A code that is new in the store: JS with the year, and a number where that is taken."""
    taken = {row.code for row in workspace.ask(competitions.competitions)}
    year = (first_day or "")[:4]
    return next(
        code for i in range(1, 10_000) if (code := f"JS{year}{'' if i == 1 else f'-{i}'}") not in taken
    )
