"""What the types of a package cannot see: unknown codes, doubled rows, marks out of range (package.md §1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from competition_app.documents.packages.package_part import Part
from competition_app.documents.packages.package_types import (
    Event,
    Judge,
    Mark,
    Organisation,
    Package,
    Table,
)
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Criterion, Module, Plan, Stage
from competition_app.domain.scoring.points import mark_fault

Path = tuple[int | str, ...]
Found = Iterator[tuple[Path, Said]]


def moment_of(text: str) -> datetime | None:
    """A moment in ISO form; None for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_day(text: str | None) -> bool:
    """Whether a text is a day of the calendar, or nothing."""
    if text is None:
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def mark_value(value: Any, criterion: Criterion) -> Decimal | str | None:
    """A mark as a number, ``absent`` or ``DNF``; None where the criterion takes no such mark.

    A check is true/false, also "yes"/"no" and 1/0 (scoring.md §2).
    """
    if isinstance(value, Decimal) or value in ("absent", "DNF"):
        found: Decimal | str = value
        return found
    if criterion.kind != "check":
        return None
    return Decimal(1) if value in (True, "yes") else Decimal(0)


class Places:
    """Where modules stand in a plan, so that rows can name them with or without their stage."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.modules: dict[tuple[str, str], Module] = {
            (stage.code, module.code): module for stage in plan.stages for module in stage.modules
        }
        self._stages: dict[str, list[str]] = {}
        for stage, module in self.modules:
            self._stages.setdefault(module, []).append(stage)

    def stages_of(self, module: str) -> Sequence[str]:
        """The stages that have a module of this code."""
        return self._stages.get(module, ())

    def find(self, stage: str | None, module: str) -> tuple[str, str] | Said:
        """The (stage, module) a row means, or what is wrong with it."""
        stages = self.stages_of(module)
        if stage is not None:
            if (stage, module) in self.modules:
                return stage, module
            return Said("there is no module {module} in stage {stage}", {"module": module, "stage": stage})
        if not stages:
            return Said("there is no module {code}", {"code": module})
        if len(stages) > 1:
            return Said("module {code} stands in several stages; name the stage", {"code": module})
        return stages[0], module

    def stage(self, code: str) -> Stage | None:
        """The stage of this code."""
        return self.plan.stage(code)


class Known:
    """Codes that stand anywhere in the file, even in rows refused for another reason."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.organisations = codes_in(values.get("organisations"), "code")
        self.contestants = codes_in(values.get("contestants"), "code")
        self.events = codes_in(values.get("events"), "code")


def codes_in(rows: Any, key: str) -> set[str]:
    """The codes of a list of rows, read or not."""
    if not isinstance(rows, list):
        return set()
    return {row[key] for row in rows if isinstance(row, dict) and isinstance(row.get(key), str)}


def below(path: Path, found: Iterable[tuple[Path, Said]]) -> Found:
    """What was found, with the path before it."""
    for place, said in found:
        yield (*path, *place), said


def doubled(path: Path, rows: Sequence[Part], key: str) -> Found:
    """Codes or numbers that stand twice."""
    seen: set[str] = set()
    for index, row in enumerate(rows):
        code: str = getattr(row, key)
        if code in seen:
            yield (*path, index, key), Said("{code} stands twice", {"code": code})
        seen.add(code)


def unknown(path: Path, code: str | None, known: set[str], what: Said) -> Found:
    """A code that names nothing."""
    if code is not None and code not in known:
        yield path, Said("there is no {what} {code}", {"what": what, "code": code})


ORGANISATION, CONTESTANT = Said("organisation"), Said("contestant")


def package_errors(package: Package, known: Known) -> Found:
    """Every error the types cannot see, but for those inside events."""
    if package.version != 1:
        said = Said("version {version} is newer than this program reads; update the program",
                    {"version": package.version})  # fmt: skip
        yield ("version",), said
    for name in ("starts_on", "ends_on"):
        if not is_day(getattr(package.competition, name)):
            yield ("competition", name), Said("this is not a day of the calendar")
    yield from below(("competition", "schedule"), _schedule_errors(package))
    for name in ("organisations", "contestants", "events", "tables"):
        yield from doubled((name,), getattr(package, name), "code")
    yield from below(("organisations",), _tree_errors(package.organisations, known))
    yield from below(("contestants",), _contestant_errors(package, known))
    yield from _member_circles(package, known)
    for index, table in enumerate(package.tables):
        yield from below(("tables", index), _table_errors(table, known))


