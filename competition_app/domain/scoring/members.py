"""Teams made from their members' results in another event (scoring.md §7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from competition_app.domain.plans.plan import Module
from competition_app.domain.scoring import guards
from competition_app.domain.scoring.facts import EntryFacts
from competition_app.domain.scoring.figures import natural
from competition_app.domain.scoring.guards import Where
from competition_app.domain.scoring.modules import ModuleOutcome, State


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """A contestant in the last stage of an event: total, and module scores and times for tie keys."""

    total: Fraction
    modules: Mapping[str, Fraction]
    times: Mapping[str, Fraction]
    time: Fraction | None


@dataclass(frozen=True, slots=True)
class MembersOf:
    """The figures of other events' contestants: by event, then by contestant. ``low``: less is better."""

    events: Mapping[str, Mapping[str, MemberFigures]] = field(default_factory=dict)
    low: bool = False

    def chosen(self, entry: EntryFacts, module: Module) -> tuple[list[MemberFigures], int]:
        """The members that count (the best n, of equal ones the first by code), and how many lack a total."""
        known = self.events.get(module.event or "", {})
        found = [known[code] for code in sorted(entry.contestants, key=natural) if code in known]
        found.sort(key=lambda member: member.total, reverse=not self.low)
        needed = len(entry.contestants) if module.best is None else module.best
        return found[:needed], max(needed - len(found), 0)

    def outcome(self, entry: EntryFacts, module: Module, stage: str) -> ModuleOutcome:
        """What the members bring to the module; with too few of them, ``missing`` decides."""
        found, lacking = self.chosen(entry, module)
        if lacking and (module.missing == "unranked" or not entry.contestants):
            gap = guards.missing_module(Where(entry.number, stage, module.code))
            return ModuleOutcome(State.INCOMPLETE, gaps=(gap,))
        if not entry.contestants:
            return ModuleOutcome(State.NOT_BEGUN)
        return ModuleOutcome(
            State.SCORED, combined(module, [member.total for member in found], lacking, self.low)
        )


def combined(module: Module, values: list[Fraction], lacking: int, low: bool) -> Fraction:
    """The members' values taken as the plan says; members without one count 0."""
    numbers = values + [Fraction(0)] * lacking
    if module.take == "sum":
        return sum(numbers, Fraction(0))
    if module.take == "mean":
        return sum(numbers, Fraction(0)) / len(numbers)
    return min(numbers) if low else max(numbers)
