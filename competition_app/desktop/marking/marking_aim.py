"""Where a button elsewhere leads among the sheets and scores of the marking page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from competition_app.desktop.marking.floor.floor_aim import FloorAim
from competition_app.desktop.marking.marking_model import MarkingModel
from competition_app.desktop.marking.marking_sheets import SECOND
from competition_app.desktop.marking.marking_values import Look

if TYPE_CHECKING:
    from competition_app.desktop.marking.marking_page import MarkingPage


@dataclass(frozen=True, slots=True)
class SheetAim:
    """A module's sheets or scores: those of a judge by code, the row of an entry by number; empty: any.

    ``second``: to be typed a second time.
    """

    event_id: int
    stage: str
    module: str
    judge: str = ""
    number: str = ""
    second: bool = False


Aim = FloorAim | SheetAim


def lead(aim: SheetAim, page: "MarkingPage") -> None:
    """To the first cell without a mark in the row aimed at, or in any row where none has that number."""
    if (judge := page.judges.seat(aim.judge)) is not None:
        page.choose_judge(judge)
    if aim.second:
        page.views.choose(SECOND)
    sheets = page.grid.marks
    at = sheets.at_code(aim.number)
    rows = range(len(sheets.rows)) if at is None else range(at, at + 1)
    if len(rows) and sheets.columns and page.grid.isVisible():
        row, column = next(_gaps(sheets, rows), (rows[0], 0))
        page.grid.go((sheets.rows[row].key, sheets.columns[column].code))


def _gaps(sheets: MarkingModel, rows: range) -> Iterator[tuple[int, int]]:
    for row in rows:
        for column in range(len(sheets.columns)):
            if sheets.face(row, column).look in (Look.NOT_BEGUN, Look.GAP):
                yield row, column
