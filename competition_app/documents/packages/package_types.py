"""The competition package: its types, as they stand in JSON (package.md §1)."""

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    model_serializer,
)
from pydantic_core import PydanticCustomError

from competition_app.documents.packages.package_part import Part
from competition_app.documents.packages.package_rulings import Accepted, Decision, Seats
from competition_app.domain.plans.plan import NO_PLAN, Code, Plan
from competition_app.domain.scoring.figures import (
    NULL,
    NUMBER_PATTERN,
    TEXT,
    Number,
    Whole,
    decimal_of,
    plain,
)

FORMAT = "competition-package"
VERSION = 1


def _field_text(value: Any) -> Any:
    """A field's value as text: numbers in their plain form."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    number = decimal_of(value)
    if number is None:
        raise PydanticCustomError("said", "this is not a number that can be read exactly")
    return plain(number)


FieldText = Annotated[
    str | None, BeforeValidator(_field_text), WithJsonSchema({"type": ["string", "number", "null"]})
]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


Minute = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")]


class ScheduleItem(Part):
    """日程: what takes place when and where, in the hall's own time; ``event`` where it belongs to one."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    event: Code | None = None
    place: str | None = None
    starts: Minute
    ends: Minute
    kind: Literal["contest", "meeting", "appeals", "ceremony", "other"] = "contest"


class Competition(Part):
    """竞赛: the whole contest."""

    code: Code
    name: str = ""
    short_name: str | None = None
    theme: str | None = None
    place: str | None = None
    organisers: tuple[str, ...] = ()
    starts_on: Day | None = None
    ends_on: Day | None = None
    schedule: tuple[ScheduleItem, ...] = ()


class Organisation(Part):
    """单位: an enterprise or a union, with the one above it."""

    code: Code
    name: str = ""
    short_name: str | None = None
    kind: str | None = None
    parent: Code | None = None
    credit_code: str | None = None
    contact: str | None = None
    contact_phone: str | None = None


class Contestant(Part):
    """选手: a person. ``photo`` is a file name in the zip, never a path; ``titles`` are already held."""

    code: Code
    name: str = ""
    sex: str | None = None
    id_number: str | None = None
    birth_date: Day | None = None
    phone: str | None = None
    id_kind: str | None = None
    organisation: Code | None = None
    employer: Code | None = None
    employment: str | None = None
    fields: dict[str, FieldText] = Field(default_factory=dict)
    titles: tuple[str, ...] = ()
    photo: str | None = None


class Division(Part):
    """组别."""

    code: Code
    name: str | None = None


def _person(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class JudgePerson(Part):
    """Who sat on a judge's seat, from when."""

    name: str | None = None
    organisation: Code | None = None
    since: str | None = None


def _assigned(value: Any) -> Any:
    return {"module": value} if isinstance(value, str) else value


class AssignedModule(Part):
    """A module a judge is assigned to; without a stage, the modules of this code in every stage."""

    module: Code
    stage: Code | None = None

    @model_serializer(mode="wrap")
    def _short(self, whole: SerializerFunctionWrapHandler) -> Any:
        return self.module if self.stage is None else whole(self)


class Judge(Part):
    """裁判: a seat on an event's panel. A judge whose ``modules`` is left out is assigned to none."""

    code: Code
    name: str | None = None
    organisation: Code | None = None
    modules: tuple[Annotated[AssignedModule, BeforeValidator(_assigned), TEXT], ...] = ()
    role: str = "judge"
    group: str | None = None
    persons: tuple[Annotated[JudgePerson, BeforeValidator(_person), TEXT], ...] = ()


class EntryOrganisation(Part):
    """An organisation an entry stands for; each gets full points unless shares are given."""

    code: Code
    share: Number = Field(default=1, validate_default=True)


GivenStatus = Literal[
    "ranked",
    "out_of_competition",
    "incomplete",
    "disqualified",
    "withdrawn",
    "absent",
]


class Entry(Part):
    """参赛队/选手: what is ranked."""

    number: Code
    division: Code | None = None
    organisation: Code | None = None
    organisations: tuple[EntryOrganisation, ...] = ()
    name: str | None = None
    contestants: tuple[Code, ...] = ()
    coaches: tuple[str, ...] = ()
    group: str | None = None
    status: GivenStatus = "ranked"
    status_reason: str | None = None
    fields: dict[str, FieldText] = Field(default_factory=dict)


def _mark(value: Any) -> Any:
    """A mark: a number, true/false, yes/no, absent or DNF; whether it fits is checked later."""
    if isinstance(value, bool) or value in ("absent", "DNF", "yes", "no"):
        return value
    number = decimal_of(value)
    if number is None:
        raise PydanticCustomError("said", "this is not a number that can be read exactly")
    return number


_NUMBER_TEXT = {"type": "string", "pattern": NUMBER_PATTERN}
MarkGiven = Annotated[
    Any,
    BeforeValidator(_mark),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "boolean"},
                {"enum": ["absent", "DNF", "yes", "no"]},
                _NUMBER_TEXT,
            ]
        }
    ),
]


