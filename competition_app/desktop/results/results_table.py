"""The standings as rows and columns of the results page, as the one ranking gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.charts.dots import dots
from competition_app.desktop.parts.controls import ink
from competition_app.desktop.tables.tables import Column
from competition_app.domain.ranking.result import DivisionResult, Standing, Status
from competition_app.domain.scoring.figures import natural
from competition_app.i18n import tr
from competition_app.services.judging.entrants import EntrantRow
from competition_app.services.results.recorded import Recorded

NOTHING = "—"
STATES = {
    Status.OUT_OF_COMPETITION: pills.OUT_OF_COMPETITION,
    Status.INCOMPLETE: pills.INCOMPLETE,
    Status.DISQUALIFIED: pills.DISQUALIFIED,
    Status.WITHDRAWN: pills.WITHDRAWN,
    Status.ABSENT: pills.ABSENT,
}
SHOWN = (pills.TO_DECIDE, pills.INCOMPLETE)
TOP = 3
DOTS = 200


@dataclass(frozen=True, slots=True)
class ModuleHead:
    """A module's columns: code, name and weight in words (理论 30%); ``clock`` names its time, if any.

    ``timed``: time used takes points off, so that they are not of penalties alone.
    """

    code: str
    title: str
    clock: str = ""
    timed: bool = False


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the standings; ``order`` is its line in print, ``asked`` marks entries in question.

    ``close``: sentences about neighbours that stand less than one rounding step away.
    """

    order: int
    standing: Standing
    name: str
    organisation: str
    asked: bool = False
    recorded: Recorded = field(default_factory=Recorded)
    close: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The entry's number, its key within an event."""
        return self.standing.number


@dataclass(frozen=True, slots=True)
class Field:
    """The field of a division: every total between 0 and 1, for the dots."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    places: tuple[float, ...] = field(default=())

    @classmethod
    def of(cls, rows: Sequence[ResultRow]) -> "Field":
        """The field that these rows make."""
        totals = [row.standing.value for row in rows if row.standing.value is not None]
        if not totals:
            return cls()
        made = cls(min(totals), max(totals))
        places = {round((made.place(total) or 0.0) * DOTS) / DOTS for total in totals}
        return cls(made.low, made.high, tuple(sorted(places)))

    def place(self, total: Decimal | None) -> float | None:
        """Where a total lies between the least (0) and the most (1)."""
        if total is None:
            return None
        span = self.high - self.low
        return float((total - self.low) / span) if span else 0.5


def result_rows(
    division: DivisionResult,
    people: Mapping[str, EntrantRow],
    beside: Mapping[str, Recorded],
    close: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[ResultRow, ...]:
    """The division's standings with the names behind them; ``close``: close calls by number."""
    asked = {str(one) for question in division.open_questions for one in _entries(question.more)}
    near = close or {}
    nothing = Recorded()
    return tuple(
        ResultRow(
            order, one, people[one.number].name, people[one.number].organisation, one.number in asked,
            beside.get(one.number, nothing), near.get(one.number, ()),
        )
        for order, one in enumerate(division.standings)
    )  # fmt: skip


def _entries(more: Mapping[str, object]) -> Sequence[object]:
    found = more.get("entries", ())
    return found if isinstance(found, list | tuple) else ()


