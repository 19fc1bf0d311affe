"""A module whose scores come whole (theory and the like) as a grid of one column, an entry a row."""

from collections.abc import Hashable, Sequence
from decimal import Decimal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.marking.marking_books import Change
from competition_app.desktop.marking.marking_model import Place
from competition_app.desktop.marking.marking_typing import Typed, read
from competition_app.desktop.marking.marking_values import Column, Face, Look, Row, Rows
from competition_app.desktop.marking.marking_words import direct_column
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import tr
from competition_app.services.competitions.plans import ModuleRow
from competition_app.services.judging import direct_scores, rulings
from competition_app.services.judging.direct_scores import ScoreGiven, ScoreRow

SCORE = "score"
"""The code of the one column."""
ENTERED = pills.State("done", "circle-check", Said("Entered"))
ABSENT = "absent"

_Held = Decimal | Outcome | str | None


class ScoreBook:
    """The scores of a direct module. ``Q`` records that the entry was absent from the module."""

    def __init__(self, context: Context, module: ModuleRow, attempt: int) -> None:
        self._context = context
        self.module, self.attempt = module, attempt
        self.columns: tuple[Column, ...] = (direct_column(module.rule, SCORE),)
        self.rows: Rows = Rows.of(())
        self._scores: dict[int, ScoreRow] = {}
        self._steps: list[_Held] = []

    @property
    def key(self) -> Hashable:
        """What tells this book's scores from others'."""
        return self.module.event_id, self.module.stage, self.module.module, self.attempt

    @property
    def _here(self) -> tuple[int, str, str]:
        return self.module.event_id, self.module.stage, self.module.module

    def ask(self) -> None:
        """Read the scores anew."""
        found = self._context.workspace.ask(direct_scores.score_sheet, *self._here)
        self._scores = {row.entry_id: row for row in found}
        texts = [text for row in found if (text := self._text(row)) and text != Outcome.DNF.value]
        digits = max((len(text.partition(".")[2]) for text in texts), default=0)
        self.rows = Rows(
            [row.entry_id for row in found],
            [(row, digits) for row in found],
            lambda at: self._row(found[at], digits),
        )

    def _text(self, row: ScoreRow) -> str | None:
        return row.scores[self.attempt - 1].text

    def _row(self, row: ScoreRow, digits: int) -> Row:
        text, code = self._text(row), f"{row.number} {row.name}".strip()
        if text == Outcome.DNF.value:
            return Row(row.entry_id, code, (Face(Look.FAILED),), None, ENTERED, begun=True)
        if text is not None:
            shown = f"{Decimal(text):.{digits}f}"
            return Row(row.entry_id, code, (Face(Look.FIGURE, shown),), shown, ENTERED, begun=True)
        if row.absent:
            return Row(
                row.entry_id, code, (Face(Look.ABSENT, tr("Absent@module")),), None, pills.ABSENT, begun=True
            )
        return Row(row.entry_id, code, (Face(Look.NOT_BEGUN),), None, pills.NOT_ENTERED)

    def read(self, _code: str, text: str) -> Typed | None:
        """What was typed, as a score from 0 to the module's full marks; refused where it is none."""
        typed = read(text)
        if isinstance(typed, Decimal) and not self.takes(SCORE, typed):
            full = self.module.rule.full
            if full is None:
                raise Refusal("A score is at least 0.")
            raise Refusal("A score lies between 0 and {full}.", full=plain(full))
        return typed

    def takes(self, _code: str, value: Decimal) -> bool:
        """Whether this figure can be a score of the module."""
        full = self.module.rule.full
        return value >= 0 and (full is None or value <= full)

    def points(self, _code: str, typed: Typed | None) -> tuple[str, str]:
        """The score as typed, which is its points."""
        return ("", "—") if not isinstance(typed, Decimal) else ("", plain(typed))

    def rule(self, _code: str) -> list[Said]:
        """How scores are entered, in words."""
        full = self.module.rule.full
        said = [Said("One score for each entry.")]
        if full is not None:
            said = [Said("One score for each entry, from 0 to {full}.", {"full": plain(full)})]
        return [*said, Said("Q records that the entry was absent.")]

    def needs_reason(self, place: Place) -> bool:
        """Whether a score stands there already, so that changing it needs a reason."""
        row = self._scores.get(place[0])
        return row is not None and self._text(row) is not None

    def enter(self, marks: Sequence[tuple[Place, Typed]], reason: str | None) -> list[Change]:
        """Enter scores in one operation; an absence is recorded as such."""
        for place, typed in marks:
            if typed is Outcome.ABSENT:
                return self.absent(place, reason)
        scores = [(place, Decimal(typed) if isinstance(typed, bool) else typed) for place, typed in marks]
        changes = [self._change(place, score) for place, score in scores]
        self._write(scores, reason)
        return changes

    def absent(self, place: Place, reason: str | None) -> list[Change]:
        """The entry was absent from the module."""
        change = self._change(place, ABSENT)
        self._put(place, ABSENT, reason)
        return [change]

    def clear(self, place: Place, reason: str | None) -> list[Change]:
        """Take a score, or an absence, back."""
        change = self._change(place, None)
        self._put(place, None, reason)
        return [change]

    def take_back(self, changes: Sequence[Change]) -> list[Change]:
        """Each score as it was before these changes, in a new version; what takes that back again."""
        self.ask()
        for change in changes:
            if self._held(change.place) != self._steps[change.after]:
                raise Refusal(
                    "{number}: the score was changed again meanwhile, so it is not undone. Look at it.",
                    number=self._scores[change.place[0]].number,
                )
        for change in reversed(changes):
            self._put(change.place, self._steps[change.before], tr("Typed wrongly, taken back at once"))
        return [Change(change.place, change.after, change.before) for change in changes]

    def _change(self, place: Place, after: _Held) -> Change:
        self._steps += [self._held(place), after]
        return Change(place, len(self._steps) - 2, len(self._steps) - 1)

    def _held(self, place: Place) -> _Held:
        """What stands there now."""
        row = self._scores[place[0]]
        text = self._text(row)
        if text is None:
            return ABSENT if row.absent else None
        return Outcome.DNF if text == Outcome.DNF.value else Decimal(text)

    def _put(self, place: Place, held: _Held, reason: str | None) -> None:
        do, actor = self._context.workspace.do, self._context.actor
        entry, stage, module = place[0], self.module.stage, self.module.module
        if self._scores[entry].absent and held != ABSENT:
            do(actor, rulings.withdraw_absence, entry, stage, module)
        if held == ABSENT:
            if self._held(place) is not None:
                self._write([(place, None)], reason)
            do(actor, rulings.record_absence, entry, stage, module, reason=reason)
        elif not isinstance(held, str):
            self._write([(place, held)], reason)

    def _write(self, scores: Sequence[tuple[Place, Decimal | Outcome | None]], reason: str | None) -> None:
        given = [ScoreGiven(place[0], value, self.attempt) for place, value in scores]
        self._context.workspace.do(
            self._context.actor, direct_scores.enter_scores, *self._here, given, reason=reason
        )
        self.ask()