def _score(value: Any) -> Any:
    if value == "DNF" and isinstance(value, str):
        return value
    number = decimal_of(value)
    if number is None:
        raise PydanticCustomError("said", "this is not a number that can be read exactly")
    return number


ScoreGiven = Annotated[
    Any,
    BeforeValidator(_score),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"const": "DNF"}, _NUMBER_TEXT]}),
]


class Mark(Part):
    """评分: a mark that counts (signed or confirmed)."""

    entry: Code
    stage: Code | None = None
    module: Code
    attempt: Whole = 1
    judge: Code
    criterion: Code
    value: MarkGiven


class Score(Part):
    """A direct module's score."""

    entry: Code
    stage: Code | None = None
    module: Code
    attempt: Whole = 1
    value: ScoreGiven


class Time(Part):
    """用时: seconds an entry needed in a module."""

    entry: Code
    stage: Code | None = None
    module: Code
    seconds: Number


def _nothing_is_zero(value: Any) -> Any:
    return 0 if value is None else value


class Penalty(Part):
    """违规扣分: points off, or disqualification."""

    entry: Code
    stage: Code | None = None
    module: Code | None = None
    attempt: Whole | None = None
    points: Annotated[Number, BeforeValidator(_nothing_is_zero), NULL] = Field(
        default=0, validate_default=True
    )
    disqualifies: StrictBool = False
    reason: str | None = None


class Absence(Part):
    """缺考: a recorded absence of an entry from a module."""

    entry: Code
    stage: Code | None = None
    module: Code
    reason: str | None = None


class Submitted(Part):
    """When an entry handed in its work."""

    entry: Code
    stage: Code | None = None
    module: Code
    at: str


class Recusal(Part):
    """回避: a judge kept from an entry in a module, recorded when the works were coded.

    Those that follow from the units of both count too, recorded or not.
    """

    entry: Code
    stage: Code | None = None
    module: Code
    judge: Code
    reason: str | None = None


class Event(Part):
    """赛项: one trade or subject with its entries, plan and marks."""

    code: Code
    name: str = ""
    aliases: tuple[str, ...] = ()
    team_min: Whole | None = None
    team_max: Whole | None = None
    quota: Whole | None = None
    eligibility: dict[str, Any] | None = None
    double_entry: StrictBool | None = None
    plan: Plan | None = None
    divisions: tuple[Division, ...] = ()
    judges: tuple[Judge, ...] = ()
    entries: tuple[Entry, ...] = ()
    marks: tuple[Mark, ...] = ()
    scores: tuple[Score, ...] = ()
    times: tuple[Time, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    absences: tuple[Absence, ...] = ()
    submitted: tuple[Submitted, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    lots: tuple[tuple[Code, ...], ...] = ()
    advanced: dict[str, tuple[Code, ...]] = Field(default_factory=dict)
    advanced_more: dict[str, Seats] = Field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def rules(self) -> Plan:
        """The plan; one without stages where the event is declared for registration only."""
        return self.plan or NO_PLAN


class SumOfTotals(Part):
    """An organisation's best totals added up; without ``best`` all of them."""

    best: Whole | None = None


class Table(Part):
    """团体总分: an organisation table over many events (scoring.md §7). ``events`` left out: all of them."""

    code: Code
    name: str | None = None
    points_by_award: dict[str, Number] | None = None
    points_by_place: tuple[Number, ...] | None = None
    sum_of_totals: SumOfTotals | None = None
    events: tuple[Code, ...] | None = None


class Package(Part):
    """A whole competition in one file."""

    format: Literal["competition-package"]
    version: Whole
    competition: Competition
    organisations: tuple[Organisation, ...] = ()
    contestants: tuple[Contestant, ...] = ()
    events: tuple[Event, ...] = ()
    tables: tuple[Table, ...] = ()
    exported_at: str | None = None