def columns(
    heads: Sequence[ModuleHead], drawn: Field, *, low: bool, near: bool = False
) -> list[Column[ResultRow]]:
    """The columns for these modules. ``low``: less is better, dots turned; ``near``: mark close calls."""
    px = theme.px

    def paint(painter: QPainter, box: QRect, row: ResultRow, chosen: bool) -> None:
        place = drawn.place(row.standing.value)
        values = [1 - value for value in drawn.places] if low else drawn.places
        if drawn.places:
            dots(painter, box, values, 1 - place if low and place is not None else place, chosen=chosen)

    award = max(px("column.prize"), pills.widest(*SHOWN))
    return [
        Column[ResultRow]("place", tr("Place"), _place, px("column.place"), figures=True,
                          sort=lambda row: row.order, strong=_top, tint=_asked),
        Column[ResultRow]("number", tr("No."), lambda row: row.number, px("column.number"), figures=True,
                          sort=lambda row: natural(row.number)),
        Column[ResultRow]("name", tr("Name"), lambda row: row.name, px("column.name"), grow=1,
                          names="person",
                          maximum=px("column.nameMax"), strong=_top),
        Column[ResultRow]("organisation", tr("Organisation"), lambda row: row.organisation,
                          px("column.organisation"), names="organisation", grow=2,
                          maximum=px("column.organisationMax"),
                          ink=lambda _row: "inkSecondary"),
        *(_module(head) for head in heads),
        *(_time(head) for head in heads if head.clock),
        Column[ResultRow]("penalties",
                          tr("Points off") if any(one.timed for one in heads) else tr("Penalties"),
                          lambda row: minus(row.recorded.penalties),
                          px("column.figure"), figures=True, grow=1, maximum=px("column.figureMax"),
                          sort=lambda row: Decimal(row.recorded.penalties), wide=True,
                          ink=lambda row: "ink" if Decimal(row.recorded.penalties) else "inkTertiary"),
        Column[ResultRow]("total", tr("Total"), lambda row: minus(row.standing.total), px("column.figure"),
                          figures=True, grow=1, maximum=px("column.figureMax"),
                          sort=lambda row: -row.order, tint=_asked,
                          paint=_total if near else None, tip=lambda row: "\n".join(row.close)),
        Column[ResultRow]("field", tr("Place in the field"), lambda _row: "", px("column.field"), grow=1,
                          maximum=px("column.organisation"), paint=paint, sortable=False, hide_under=1),
        Column[ResultRow]("award", tr("Award"), _award, award, pill=_state, ink=_award_ink),
    ]  # fmt: skip


def _total(painter: QPainter, box: QRect, row: ResultRow, _chosen: bool) -> None:
    """A total with the mark of a close call at its left."""
    if row.close:
        side = theme.px("icon.small")
        icons.draw(painter, "equal-not", QRect(box.x(), box.y(), side, box.height()), "status.wait.ink", side)
    painter.setFont(theme.font("body"))
    painter.setPen(ink(_asked(row) or "ink"))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, right, minus(row.standing.total))


def _module(head: ModuleHead) -> Column[ResultRow]:
    def score(row: ResultRow) -> str | None:
        figure = row.standing.modules.get(head.code)
        return figure.score if figure else None

    def key(row: ResultRow) -> tuple[bool, Decimal]:
        text = score(row)
        return (text is not None, Decimal(text or 0))

    return Column[ResultRow](
        f"module:{head.code}", head.title, lambda row: minus(score(row)), theme.px("column.figure"),
        figures=True, grow=1, maximum=theme.px("column.figureMax"), sort=key,
        ink=lambda row: "ink" if score(row) is not None else "inkTertiary",
    )  # fmt: skip


def _time(head: ModuleHead) -> Column[ResultRow]:
    def taken(row: ResultRow) -> str | None:
        return row.recorded.seconds.get(head.code)

    def key(row: ResultRow) -> tuple[bool, Decimal]:
        text = taken(row)
        return (text is None, Decimal(text or 0))

    return Column[ResultRow](
        f"time:{head.code}", head.clock, lambda row: clock(taken(row)), theme.px("column.figure"),
        figures=True, grow=1, maximum=theme.px("column.figureMax"), sort=key, wide=True,
        ink=lambda row: "inkSecondary" if taken(row) is not None else "inkTertiary",
    )  # fmt: skip


def clock(seconds: str | None) -> str:
    """A time in minutes and seconds, as a stop watch shows it: 81:19; a dash where there is none."""
    if seconds is None:
        return NOTHING
    whole, _, part = seconds.partition(".")
    minutes, rest = divmod(int(whole), 60)
    return f"{minutes}:{rest:02}{'.' + part if part else ''}"


def minus(text: str | None) -> str:
    """A figure with a real minus; a dash where there is none."""
    return NOTHING if text is None else text.replace("-", "−")


def _place(row: ResultRow) -> str:
    return NOTHING if row.standing.place is None else str(row.standing.place)


def _top(row: ResultRow) -> bool:
    place = row.standing.place
    return place is not None and place <= TOP and row.standing.status is Status.RANKED and not row.asked


def _asked(row: ResultRow) -> str | None:
    return "bad" if row.asked else None


def _award(row: ResultRow) -> str:
    return row.standing.award or NOTHING


def _award_ink(row: ResultRow) -> str:
    if row.standing.award is None:
        return "inkTertiary"
    return "accentInk" if row.standing.award.startswith(("一等", "特等", "金", "冠")) else "ink"


def _state(row: ResultRow) -> pills.State | None:
    return pills.TO_DECIDE if row.asked else STATES.get(row.standing.status)
