"""A new competition in one form: what it is called, where and when, and its events under a usual plan."""

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop import theme
from competition_app.desktop.asking import Asking
from competition_app.desktop.fields import Field
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services import competitions, setting_up

if TYPE_CHECKING:
    from competition_app.services.workspace import Actor, Workspace

USUAL = "individual-skills"


def ask(asking: Asking, workspace: "Workspace", actor: "Actor") -> str | None:
    """Ask for a competition and make it; its code, None where the form was left."""
    name, place = Field(tr("Name of the competition")), Field(tr("Venue"))
    starts, ends = Field(tr("First day, as 2026-09-18")), Field(tr("Last day"))
    organisers = Field(tr("Organisers, parted by 、 in the order of their rank"))
    lines = QPlainTextEdit()
    lines.setFixedHeight(theme.px("measure.photoHeight"))
    lines.setTabChangesFocus(True)
    events = Field(tr("Events, one a line; each begins with theory 30 and practical 70"), lines)
    made: list[str] = []

    def check() -> bool:
        titles = [line.strip() for line in events.text().splitlines() if line.strip()]
        values = {"name": name.text(), "place": place.text() or None, "starts_on": starts.text() or None,
                  "ends_on": ends.text() or starts.text() or None,
                  "organisers": [one.strip() for one in organisers.text().split("、") if one.strip()],
                  "events": titles}  # fmt: skip
        starts.refuse("" if _is_day(starts.text()) else tr("This is no day. Write it as 2026-09-18."))
        if starts.refused():
            return False
        try:
            made.append(make(workspace, actor, values))
        except Refusal as refusal:
            name.refuse(in_use().say(refusal))
        return bool(made)

    fields = [name, place, starts, ends, organisers, events]
    asking.form(tr("New competition"), "", fields, tr("Make the competition"), check)
    return made[0] if made else None


def make(workspace: "Workspace", actor: "Actor", values: dict[str, Any]) -> str:
    """Make the competition with its events under the usual plan; its code, which is new in the store."""
    taken = {row.code for row in workspace.ask(competitions.competitions)}
    year = re.sub(r"\D", "", values["starts_on"] or "")[:4]
    code = next(code for i in range(1, 1000) if (code := f"JS{year}{'' if i == 1 else -i}") not in taken)
    told = setting_up.Beginning(
        code, values["name"], values["place"], values["starts_on"], values["ends_on"],
        tuple(values["organisers"]),
    )  # fmt: skip
    workspace.do(actor, setting_up.set_up, told, preset=USUAL, events=values["events"])
    return code


def _is_day(text: str) -> bool:
    return not text or bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text))
