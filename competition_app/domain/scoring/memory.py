"""What one ranking leaves to the next, so that one changed mark costs one entry's work."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from competition_app.domain.errors import Said
from competition_app.domain.ranking.result import Standing
from competition_app.domain.ranking.ties import TieStep
from competition_app.domain.scoring.facts import EntryFacts, EventFacts, Work
from competition_app.domain.scoring.members import MembersOf
from competition_app.domain.scoring.modules import ModuleOutcome, ModuleRules, Owed
from competition_app.domain.scoring.totals import StageEntry


@dataclass(frozen=True, slots=True)
class TieMemory:
    """Entries of one total: the groups that stayed equal, the keys tried by entry, what was said of each."""

    groups: list[list[StageEntry]]
    steps: dict[str, list[TieStep]]
    said: dict[str, Said | None]


class Memory:
    """Keeps parts of a ranking while nothing but marks changes; any other change of the facts empties it.

    What is kept is used again only for the very same parts: marks equal for an outcome, outcomes the same
    objects for an entry's total, totals the same objects for ties and standings.
    """

    def __init__(self) -> None:
        self._facts: EventFacts | None = None
        self._members: MembersOf | None = None
        self._outcomes: dict[tuple[str, str, str], tuple[Work | None, Owed, ModuleOutcome]] = {}
        self._entries: dict[
            tuple[str, str], tuple[tuple[ModuleOutcome, ...], StageEntry | None, StageEntry]
        ] = {}
        self._ties: dict[tuple[StageEntry | None, ...], TieMemory] = {}
        self._used_ties: dict[tuple[StageEntry | None, ...], TieMemory] = {}
        self._standings: dict[
            tuple[str, str], tuple[StageEntry, Said | None, tuple[object, ...], Standing]
        ] = {}

    def begin(self, facts: EventFacts, members: MembersOf) -> None:
        """Make ready for ranking these facts."""
        if not (self._facts and self._members == members and _same_but_marks(self._facts, facts)):
            self._outcomes.clear()
            self._entries.clear()
            self._ties.clear()
            self._standings.clear()
        self._facts, self._members = facts, members
        self._used_ties = {}

    def end(self) -> None:
        """Forget ties that are no more."""
        self._ties = self._used_ties

    def outcome(self, rules: ModuleRules, entry: EntryFacts) -> ModuleOutcome:
        """The entry's outcome in a module, worked out anew only if its marks or its judges changed."""
        if rules.depends_on_others:
            return rules.outcome(entry)
        place = rules.stage.code, rules.module.code, entry.number
        work, owed = rules.facts.works.get(place), rules.owed(entry)
        known = self._outcomes.get(place)
        if known is not None and known[1] == owed and _same_marks(known[0], work):
            return known[2]
        outcome = rules.outcome(entry)
        self._outcomes[place] = work, owed, outcome
        return outcome

    def entry(
        self,
        stage: str,
        number: str,
        outcomes: tuple[ModuleOutcome, ...],
        before: StageEntry | None,
    ) -> StageEntry | None:
        """The entry's whole stage, if it came from the same outcomes and the same carried total."""
        known = self._entries.get((stage, number))
        if known is None or known[1] is not before:
            return None
        same = all(one is other for one, other in zip(known[0], outcomes, strict=True))
        return known[2] if same else None

    def keep_entry(
        self, stage: str, outcomes: tuple[ModuleOutcome, ...], before: StageEntry | None, row: StageEntry
    ) -> None:
        """Keep an entry's stage."""
        self._entries[stage, row.number] = outcomes, before, row

    def tie(self, key: tuple[StageEntry | None, ...], part: Callable[[], TieMemory]) -> TieMemory:
        """How entries of one total were parted; ``key`` is everything the tie keys looked at."""
        known = self._ties.get(key) or part()
        self._used_ties[key] = known
        return known

    def standing(
        self,
        stage: str,
        row: StageEntry,
        tie: Said | None,
        more: tuple[object, ...],
        make: Callable[[], Standing],
    ) -> Standing:
        """The entry's standing, made anew only if anything it shows changed."""
        known = self._standings.get((stage, row.number))
        if known is not None and known[0] is row and known[1] is tie and known[2] == more:
            return known[3]
        standing = make()
        self._standings[stage, row.number] = row, tie, more, standing
        return standing


def _same_but_marks(one: EventFacts, other: EventFacts) -> bool:
    names = (each.name for each in fields(EventFacts) if each.name != "works")
    return all(
        getattr(one, name) is getattr(other, name) or getattr(one, name) == getattr(other, name)
        for name in names
    )


def _same_marks(one: Work | None, other: Work | None) -> bool:
    if one is other:
        return True
    if one is None or other is None:
        return False
    return one.values == other.values and (one.keys is other.keys or one.keys == other.keys)
