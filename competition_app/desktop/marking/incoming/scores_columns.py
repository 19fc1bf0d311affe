"""The columns in which a workbook of scores is looked through: row, entry, score, and what becomes of it."""

from competition_app.desktop.look import theme
from competition_app.desktop.parts import pills
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Said
from competition_app.domain.scoring.facts import Outcome
from competition_app.i18n import in_use, tr
from competition_app.services.judging.scores_import import ScoreRead, problem_lines, written_value

TO_TAKE = pills.State("done", "circle-check", Said("To be taken"))
AS_STORED = pills.State("idle", "circle-dashed", Said("As stored"))
NOT_TAKEN = pills.State("bad", "octagon-alert", Said("Not taken@scores"))


def state_of(one: ScoreRead) -> pills.State:
    """What becomes of a row."""
    if not one.accepted:
        return NOT_TAKEN
    return TO_TAKE if one.changed else AS_STORED


def value_of(one: ScoreRead) -> str:
    """A row's score in words."""
    return tr("Absent@module") if one.value == Outcome.ABSENT.value else written_value(one)


def reason_of(one: ScoreRead) -> str:
    """Why a row is not taken."""
    return " ".join(problem_lines(one, in_use()))


def score_columns() -> list[Column[ScoreRead]]:
    """Row, number, name, score, state, reason."""
    px = theme.px
    return [
        Column("row", tr("Row@of a sheet"), lambda one: str(one.row), px("column.logNumber"), figures=True,
               sort=lambda one: one.row),
        Column("number", tr("Number@entry"), lambda one: one.number or "—", px("column.logActor")),
        Column("name", tr("Name"), lambda one: one.name or "—", px("column.logActor"), grow=1,
               maximum=px("column.nameMax")),
        Column("value", tr("Score"), value_of, px("column.markTotal"), figures=True,
               tint=lambda one: None if one.accepted else "bad"),
        Column("state", tr("State"), lambda one: state_of(one).word, px("column.markState"),
               pill=state_of),
        Column("reason", tr("Reason"), reason_of, px("column.logChange"), grow=4, tip=reason_of),
    ]  # fmt: skip
