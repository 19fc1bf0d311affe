"""The floor record of one module as rows: times, hand-ins, absences, penalties, how each entry stands."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone
from decimal import Decimal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.marking.floor.floor_typing import (
    read_moment,
    read_time,
    shown_moment,
    zone_of,
)
from competition_app.desktop.marking.marking_locked import WHY
from competition_app.desktop.marking.marking_values import Column, Face, Look, Row, Rows
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Stage, TieKey
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.timing import clock
from competition_app.i18n import tr
from competition_app.services.competitions import competitions
from competition_app.services.judging import floor_record
from competition_app.services.judging.floor_record import FloorRow
from competition_app.services.plans import plans
from competition_app.services.plans.plans import ModuleRow

TIME, SUBMITTED, ABSENT, PENALTY = "time", "submitted", "absent", "penalty"
"""The codes of the columns."""

COMPETES = pills.State("done", "circle-check", Said("Competes@floor"))
LACKS_TIME = pills.State("wait", "timer", Said("No time yet"))
STATES = (
    COMPETES, LACKS_TIME, pills.ABSENT, pills.DISQUALIFIED, pills.WITHDRAWN, pills.OUT_OF_COMPETITION,
)  # fmt: skip
"""The states an entry can be in on the floor."""
_OF_STATUS: Mapping[Status, pills.State] = {
    Status.ABSENT: pills.ABSENT,
    Status.DISQUALIFIED: pills.DISQUALIFIED,
    Status.WITHDRAWN: pills.WITHDRAWN,
    Status.OUT_OF_COMPETITION: pills.OUT_OF_COMPETITION,
}


@dataclass(frozen=True, slots=True)
class Given:
    """What one operation records: times in seconds and hand-ins as ISO, by entry; None takes one back."""

    seconds: Mapping[int, Decimal | None]
    submitted: Mapping[int, str | None]


class FloorBook:
    """What is recorded of every entry in one module. ``flipped`` are columns shown, or not, against habit."""

    def __init__(self, context: Context, module: ModuleRow, flipped: frozenset[str]) -> None:
        self._context = context
        self.module, self.flipped = module, flipped
        self.named = not (module.coded or module.rule.blind)
        self.rows: Rows = Rows.of(())
        self.entries: dict[int, FloorRow] = {}
        plan = context.workspace.ask(plans.plan_of, module.event_id)
        self.stage = plan.stage(module.stage)
        self._sign = "+" if plan.low else "−"
        self.columns: tuple[Column, ...] = self._columns()
        self._day, self._zone = self._today()

    @property
    def key(self) -> Hashable:
        """What tells this book's entries from others'."""
        return self.module.event_id, self.module.stage, self.module.module

    @property
    def here(self) -> tuple[str, str]:
        """The stage's and the module's code."""
        return self.module.stage, self.module.module

    # --- columns ---
    def _columns(self) -> tuple[Column, ...]:
        time = Column(TIME, tr("Time used"), Said("min:sec"), only=True)
        submitted = Column(SUBMITTED, tr("Handed in"), Said("time of day"), only=True)
        absent = Column(ABSENT, tr("Absent@module"), Said("press Q"), only=True)
        penalty = Column(PENALTY, tr("Penalties@floor"), Said("this stage"), only=True)
        timed = (time, submitted) if self.needs(TIME) else ()
        rest = () if timed else (time, submitted)
        return tuple(one for one in (*timed, absent, penalty, *rest) if self.shown(one.code))

    def needs(self, code: str) -> bool:
        """Whether the plan needs this column: the score or a tie key asks for it."""
        if code == TIME and self.module.rule.timed:
            return True
        return code in (TIME, SUBMITTED) and asks_for(self.stage, code, self.module.module)

    def shown(self, code: str) -> bool:
        """Whether a column is shown: hand-ins only where the plan needs them or a person wants them."""
        habit = code != SUBMITTED or self.needs(code)
        return habit != (code in self.flipped)

    # --- rows ---
    def ask(self) -> None:
        """Read what is recorded anew."""
        found = self._context.workspace.ask(
            floor_record.floor_rows, self.module.event_id, *self.here, named=self.named
        )
        self.entries = {row.entry_id: row for row in found}
        first = next((row.submitted for row in found if row.submitted), None)
        if first is not None:
            self._zone = zone_of(datetime.fromisoformat(first))
        self.rows = Rows(
            [row.entry_id for row in found],
            [row.number for row in found],
            [(row, self.module.locked) for row in found],
            lambda at: self._row(found[at]),
        )

    def _row(self, row: FloorRow) -> Row:
        faces = {
            TIME: self._time(row),
            SUBMITTED: self._submitted(row),
            ABSENT: Face(Look.ABSENT, tr("Absent@module")) if row.absent else Face(Look.FIGURE),
            PENALTY: Face(Look.FIGURE, self._penalty(row)),
        }
        cells = tuple(faces[column.code] for column in self.columns)
        locked = WHY if self.module.locked else None
        code = f"{row.number} {row.name}".strip()
        return Row(row.entry_id, code, cells, None, self.state(row), locked=locked)

    def _time(self, row: FloorRow) -> Face:
        if row.seconds is not None:
            return Face(Look.FIGURE, clock(Decimal(row.seconds)))
        return Face(Look.GAP if self.lacks_time(row) else Look.NOT_BEGUN)

    def _submitted(self, row: FloorRow) -> Face:
        if row.submitted is None:
            return Face(Look.NOT_BEGUN)
        return Face(Look.FIGURE, shown_moment(row.submitted, self._day))

    def _penalty(self, row: FloorRow) -> str:
        """Points off, with a real minus; where less is better they are added, and say so."""
        if not row.penalties:
            return ""
        return self._sign + row.points if row.points != "0" else tr("{n} noted", n=row.penalties)

    def state(self, row: FloorRow) -> pills.State:
        """How an entry stands on the floor."""
        if row.struck and row.status in (Status.RANKED, Status.OUT_OF_COMPETITION):
            return pills.DISQUALIFIED
        if row.absent and row.status in (Status.RANKED, Status.OUT_OF_COMPETITION):
            return pills.ABSENT
        if self.lacks_time(row):
            return LACKS_TIME
        return _OF_STATUS.get(row.status, COMPETES)

    def lacks_time(self, row: FloorRow) -> bool:
        """Whether the score of an entry that is there waits for its time."""
        here = row.status in (Status.RANKED, Status.OUT_OF_COMPETITION) and not (row.absent or row.struck)
        return self.module.rule.timed and here and row.seconds is None

    def lacking(self) -> list[int]:
        """The entries whose time is waited for, in their order."""
        return [row.entry_id for row in self.entries.values() if self.lacks_time(row)]

    # --- values ---
    def read(self, entry: int, code: str, text: str) -> Given:
        """What was typed into a cell, as what would be recorded; refused where it cannot stand."""
        if code == TIME:
            return Given({entry: read_time(text)}, {})
        row = self.entries.get(entry)
        day = datetime.fromisoformat(row.submitted).date() if row and row.submitted else self._day
        return Given({}, {entry: read_moment(text, day, self._zone)})

    def _today(self) -> tuple[date, timezone]:
        """The day hand-ins are of, and this machine's offset: today while it runs, else its first day."""
        now = datetime.now(UTC).astimezone()
        all_held = self._context.workspace.ask(competitions.competitions)
        held = next(one for one in all_held if one.id == self._context.competition_id)
        first, last = _date(held.starts_on), _date(held.ends_on)
        if first is None or first <= now.date() <= (last or first):
            return now.date(), zone_of(now)
        return first, zone_of(datetime.combine(first, now.time()).astimezone())


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def asks_for(stage: Stage | None, code: str, module: str) -> bool:
    """Whether a tie key of the stage compares this of the module: times, or hand-ins."""
    return stage is not None and any(
        key.by == code and key.stage in (None, stage.code) and _is_of(key, module) for key in stage.ties
    )


def _is_of(key: TieKey, module: str) -> bool:
    return module in key.modules if key.modules else key.module in (None, module)
