"""The scoring plan: its types, as they stand in JSON (scoring.md §2)."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictBool,
    StringConstraints,
    model_serializer,
)

from competition_app.domain.scoring.figures import NULL, TEXT, Also, Number, Whole

Code = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Order = Literal["high", "low"]
Part = Literal["floor", "half_up", "ceil"]


class Rule(BaseModel):
    """A part of the plan: its keys are all there are, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def _nothing_is_empty(value: Any) -> Any:
    return {} if value is None else value


class ModuleRound(Rule):
    """Digits of a module's rungs; None = not rounded there (scoring.md §3)."""

    criterion: Whole | None = None
    factored: Whole | None = None
    sheet: Whole | None = None
    attempt: Whole | None = None
    module: Whole | None = None


class StageRound(Rule):
    """Digits of a stage's rungs; None = not rounded there (scoring.md §3)."""

    weighted: Whole | None = None
    total: Whole | None = None


class CriterionPanel(Rule):
    """How the judges' marks of one criterion become one figure (scoring.md §3, rung 2)."""

    combine: Literal["mean", "median", "sum", "agreed"] = "mean"
    drop_high: Whole = 0
    drop_low: Whole = 0
    min_judges: Whole | None = None
    drop_if_at_least: Whole | None = None

    @property
    def fewest(self) -> int:
        """Fewer judges present than this make the module incomplete."""
        return self.drop_high + self.drop_low + 1 if self.min_judges is None else self.min_judges

    @property
    def drops_from(self) -> int:
        """With fewer judges present than this nothing is dropped: one at least is always left."""
        return max(self.drop_high + self.drop_low + 1, self.drop_if_at_least or 0)


class Panel(CriterionPanel):
    """How the judges' marks become one figure, by whole sheets or criterion by criterion (scoring.md §3)."""

    across: Literal["sheet", "criterion"] = "sheet"


class Criterion(Rule):
    """评分项: one line of a score sheet (scoring.md §2, criterion kinds).

    ``heading`` (考核内容) is what it stands under, ``standard`` (评分标准) what the judges are told; neither
    counts for a result. ``panel`` stands in place of the module's where criteria are combined one by one:
    three judges' mean for a judgement, an agreed value for a measurement (domain.md §3).
    """

    code: Code
    name: str | None = None
    heading: str | None = None
    standard: str | None = None
    kind: Literal["points", "check", "judgement", "measured", "deduction", "bonus"]
    min: Number | None = None
    max: Number | None = None
    step: Number | None = None
    factor: Number = Field(default=1, validate_default=True)
    unit: str | None = None
    scale: tuple[tuple[Number, Number], ...] | None = None
    between: Literal["linear", "step"] = "linear"
    each: Number = Field(default=1, validate_default=True)
    levels: tuple[str, ...] | None = None
    max_spread: Number | None = None
    panel: CriterionPanel | None = None


class Attempts(Rule):
    """How many tries there are and which count (scoring.md §3, rung 4)."""

    count: Whole = 1
    take: Literal["best", "last", "mean", "sum", "trimmed"] = "best"


class Normalise(Rule):
    """Evening out judges or judging groups (scoring.md §4)."""

    by: Literal["judge", "group"]
    method: Literal["z-score", "mean-ratio"]
    mean: Number = Field(default=100, validate_default=True)
    sd: Number = Field(default=20, validate_default=True)
    trim: Whole = 0


class ConflictRule(Rule):
    """回避: what becomes of a mark for one's own; all under a node of ``up_to`` are one's own."""

    mode: Literal["refuse", "set_aside"] | None = None
    up_to: Annotated[tuple[Code, ...], TEXT] = ()

    @model_serializer(mode="wrap")
    def _short(self, whole: SerializerFunctionWrapHandler) -> Any:
        return whole(self) if self.up_to else self.mode


_CONFLICT_WORD = Also({"enum": ["refuse", "set_aside"]})


def _conflict(value: Any) -> Any:
    if isinstance(value, dict) and isinstance(value.get("up_to"), str):
        return {**value, "up_to": [value["up_to"]]}
    return {"mode": value} if value is None or isinstance(value, str) else value


class Module(Rule):
    """模块: a part of a stage with its own weight (scoring.md §2).

    ``time_bands`` are rows ``[seconds, points]``: what a recorded time of at least so many seconds takes off
    after the mean (超时扣分, domain.md §13); ``time_factors`` rows ``[seconds, factor]`` multiply it (§1).
    """

    code: Code
    name: str | None = None
    kind: Literal["direct", "sheets", "members"]
    full: Number | None = None
    weight: Number = Field(default=1, validate_default=True)
    basis: Literal["score", "percent"] = "score"
    criteria: tuple[Criterion, ...] = ()
    panel: Annotated[Panel, BeforeValidator(_nothing_is_empty), NULL] = Panel()
    attempts: Annotated[Attempts, BeforeValidator(_nothing_is_empty), NULL] = Attempts()
    normalise: Normalise | None = None
    time_bands: tuple[tuple[Number, Number], ...] = ()
    time_factors: tuple[tuple[Number, Number], ...] = ()
    absent_module: Literal["unranked", "zero"] = "unranked"
    pass_: Number | None = Field(default=None, alias="pass")
    max_gap: Number | None = None
    conflict: Annotated[ConflictRule, BeforeValidator(_conflict), NULL, _CONFLICT_WORD] = ConflictRule()
    blind: StrictBool = False
    round: Annotated[ModuleRound, BeforeValidator(_nothing_is_empty), NULL] = ModuleRound()
    event: Code | None = None
    take: Literal["sum", "mean", "best"] = "sum"
    best: Whole | None = None
    missing: Literal["zero", "unranked"] = "unranked"

    @cached_property
    def full_exact(self) -> Fraction:
        """``full`` for reckoning with; 0 where there is none."""
        return Fraction(self.full or 0)

    @cached_property
    def weight_exact(self) -> Fraction:
        """``weight`` for reckoning with."""
        return Fraction(self.weight)

    @property
    def timed(self) -> bool:
        """Whether the score depends on a recorded time, so that an entry without one is incomplete."""
        return bool(self.time_bands or self.time_factors)

    @property
    def sets_aside(self) -> bool:
        """Whether marks of one's own organisation count as absent (scoring.md §5); else they are refused."""
        return self.conflict.mode == "set_aside" if self.conflict.mode else self.blind


