"""Changing a plan with open eyes: what is wrong with a draft, ready plans, whose place would move."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app import paths
from competition_app.documents.reading.json_reading import exact_values
from competition_app.domain.errors import Problem, Said
from competition_app.domain.looking_back import what_if
from competition_app.domain.plans.plan import Plan
from competition_app.domain.plans.plan_checks import PathError, plan_and_errors
from competition_app.domain.plans.plan_warnings import plan_warnings
from competition_app.domain.plans.plan_words import plan_sentences
from competition_app.services.competitions import setting_up
from competition_app.services.competitions.competitions import event_of
from competition_app.services.competitions.presets import presets
from competition_app.services.judging.entrants import entrants
from competition_app.services.plans.plans import has_marks, plan_from
from competition_app.services.results.results import event_result, ranked_under
from competition_app.store.models import Division, Entry, PlanVersion


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft looked at: the plan if it can be read, every error by its path, warnings, plain sentences."""

    plan: Plan | None
    errors: tuple[PathError, ...]
    warnings: tuple[Problem, ...]
    sentences: tuple[Said, ...]

    @property
    def good(self) -> bool:
        """Whether the plan can be taken."""
        return self.plan is not None and not self.errors


@dataclass(frozen=True, slots=True)
class ReadyPlan:
    """A plan to begin with: its key, its words, and its JSON text."""

    key: str
    name: Said
    description: Said
    text: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an event's plan: number, why it was made, when (UTC)."""

    version: int
    reason: str | None
    made_at: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """An entry whose place or prize would be another under a new plan; None: no place, no prize."""

    number: str
    name: str
    division: str | None
    stage: str
    before: int | None
    after: int | None
    prize_before: str | None
    prize_after: str | None


def checked(text: str) -> Checked:
    """What is wrong with a draft (JSON text), by path; the editor asks at each keystroke."""
    try:
        values = exact_values(text)
    except json.JSONDecodeError as error:
        said = Said(
            "line {line}, column {column}: this is not JSON", {"line": error.lineno, "column": error.colno}
        )
        return Checked(None, (PathError("", said),), (), ())
    except RecursionError:
        return Checked(None, (PathError("", Said("this is nested too deeply")),), (), ())
    plan, errors = plan_and_errors(values)
    if plan is None or errors:
        return Checked(plan, tuple(errors), (), ())
    return Checked(plan, (), tuple(plan_warnings(plan)), plan_sentences(plan))


def ready_plans(language: str = "zh") -> tuple[ReadyPlan, ...]:
    """Every plan of the presets in a language, one an event, then those without a whole preset."""
    more = (
        ("attempts", Said("Several attempts"), Said("Three attempts, the best one counts")),
        ("blank", Said("Blank"), Said("One stage and one module; the rest by hand")),
    )
    return (*_preset_plans(language), *(
        ReadyPlan(key, name, description, setting_up.in_language(_bare_plan(key), language))
        for key, name, description in more
    ))  # fmt: skip


def _bare_plan(key: str) -> str:
    return (paths.resources() / "presets" / "plans" / f"{key}.json").read_text(encoding="utf-8")


def _preset_plans(language: str) -> Iterator[ReadyPlan]:
    for row in presets():
        for event in setting_up.preset_events(row.key, language):
            text = setting_up.preset_plan(row.key, event.code, language)
            if not _of_members(text):
                whole = json.dumps(json.loads(text, parse_float=Decimal), ensure_ascii=False, default=str)
                yield ReadyPlan(f"{row.key}:{event.code}", row.name, row.description, whole)


def _of_members(text: str) -> bool:
    """Whether a plan is made from another event's results, which a new event alone does not have."""
    return any(module.kind == "members" for stage in plan_from(text).stages for module in stage.modules)


def entrants_now(session: Session, event_id: int) -> Mapping[str, int]:
    """How many entries an event has now that may win a prize, by division name ("" without divisions).

    Those out of competition and those withdrawn are left out (scoring.md §8).
    """
    event = event_of(session, event_id)
    names = {row.id: row.name for row in session.scalars(
        select(Division).where(Division.event_id == event.id).order_by(Division.position))}  # fmt: skip
    counted = select(Entry.division_id, func.count()).where(
        Entry.event_id == event.id, Entry.status.not_in(("out_of_competition", "withdrawn"))
    ).group_by(Entry.division_id)  # fmt: skip
    found: dict[int | None, int] = {row[0]: row[1] for row in session.execute(counted)}
    without = found.get(None, 0)
    apart = {name: found.get(key, 0) for key, name in names.items()}
    return apart | ({"": without} if without or not names else {})


def versions(session: Session, event_id: int) -> tuple[VersionRow, ...]:
    """All versions of the event's plan, the newest first."""
    query = select(PlanVersion).where(PlanVersion.event_id == event_id)
    rows = session.scalars(query.order_by(PlanVersion.version.desc()))
    return tuple(VersionRow(row.version, row.reason, row.made_at, row.plan) for row in rows)


def frozen(session: Session, event_id: int) -> bool:
    """Whether the first mark was entered: from then on a change takes a reason."""
    event_of(session, event_id)
    return has_marks(session, event_id)


def moves(session: Session, event_id: int, text: str) -> tuple[Move, ...]:
    """Whose place or prize would be another under this plan, best first; ranked twice, nothing stored."""
    now, then = event_result(session, event_id), ranked_under(session, event_id, plan_from(text))
    people = entrants(session, event_id)
    return tuple(
        Move(
            one.number, people[one.number].name if one.number in people else one.number, one.division,
            one.stage, one.place_before, one.place_after, one.prize_before, one.prize_after,
        )
        for one in what_if.moves(now, then)
        if one.matters
    )  # fmt: skip
