"""The orders of a column of names: by pinyin, by strokes of the surname, or as it is written."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import natural
from competition_app.services import name_order

if TYPE_CHECKING:
    from competition_app.desktop.tables.tables import Column

PINYIN, STROKES, NATURAL = "pinyin", "strokes", "natural"
ORDERS = {
    PINYIN: Said("By pinyin"),
    STROKES: Said("By strokes of the surname"),
    NATURAL: Said("As written, figures by value"),
}
"""The orders offered for names, the usual one first."""


def text_key(column: "Column[Any]", order: str) -> Callable[[str], Any]:
    """How the texts of a column are compared; a column that holds no names keeps to its figures."""
    if column.names is None or order == NATURAL:
        return natural
    if order == STROKES:
        return name_order.strokes
    return name_order.pinyin_of_person if column.names == "person" else name_order.pinyin_of_words


def row_key(column: "Column[Any]", order: str) -> Callable[[Any], Any]:
    """How the rows of a table are compared by a column."""
    if column.sort is not None:
        return column.sort
    compared = text_key(column, order)
    return lambda row: compared(column.text(row))
