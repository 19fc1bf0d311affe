"""双录入: who typed the marks of a sheet first and second, and on which two people have not agreed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from competition_app.services.judging.mark_values import Stored
from competition_app.services.workspace import Act
from competition_app.store.models import History, MarkVersion, Sheet


@dataclass(frozen=True, slots=True)
class Typist:
    """Who typed: a member of staff, or a name alone while the store had no staff."""

    staff_id: int | None
    name: str

    def is_same(self, other: "Typist") -> bool:
        """Whether both are one person, as far as the history tells: a name may have been corrected."""
        if self.staff_id is None or other.staff_id is None:
            return self.name == other.name
        return self.staff_id == other.staff_id


@dataclass(frozen=True, slots=True)
class Typed:
    """The newest version of a mark in one of the two typings: its value, who typed it and in which deed."""

    given: Stored
    by: Typist
    at: str
    use_case: str
    seq: int


class Typings:
    """Both typings of one judge's sheet as they stand, with those who typed them."""

    def __init__(self, act: Act, work_id: int, attempt: int, judge_id: int) -> None:
        self._act = act
        act.session.flush()
        self._place = (work_id, attempt, judge_id)
        self.first = self._read(1)
        self.second = self._read(2)

    def typed_by_actor(self, criterion_id: int) -> bool:
        """Whether the one who acts typed the mark first."""
        first = self.first.get(criterion_id)
        return first is not None and first.by.is_same(_actor(self._act))

    def last_by_actor(self) -> bool:
        """Whether the one who acts typed last in the first typing."""
        last = max(self.first.values(), key=lambda typed: typed.seq, default=None)
        return last is not None and last.by.is_same(_actor(self._act))

    def differing(self, sheet: Sheet, criterion_ids: Iterable[int]) -> list[int]:
        """The criteria to be agreed on in which the second typing lacks or differs from the first."""
        return [key for key in self._to_agree_on(sheet, criterion_ids) if not self._alike(key)]

    def by_one_person(self, sheet: Sheet, criterion_ids: Iterable[int]) -> list[int]:
        """The criteria to be agreed on that one person typed both times."""
        found = []
        for key in self._to_agree_on(sheet, criterion_ids):
            first, second = self.first.get(key), self.second.get(key)
            if first is not None and second is not None and first.by.is_same(second.by):
                found.append(key)
        return found

    def agreed(self, sheet: Sheet, criterion_ids: Iterable[int]) -> bool:
        """Whether two people typed alike all that must be agreed on."""
        keys = list(criterion_ids)
        return not self.differing(sheet, keys) and not self.by_one_person(sheet, keys)

    def _to_agree_on(self, sheet: Sheet, criterion_ids: Iterable[int]) -> list[int]:
        """All marks; of a sheet that has counted already those typed anew since."""
        counted = sheet.counted_at
        return [key for key in criterion_ids if counted is None or self._since(key, counted)]

    def _since(self, key: int, counted_at: str) -> bool:
        first = self.first.get(key)
        return first is None or (first.use_case.startswith("judging.") and first.at > counted_at)

    def _alike(self, key: int) -> bool:
        first, second = self.first.get(key), self.second.get(key)
        return first is not None and second is not None and first.given == second.given

    def _read(self, entry_pass: int) -> dict[int, Typed]:
        """The newest version of each mark; what this operation itself typed is not in the history yet."""
        v, act = MarkVersion, self._act
        here = (v.work_id, v.attempt, v.judge_id)
        query = (
            select(v, History)
            .outerjoin(History, History.seq == v.history_seq)
            .where(
                *(c == value for c, value in zip(here, self._place, strict=True)), v.entry_pass == entry_pass
            )
            .order_by(v.version)
        )
        found = {}
        for mark, done in act.session.execute(query):
            by = _actor(act) if done is None else Typist(done.staff_id, done.actor)
            at, use_case = (act.now, "judging.") if done is None else (done.at, done.use_case)
            given = (mark.units, mark.outcome)
            found[mark.criterion_id] = Typed(given, by, at, use_case, mark.history_seq)
        return found


def _actor(act: Act) -> Typist:
    return Typist(act.actor.staff_id, act.actor.name)
