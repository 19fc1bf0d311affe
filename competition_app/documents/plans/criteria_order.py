"""Which column holds what where a table of criteria has no heads: told by what stands in the columns."""

import re
from collections.abc import Sequence

from competition_app.documents.plans.criteria_cells import figure
from competition_app.documents.plans.criteria_heads import kind_of
from competition_app.domain.registration.writing import Cell, trimmed

_LOOKED_AT = 200
_CODE = re.compile(r"[A-Za-z]{0,3}[0-9]{0,3}(?:[.\-][0-9]{1,3}){0,3}")


def guessed(rows: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """The columns of rows without heads; no ``name`` where no column holds texts.

    Texts before the figures are heading and name (the last one is the name), one after them is the standard;
    three figures are least, most and step, two are most and step, or least and most where the first is less.
    """
    looked = [row for row in rows[:_LOOKED_AT] if any(trimmed(cell) for cell in row)]
    width = max((len(row) for row in looked), default=0)
    columns = [
        [row[place] for row in looked if place < len(row) and trimmed(row[place])] for place in range(width)
    ]
    kinds = [_kind(cells) for cells in columns]
    found: dict[str, int] = {}
    if "kind" in kinds:
        found["kind"] = kinds.index("kind")
    figures = [place for place, kind in enumerate(kinds) if kind == "figure"]
    texts = [place for place, kind in enumerate(kinds) if kind == "text"]
    if texts and figures and figures[0] < texts[0]:
        figures = figures[1:]  # the rows' own numbers
    before = [place for place in texts if not figures or place < figures[0]]
    after = [place for place in texts if place not in before]
    codes = [place for place, kind in enumerate(kinds) if kind == "code"]
    if before:
        found |= dict(zip(("name", "heading"), reversed(before[-2:]), strict=False))
    if after:
        found["standard"] = after[0]
    if codes and before and codes[0] < before[0]:
        found["code"] = codes[0]
    return found | _figures(figures, columns)


def _kind(cells: Sequence[Cell]) -> str:
    """What a column holds: nothing, figures, words for the way of marking, codes, or texts."""
    if not cells:
        return ""
    figures = sum(figure(cell) is not None for cell in cells)
    if figures * 2 > len(cells):
        return "figure"
    texts = [trimmed(cell) for cell in cells]
    if all(kind_of(text) for text in texts):
        return "kind"
    return "code" if all(_CODE.fullmatch(text) for text in texts) else "text"


def _figures(places: Sequence[int], columns: Sequence[Sequence[Cell]]) -> dict[str, int]:
    if len(places) >= 3:
        return dict(zip(("min", "max", "step"), places, strict=False))
    if len(places) == 2:
        first, second = (
            max((float(figure(cell) or 0) for cell in columns[place]), default=0) for place in places
        )
        return dict(zip(("min", "max") if first < second else ("max", "step"), places, strict=True))
    return {"max": places[0]} if places else {}
