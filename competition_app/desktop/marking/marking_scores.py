"""A module whose scores come whole (theory and the like) as a grid of one column, an entry a row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from decimal import Decimal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.marking.marking_books import Change
from competition_app.desktop.marking.marking_locked import WHY
from competition_app.desktop.marking.marking_model import Place
from competition_app.desktop.marking.marking_typing import Typed, read
from competition_app.desktop.marking.marking_values import GONE, Column, Face, Look, Row, Rows, why_gone
from competition_app.desktop.marking.marking_words import direct_column
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import tr
from competition_app.services.judging import direct_scores
from competition_app.services.judging.direct_scores import ScoreGiven, ScoreRow, ScoreState
from competition_app.services.plans.plans import ModuleRow

SCORE = "score"
"""The code of the one column."""
ENTERED = pills.State("done", "circle-check", Said("Entered"))


class ScoreBook:
    """The scores of a direct module. ``Q`` records that the entry was absent from the module."""

    def __init__(self, context: Context, module: ModuleRow, attempt: int) -> None:
        self._context = context
        self.module, self.attempt = module, attempt
        self.columns: tuple[Column, ...] = (direct_column(module.rule, SCORE),)
        self.rows: Rows = Rows.of(())
        self._scores: dict[int, ScoreRow] = {}
        self._steps: list[ScoreState] = []

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
            [row.number for row in found],
            [(row, digits, self.module.locked) for row in found],
            lambda at: self._closed(self._row(found[at], digits)),
        )

    def _text(self, row: ScoreRow) -> str | None:
        return row.scores[self.attempt - 1].text

    def _closed(self, row: Row) -> Row:
        """The same row; of a locked result nothing may be entered."""
        return replace(row, locked=WHY) if self.module.locked else row

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
        if row.gone:
            state, why = GONE[row.gone], why_gone(row.gone)
            return Row(row.entry_id, code, (Face(Look.ABSENT, state.word, why),), None, state, locked=why)
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
        """Whether a score or an absence stands there already, so that changing it needs a reason."""
        row = self._scores.get(place[0])
        return row is not None and (row.absent or self._text(row) is not None)

    def enter(self, marks: Sequence[tuple[Place, Typed]], reason: str | None) -> list[Change]:
        """Enter scores and absences in one operation; a score withdraws the absence that stood."""
        return self._put([(p, Decimal(t) if isinstance(t, bool) else t) for p, t in marks], reason)

    def absent(self, place: Place, reason: str | None) -> list[Change]:
        """The entry was absent from the module."""
        return self._put([(place, Outcome.ABSENT)], reason)

    def clear(self, place: Place, reason: str | None) -> list[Change]:
        """Take a score, or an absence, back."""
        return self._put([(place, None)], reason)

    def take_back(self, changes: Sequence[Change]) -> list[Change]:
        """Each entry as it was before these changes, in one operation; what takes that back again."""
        pairs = [(self._steps[change.before], self._steps[change.after]) for change in changes]
        why = tr("Typed wrongly, taken back at once")
        self._do(direct_scores.restore_scores, *self._here, pairs, reason=why)
        self.ask()
        return [Change(change.place, change.after, change.before) for change in changes]

    def _put(
        self, marks: Sequence[tuple[Place, Decimal | Outcome | None]], reason: str | None
    ) -> list[Change]:
        given = [ScoreGiven(place[0], value, self.attempt) for place, value in marks]
        before = {place: self._scores[place[0]].state for place, _value in marks}
        self._do(direct_scores.put_scores, *self._here, given, reason=reason)
        self.ask()
        return [
            self._change(place, was) for place, was in before.items() if was != self._scores[place[0]].state
        ]

    def _change(self, place: Place, before: ScoreState) -> Change:
        self._steps += [before, self._scores[place[0]].state]
        return Change(place, len(self._steps) - 2, len(self._steps) - 1)

    def _do(self, use_case: Callable[..., None], *given: object, **more: object) -> None:
        self._context.workspace.do(self._context.actor, use_case, *given, **more)
