"""Whose sheets are typed: the judges of the module shown, what each owes, and who comes next."""

from competition_app.desktop.frame.page import Context
from competition_app.desktop.marking.marking_sheets import judge_state
from competition_app.desktop.marking.marking_side import Owing
from competition_app.services.judging import marking_grid
from competition_app.services.judging.marking_grid import JudgeProgress
from competition_app.services.plans.plans import ModuleRow


class MarkingJudges:
    """``chosen`` is the judge whose sheets are shown, by key; None while there is none."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.all: tuple[JudgeProgress, ...] = ()
        self.chosen: int | None = None

    def ask(self, module: ModuleRow, attempt: int) -> None:
        """Ask who owes what; where the chosen judge is gone, the first who owes is chosen."""
        if module.kind == "direct":
            self.all = ()
            return
        found = self.all = self._context.workspace.ask(
            marking_grid.owing, module.event_id, module.stage, module.module, attempt=attempt
        )
        if self.chosen not in {one.judge_id for one in found}:
            owing = next((one.judge_id for one in found if one.done < one.owed), None)
            self.chosen = owing or (found[0].judge_id if found else None)

    def shown(self) -> JudgeProgress | None:
        """The judge whose sheets are shown."""
        return next((one for one in self.all if one.judge_id == self.chosen), None)

    def seat(self, code: str) -> int | None:
        """The judge on this seat."""
        return next((one.judge_id for one in self.all if one.code == code), None)

    def next_owing(self) -> int | None:
        """The next after the one shown who owes a sheet, after the last the first."""
        keys = [one.judge_id for one in self.all]
        at = keys.index(self.chosen) if self.chosen in keys else -1
        later = [*self.all[at + 1 :], *self.all[: max(at, 0)]]
        return next((one.judge_id for one in later if one.done < one.owed), None)

    def owing(self) -> tuple[Owing, ...]:
        """The judges as the list beside the grid shows them."""
        return tuple(
            Owing(one.judge_id, one.code, one.name or "", one.done, one.owed,
                  judge_state(one, here=one.judge_id == self.chosen))
            for one in self.all
        )  # fmt: skip
