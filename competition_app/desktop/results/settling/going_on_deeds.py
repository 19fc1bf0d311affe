"""Who goes on to the next stage: confirmed by the chief judge; the next in line offered on a withdrawal."""

from collections.abc import Sequence

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.results.results_table import STATES, minus
from competition_app.desktop.results.results_ties import listed
from competition_app.desktop.results.settling.reasons import checked, reason_field
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.scoring.figures import natural
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.results import going_on
from competition_app.services.results.going_on import Goer, GoingOn, NextInLine, Waiting

ROWS = 8
"""So many rows of the list are seen at once."""


class GoingOnDeeds:
    """Asks and puts the chief judge's answers into the store."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def confirm(self, event: EventRow, stage: str) -> None:
        """Show whom the rule takes, ticked; other ticks need a reason."""
        found = self._context.workspace.ask(going_on.going_on, event.id, stage)
        table = _table(found)
        reason = reason_field(tr("Reason, if others than those of the rule go on"))

        def carry_out() -> None:
            numbers = [row.number for row in found.rows if row.number in table.rows_model.ticked]
            done = tr("Confirmed: {n} goes on to {stage}|Confirmed: {n} go on to {stage}",
                      n=len(numbers), stage=found.stage_name)  # fmt: skip
            self._context.undoing.carry_out(
                done, going_on.confirm_advance, event.id, stage, numbers, reason.text() or None
            )

        lead = tr(
            "The rule takes {n} of {all}. It is kept as confirmed: a later withdrawal never reshuffles it.",
            n=len(found.proposed), all=len(found.rows),
        )  # fmt: skip
        title = tr("Who goes on to {stage}?", stage=found.stage_name)
        fields = [Field(tr("Ticked entries go on"), table), reason]
        self._context.asking.form(title, lead, fields, tr("Confirm who goes on"), checked(carry_out, reason))

    def take_next(self, event: EventRow, free: NextInLine) -> None:
        """Ask who takes the free seat: the next in line; those passed over did not want it."""
        chosen = Selector(tr("Who takes the seat"))
        line = free.line
        chosen.set_choices([(one.number, _waiting(one)) for one in line])
        field = Field(tr("Who takes the seat"), chosen)
        reason = reason_field(tr("Reason, such as who withdrew and who declined"))

        def carry_out() -> None:
            number = str(chosen.currentData())
            done = tr("No. {number} takes the free seat", number=number)
            self._context.undoing.carry_out(
                done, going_on.take_next, event.id, free.stage, number, reason.text(),
                declined=declined(line, number),
            )  # fmt: skip

        gone = listed([f"{number} {name}" for number, name in free.gone])
        lead = tr("{gone} went on and withdrew. Choosing one further down says that those before declined.",
                  gone=gone)  # fmt: skip
        title = tr("Who takes the free seat?")
        self._context.asking.form(
            title, lead, [field, reason], tr("Give the seat"), checked(carry_out, reason)
        )


def declined(line: Sequence[Waiting], number: str) -> tuple[str, ...]:
    """Those of the same division before this one in the line and not level with it."""
    one = next(each for each in line if each.number == number)
    return tuple(
        each.number
        for each in line[: line.index(one)]
        if each.division == one.division and each.place != one.place
    )


def _waiting(one: Waiting) -> str:
    words = tr("{number} {name}", number=one.number, name=one.name)
    place = tr("place {n}", n=one.place) if one.place is not None else ""
    return " ".join(part for part in (words, place, minus(one.total)) if part)


def _table(found: GoingOn) -> TableView[Goer]:
    px = theme.px
    table: TableView[Goer] = TableView(
        [
            Column[Goer]("tick", "", lambda _one: "", px("column.registrationTick"), ticks=True),
            Column[Goer]("place", tr("Place"), lambda one: "—" if one.place is None else str(one.place),
                         px("column.place"), figures=True, sort=lambda one: one.place or 10**9),
            Column[Goer]("number", tr("No."), lambda one: one.number, px("column.number"), figures=True,
                         sort=lambda one: natural(one.number)),
            Column[Goer]("name", tr("Name"), lambda one: one.name, px("column.name"), grow=1),
            Column[Goer]("total", tr("Total"), lambda one: minus(one.total), px("column.figure"),
                         figures=True),
            Column[Goer]("state", "", lambda one: tr("by the rule") if one.by_rule else "",
                         px("column.state"), pill=lambda one: STATES.get(one.status),
                         ink=lambda _one: "inkSecondary"),
        ],
        lambda one: one.number,
        tr("Who goes on"),
    )  # fmt: skip
    table.set_rows(found.rows)
    table.setFixedHeight(px("height.tableHead") + ROWS * px("height.rowCompact"))
    taken = [one.number for one in found.rows if (one.confirmed if found.confirmed else one.by_rule)]
    table.rows_model.set_ticked(taken, on=True)
    return table
