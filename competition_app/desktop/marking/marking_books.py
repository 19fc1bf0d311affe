"""What the marking page writes in: a judge's sheets of one module, read from and entered into the store."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.marking.marking_model import Place
from competition_app.desktop.marking.marking_sheets import (
    DIFFER,
    FIRST,
    SECOND,
    agreed,
    differing,
    points_text,
    rows_of,
    takes,
    to_type_again,
    typed_mark,
)
from competition_app.desktop.marking.marking_typing import Typed
from competition_app.desktop.marking.marking_values import Column, Rows
from competition_app.desktop.marking.marking_words import column_of, rule_of
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.plans.plan import Criterion
from competition_app.domain.scoring.facts import Outcome
from competition_app.i18n import tr
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import Entered, MarkPlace
from competition_app.services.judging.marking_grid import Grid
from competition_app.services.judging.sheet_rows import GridRow
from competition_app.services.looking_back import dropped
from competition_app.services.plans.plans import ModuleRow


@dataclass(frozen=True, slots=True)
class Change:
    """One cell as it was entered: the versions to go back to and forward to. 0: nothing stood there."""

    place: Place
    before: int
    after: int


class SheetBook:
    """The sheets of one judge in a module marked by sheets, in one of three views."""

    def __init__(self, context: Context, module: ModuleRow, judge_id: int, attempt: int, view: str) -> None:
        self._context = context
        self.module, self.judge_id, self.attempt, self.view = module, judge_id, attempt, view
        self.columns: tuple[Column, ...] = tuple(column_of(criterion) for criterion in module.rule.criteria)
        self.rows: Rows = Rows.of(())
        self._criteria: dict[str, Criterion] = {c.code: c for c in module.rule.criteria}
        self.grid: Grid | None = None
        self._place_of: dict[int, int] = {}

    @property
    def key(self) -> Hashable:
        """What tells this book's sheets from others'."""
        module = self.module
        return module.event_id, module.stage, module.module, self.judge_id, self.attempt, self.view == SECOND

    def ask(self) -> None:
        """Read the sheets anew."""
        self.grid = self._context.workspace.ask(
            marking_grid.grid, self.module.event_id, self.module.stage, self.module.module, self.judge_id,
            attempt=self.attempt,
        )  # fmt: skip
        fates: Mapping[str, str] = {}
        if self.grid.locked:
            here = (self.module.event_id, self.module.stage, self.module.module)
            fates = self._context.workspace.ask(
                dropped.dropped_sheets, *here, self.grid.judge.code, self.attempt
            )
        self.rows = rows_of(self.grid, self.view, fates)
        self._place_of = {work.id: at for at, work in enumerate(self.grid.rows.works)}

    @property
    def counts(self) -> tuple[int, int]:
        """How many sheets wait for the second typing, and in how many the two differ."""
        if self.grid is None:
            return 0, 0
        return to_type_again(self.grid), differing(self.grid)

    def confirm_agreed(self) -> bool:
        """In the second view, ask to confirm the sheets typed alike after a correction; whether it asked."""
        asking = self._context.asking
        rows = self.grid.rows if self.grid is not None and self.view == SECOND else ()
        found = [row for row in rows if agreed(row)]
        if not found:
            return False
        n = len(found)
        word = tr("Confirm {n} sheet|Confirm {n} sheets", n=n)
        lead = tr("Both typings are alike now. Confirm when it stands so on paper; then they count: {codes}.",
                  codes="、".join(row.code for row in found[:10]) + ("…" if n > 10 else ""))  # fmt: skip
        answers = [Answer(False, tr("Not yet")), Answer(True, word, "circle-check", "primary")]
        if asking.question(tr("Typed alike by two people?"), lead, answers) is not True:
            return True
        try:
            for row in found:
                self._context.workspace.do(
                    self._context.actor, judging.confirm_sheet, row.work_id, self.attempt, self.judge_id
                )
        except Refusal as refusal:
            asking.refused(refusal)
        return True

    def read(self, code: str, text: str) -> Typed | None:
        """What was typed, as a mark of this criterion; refused where it cannot stand."""
        return typed_mark(self._criteria[code], text)

    def takes(self, code: str, value: Decimal) -> bool:
        """Whether this figure could stand at the criterion (for the mend that is offered)."""
        return takes(self._criteria[code], value)

    def points(self, code: str, typed: Typed | None) -> tuple[str, str]:
        """The mark with its unit and the points it becomes."""
        return points_text(self._criteria[code], typed)

    def rule(self, code: str) -> list[Said]:
        """The criterion's rule in words."""
        return rule_of(self._criteria[code])

    def needs_reason(self, place: Place) -> bool:
        """Whether a change of this cell needs a reason: the sheet counts already (scoring.md §5)."""
        row = self._row(place)
        return row is not None and row.counted

    def enter(self, marks: Sequence[tuple[Place, Typed]], reason: str | None) -> list[Change]:
        """Enter marks, those of the first typing in one operation; what can be undone is given back."""
        do, actor = self._context.workspace.do, self._context.actor
        if self._second_typing(marks[0][0]):
            for place, typed in marks:
                do(actor, judging.enter_second, self._at(place), typed)
            return []
        given = [(self._at(place), typed) for place, typed in marks]
        entered = do(actor, judging.enter_marks, given, reason=reason)
        return [self._change(one) for one in entered if one.before != one.version]

    def absent(self, place: Place, reason: str | None) -> list[Change]:
        """The judge gave no mark: all that is empty on the sheet; where nothing is, this cell."""
        do, actor = self._context.workspace.do, self._context.actor
        row = self._row(place)
        if self._second_typing(place) or (row is not None and not row.missing):
            return self.enter([(place, Outcome.ABSENT)], reason)
        entered = do(actor, judging.enter_absent, place[0], self.attempt, self.judge_id, reason=reason)
        return [self._change(one) for one in entered]

    def clear(self, place: Place, reason: str | None) -> list[Change]:
        """Take a mark back, as if not entered yet."""
        if self._second_typing(place):
            raise Refusal("The second typing is corrected, not taken back: type the mark again.")
        entered = self._context.workspace.do(
            self._context.actor, judging.clear_mark, self._at(place), reason=reason
        )
        return [self._change(entered)]

    def take_back(self, changes: Sequence[Change]) -> list[Change]:
        """Each cell gets a new version with the value before these changes; what takes that back again."""
        back = [(self._at(change.place), change.before, change.after) for change in changes]
        entered = self._context.workspace.do(self._context.actor, judging.restore_marks, back)
        return [self._change(one) for one in entered]

    def _second_typing(self, place: Place) -> bool:
        """In the view of differences the second person corrects the second typing, all others the first."""
        if self.view == FIRST:
            return False
        if self.view == SECOND:
            return True
        row = self._row(place)
        return self.view == DIFFER and row is not None and row.entered_by != self._context.actor.name

    def _row(self, place: Place) -> GridRow | None:
        at = self._place_of.get(place[0])
        return self.grid.rows[at] if self.grid is not None and at is not None else None

    def _at(self, place: Place) -> MarkPlace:
        return MarkPlace(place[0], self.attempt, self.judge_id, place[1])

    def _change(self, entered: Entered) -> Change:
        return Change((entered.place.work_id, entered.place.criterion), entered.before, entered.version)