class Carry(Rule):
    """What an earlier stage's total brings along (scoring.md §3, rung 7)."""

    stage: Code
    weight: Number = Field(default=1, validate_default=True)
    basis: Literal["score", "percent"] = "score"
    full: Number | None = None


class TieKey(Rule):
    """One key by which equal totals are told apart (scoring.md §6).

    ``modules`` in place of ``module``: the sum of these modules' rounded scores, or times (domain.md §5).
    """

    by: Literal[
        "module", "criterion", "stage", "attempt", "time", "submitted", "penalty", "field", "decision", "lot"
    ]
    stage: Code | None = None
    module: Code | None = None
    modules: tuple[Code, ...] = ()
    criterion: Code | None = None
    nth: Whole = 1
    field: str | None = None
    first: Literal["low", "high"] = "low"


class Advance(Rule):
    """Who goes on to the next stage (scoring.md §8)."""

    count: Whole | None = None
    percent: Number | None = None
    round: Part = "floor"
    min_total: Number | None = None
    per_organisation: Whole | None = None
    ties: Literal["include", "exclude"] = "include"


class Stage(Rule):
    """阶段: 初赛, 决赛 (scoring.md §2)."""

    code: Code
    name: str | None = None
    modules: tuple[Module, ...] = ()
    carry: Carry | None = None
    round: Annotated[StageRound, BeforeValidator(_nothing_is_empty), NULL] = StageRound()
    pass_: Number | None = Field(default=None, alias="pass")
    ties: tuple[TieKey, ...] = ()
    places: Literal["1224", "1223", "1334"] = "1224"
    no_shared_top: Whole | None = None
    advance: Advance | None = None

    def module(self, code: str) -> Module | None:
        """The module of this code in this stage, if there is one."""
        return next((module for module in self.modules if module.code == code), None)


class Level(Rule):
    """奖项: one prize and how many, or which places, or what total it takes (scoring.md §8)."""

    name: Code
    count: Whole | None = None
    percent: Number | None = None
    round: Part = "floor"
    at_least: Whole = 0
    ranks: tuple[Whole, Whole] | None = None
    min_total: Number | None = None
    pass_: StrictBool = Field(default=False, alias="pass")


class Awards(Rule):
    """The prizes of an event, best first (scoring.md §8)."""

    percent_of: Literal["registered", "took_part", "ranked"] = "took_part"
    cumulative: StrictBool = False
    ties: Literal["include", "exclude"] | None = None
    extra_uses_next: StrictBool = False
    levels: tuple[Level, ...] = ()


class Needs(Rule):
    """What a person must fulfil to be nominated for a title (scoring.md §8).

    ``employment`` names those that will do (在职 …); ``holding``: one of these titles or skill levels is held
    already (高级技师 for who is 技师, domain.md §7).
    """

    pass_: StrictBool | tuple[Code, ...] = Field(default=(), alias="pass")
    age_at_most: Whole | None = None
    on: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None
    sex: Literal["男", "女"] | None = None
    employment: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()
    not_holding: tuple[str, ...] = ()


class Title(Rule):
    """称号: an honour the program nominates for, never grants (scoring.md §8)."""

    name: Code
    ranks: tuple[Whole, Whole]
    needs: Annotated[Needs, BeforeValidator(_nothing_is_empty), NULL] = Needs()


class Plan(Rule):
    """An event's scoring plan (scoring.md §2)."""

    entry: Literal["individual", "team", "organisation"] = "individual"
    order: Order = "high"
    stages: tuple[Stage, ...]
    awards: Awards | None = None
    titles: tuple[Title, ...] = ()

    def stage(self, code: str) -> Stage | None:
        """The stage of this code, if there is one."""
        return next((stage for stage in self.stages if stage.code == code), None)

    @property
    def last(self) -> Stage | None:
        """The stage whose result is the event's; None where there is no stage (``NO_PLAN``)."""
        return self.stages[-1] if self.stages else None

    @property
    def low(self) -> bool:
        """Whether less is better (times, errors)."""
        return self.order == "low"


NO_PLAN = Plan(stages=())
"""The plan of an event that is declared for registration only: no stage, so nothing to mark or to rank."""
