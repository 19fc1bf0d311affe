"""Where a scanned number leads: a printed sheet's code to its judge and work, a work's number to its row."""

from collections.abc import Callable
from functools import partial

from competition_app.desktop.marking.marking_grid import MarkingGrid
from competition_app.desktop.marking.marking_model import MarkingModel
from competition_app.desktop.marking.marking_typing import narrow
from competition_app.desktop.marking.marking_values import Look
from competition_app.i18n import tr
from competition_app.services.judging import score_sheets
from competition_app.services.judging.score_sheets import Scanned


class Scanning:
    """Finds the way of what was scanned into the grid.

    ``turn_to`` shows the sheets a code is about and tells whether they are there; ``note`` says what is not.
    """

    def __init__(
        self, grid: MarkingGrid, turn_to: Callable[[Scanned], bool], note: Callable[[str], None]
    ) -> None:
        self._grid, self._turn_to, self._note = grid, turn_to, note

    @property
    def _model(self) -> MarkingModel:
        return self._grid.marks

    def lead(self, text: str, fast: bool) -> Callable[[], None] | None:
        """The way to what this text names; None where it is a mark.

        Figures alone may be a mark as well as a number: only as fast as a scanner they are a number.
        """
        scanned = score_sheets.read_code(text)
        if scanned is not None:
            return partial(self._to_sheet, scanned)
        code = narrow(text).strip()
        figure = code.replace(".", "", 1).isdigit()
        at = self._model.at_code(code) if fast or not figure else None
        return None if at is None else partial(self._to_row, at)

    def _to_sheet(self, scanned: Scanned) -> None:
        there = self._turn_to(scanned)
        at = self._model.at_code(scanned.work) if there else None
        if at is None:
            self._note(
                tr("The sheet of {work} by {judge} is not among these.", work=scanned.work or "—",
                   judge=scanned.judge or "—")
            )  # fmt: skip
            return
        self._to_row(at)

    def _to_row(self, at: int) -> None:
        """The first cell of a sheet without a mark, else its first."""
        model = self._model
        empty = (n for n in range(len(model.columns)) if model.face(at, n).look in (Look.NOT_BEGUN, Look.GAP))
        self._grid.go((model.rows[at].key, model.columns[next(empty, 0)].code))