def _schedule_errors(package: Package) -> Found:
    events = {event.code for event in package.events}
    for index, item in enumerate(package.competition.schedule):
        yield from unknown((index, "event"), item.event, events, Said("event"))
        starts, ends = moment_of(item.starts), moment_of(item.ends)
        if starts is None or ends is None:
            name = "ends" if starts else "starts"
            yield (index, name), Said("this is no moment of the calendar")
        elif ends <= starts or starts.date() != ends.date():
            yield (index, "ends"), Said("this must be later than the beginning, on the same day")


def _tree_errors(organisations: Sequence[Organisation], known: Known) -> Found:
    parents = {each.code: each.parent for each in organisations}
    for index, organisation in enumerate(organisations):
        yield from unknown((index, "parent"), organisation.parent, known.organisations, ORGANISATION)
        seen: set[str | None] = set()
        above: str | None = organisation.code
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == organisation.code:
            yield (index, "parent"), Said("{code} stands above itself", {"code": organisation.code})


def _contestant_errors(package: Package, known: Known) -> Found:
    for index, contestant in enumerate(package.contestants):
        for name in ("organisation", "employer"):
            yield from unknown((index, name), getattr(contestant, name), known.organisations, ORGANISATION)
        if not is_day(contestant.birth_date):
            yield (index, "birth_date"), Said("this is not a day of the calendar")
        if contestant.photo is not None and not is_label(contestant.photo):
            yield (index, "photo"), Said("this is not a plain file name")


def is_label(name: str) -> bool:
    """Whether a name is only a name: no folder, no drive, nothing that leads elsewhere."""
    return bool(name.strip(". ")) and not any(char in name for char in '/\\:\0"<>|?*') and name.isprintable()


def _member_circles(package: Package, known: Known) -> Found:
    sources: dict[str, set[str]] = {}
    for index, event in enumerate(package.events):
        for stage_index, stage in enumerate(event.rules.stages):
            for module_index, module in enumerate(stage.modules):
                if module.kind == "members" and module.event:
                    path = ("events", index, "plan", "stages", stage_index, "modules", module_index, "event")
                    yield from unknown(path, module.event, known.events, Said("event"))
                    sources.setdefault(event.code, set()).add(module.event)
                    if _leads_to(module.event, event.code, sources):
                        yield path, Said("{code} would be made from its own results", {"code": event.code})


def _leads_to(start: str, goal: str, sources: Mapping[str, set[str]]) -> bool:
    waiting, seen = [start], set[str]()
    while waiting:
        code = waiting.pop()
        if code == goal:
            return True
        if code not in seen:
            seen.add(code)
            waiting += sources.get(code, ())
    return False


def _table_errors(table: Table, known: Known) -> Found:
    names = ("points_by_award", "points_by_place", "sum_of_totals")
    if sum(getattr(table, name) is not None for name in names) != 1:
        yield (), Said("exactly one of {names} is needed", {"names": ", ".join(names)})
    for index, code in enumerate(table.events or ()):
        yield from unknown(("events", index), code, known.events, Said("event"))
    if table.sum_of_totals and table.sum_of_totals.best is not None and table.sum_of_totals.best < 1:
        yield ("sum_of_totals", "best"), Said("this must be above 0")


def judge_of(event: Event) -> Mapping[str, Judge]:
    """The event's judges by code."""
    return {judge.code: judge for judge in event.judges}


def mark_errors(mark: Mark, criterion: Criterion) -> Found:
    """A mark the criterion does not take."""
    value = mark_value(mark.value, criterion)
    if value is None:
        yield ("value",), Said("this is not a number that can be read exactly")
    elif isinstance(value, Decimal):
        fault = mark_fault(criterion, Fraction(value))
        if fault is not None:
            yield ("value",), fault
