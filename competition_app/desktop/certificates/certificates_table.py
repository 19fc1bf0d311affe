"""Winners and the register as rows and columns: whose paper it is, the prize, how far the paper is."""

from competition_app.desktop.look import theme
from competition_app.desktop.parts import pills
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Said
from competition_app.i18n import tr
from competition_app.services.certificates.certificates import RegisterRow, WinnerRow

STATES = {
    "waiting": pills.NOT_MADE,
    "made": pills.TO_PRINT,
    "printed": pills.PRINTED,
    "voided": pills.VOIDED,
    "hindered": pills.PROBLEM,
}
SHRUNK = pills.State("wait", "triangle-alert", Said("Set smaller"))
HINDERED = {
    "missing_glyph": pills.counted(pills.PROBLEM, Said("Missing character")),
    "does_not_fit": pills.counted(pills.PROBLEM, Said("Too long")),
    "certificate_outdated": pills.counted(pills.PROBLEM, Said("Outdated")),
    "certificate_without_prize": pills.counted(pills.PROBLEM, Said("Prize lost")),
    "person_erased": pills.counted(pills.PROBLEM, Said("Erased@person")),
    "unresolved_tie_at_prize": pills.TO_DECIDE,
    "unresolved_tie_in_top": pills.TO_DECIDE,
    "result_incomplete": pills.INCOMPLETE,
}
FIRST = ("一等", "特等", "金", "冠")


def state_of(row: WinnerRow) -> pills.State:
    """How far a paper is: hindered, set smaller, to be printed …"""
    if row.problems:
        return HINDERED.get(row.problems[0].code, pills.PROBLEM)
    if row.shrunk and row.state in ("waiting", "made"):
        return SHRUNK
    return STATES[row.state]


def registered_state(row: RegisterRow) -> pills.State:
    """The state of a registered paper: what the result took back comes before made and printed."""
    return HINDERED[row.problem.code] if row.problem else STATES[row.state]


def award_ink(award: str) -> str:
    """The ink of a prize: the first one is red."""
    return "accentInk" if award.startswith(FIRST) else "ink"


def winner_columns() -> list[Column[WinnerRow]]:
    """The list at the left: winner, prize, paper."""
    px = theme.px
    state = max(px("column.paper"), pills.widest(*STATES.values()) - theme.space(2))
    return [
        Column[WinnerRow]("name", tr("Winner"), lambda row: row.name, px("column.winner"), grow=1,
                          names="person"),
        Column[WinnerRow]("award", tr("Prize"), lambda row: row.award, px("column.award"),
                          ink=lambda row: award_ink(row.award)),
        Column[WinnerRow]("state", tr("Certificate"), lambda _row: "", state, pill=state_of),
    ]  # fmt: skip


def register_columns() -> list[Column[RegisterRow]]:
    """The register: number, whom, what, state, day, reason of voiding."""
    px = theme.px
    return [
        Column[RegisterRow]("serial", tr("Certificate number"), lambda row: row.serial,
                            px("column.serial"), grow=1,
                            maximum=px("column.organisationMax")),
        Column[RegisterRow]("name", tr("Winner"), lambda row: row.name, px("column.name"), grow=1,
                            names="person",
                            maximum=px("column.nameMax")),
        Column[RegisterRow]("organisation", tr("Organisation"), lambda row: row.organisation,
                            px("column.organisation"), names="organisation", grow=2,
                            maximum=px("column.organisationMax"),
                            ink=lambda _row: "inkSecondary"),
        Column[RegisterRow]("event", tr("Event"), lambda row: row.event, px("column.event"), grow=2,
                            maximum=px("column.organisationMax"), hide_under=1),
        Column[RegisterRow]("award", tr("Prize"), lambda row: row.award, px("column.prize"),
                            ink=lambda row: award_ink(row.award)),
        Column[RegisterRow]("date", tr("Issued on"), lambda row: row.issued_on, px("column.date"),
                            figures=True),
        Column[RegisterRow]("state", tr("Certificate"), lambda _row: "", px("column.state"),
                            pill=registered_state),
        Column[RegisterRow]("why", tr("Why voided"), lambda row: row.void_reason or "", px("column.words"),
                            grow=2, ink=lambda _row: "inkSecondary", wide=True),
    ]  # fmt: skip
