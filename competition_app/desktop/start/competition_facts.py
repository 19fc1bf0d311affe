"""竞赛信息: the open competition's name, organisers, place and days, changed in one form on any page."""

from PySide6.QtWidgets import QLineEdit

from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.sentences import joined
from competition_app.desktop.start.competition_fields import Days, Organisers
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.certificates import certificates
from competition_app.services.competitions import competitions
from competition_app.services.competitions.competitions import CompetitionRow

ORGANISERS, DAYS = "organisers", "days"
"""What every certificate needs of the competition."""


def row_of(context: Context) -> CompetitionRow | None:
    """The open competition as it stands in the store; None where it is gone."""
    rows = context.workspace.ask(competitions.competitions)
    return next((row for row in rows if row.id == context.competition_id), None)


def lacking(row: CompetitionRow) -> str:
    """What keeps certificates from being made at all: ``organisers``, ``days``; empty: nothing does."""
    if not row.organisers:
        return ORGANISERS
    return "" if row.ends_on or row.starts_on else DAYS


class FactsForm:
    """The fields, filled with what stands in the store; ``changes`` is what a person made different."""

    def __init__(self, row: CompetitionRow) -> None:
        self.name = Field(tr("Name of the competition"))
        self.short_name = Field(tr("Short name, as it stands at the head of the navigation"))
        self.organisers = Organisers()
        self.place, self.days = Field(tr("Venue")), Days()
        self.theme = Field(tr("Theme, printed on certificates above the name"))
        self.name.set_text(row.name)
        self.short_name.set_text(row.short_name or "")
        self.organisers.set_names(row.organisers)
        self.place.set_text(row.place or "")
        self.days.set_days(row.starts_on, row.ends_on)
        self.theme.set_text(row.theme or "")
        self.fields = (self.name, self.short_name, self.organisers, self.place, self.days, self.theme)
        for field in self.fields:
            if isinstance(field.control, QLineEdit):
                field.control.setCursorPosition(0)  # of a long name the beginning is read
        self._before = self._values()

    def _values(self) -> dict[str, object]:
        first, last = self.days.days()
        return {
            "name": self.name.text(), "short_name": self.short_name.text() or None,
            "organisers": self.organisers.names(), "place": self.place.text() or None, "starts_on": first,
            "ends_on": last, "theme": self.theme.text() or None,
        }  # fmt: skip

    def check(self) -> bool:
        """Say beside each field what is wrong with it; True where nothing is."""
        named = bool(self.name.text())
        self.name.refuse(
            "" if named else tr("The name is missing: write it as it shall stand on the certificates.")
        )
        return all([named, self.organisers.check(), self.days.check()])

    def changes(self) -> dict[str, object]:
        """The facts that are others than before, by their names in the store."""
        return {key: value for key, value in self._values().items() if value != self._before[key]}


def change_facts(context: Context, lacks: str = "") -> bool:
    """Ask for the facts of the competition and keep them, undoably; the keyboard begins at what it lacks."""
    row = row_of(context)
    if row is None:
        context.asking.refused(Refusal("This competition is no longer there: choose another in the list."))
        return False
    form = FactsForm(row)

    def check() -> bool:
        if not form.check():
            return False
        changed = form.changes()
        try:
            if changed:
                context.undoing.carry_out(
                    tr("Competition details changed"), competitions.edit_competition, row.id, **changed
                )
        except Refusal as refusal:
            form.name.refuse(in_use().say(refusal))
            return False
        return True

    begin = {ORGANISERS: form.organisers, DAYS: form.days}.get(lacks, form.name)
    title, deed = tr("Competition details"), tr("Save the details")
    return context.asking.form(title, _printed_already(context), form.fields, deed, check, begin)


def _printed_already(context: Context) -> str:
    """What becomes of the certificates that have a number; empty where none has."""
    found = context.workspace.ask(certificates.in_force, context.competition_id)
    if not found.all:
        return ""
    kept = tr(
        "{n} certificate has its number ({printed} printed) and keeps its words.|"
        "{n} certificates have their numbers ({printed} printed) and keep their words.",
        n=found.all, printed=found.printed,
    )  # fmt: skip
    again = tr(
        "After another name, theme or organiser, void it and make it anew.|"
        "After another name, theme or organiser, void them and make them anew.",
        n=found.all,
    )
    return joined([kept, again])
