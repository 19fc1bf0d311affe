"""The merged cells of an OpenDocument spreadsheet, which the reading library does not tell."""

from xml.parsers import expat

_FARTHEST = 100_000


def merged_cells(content: bytes) -> dict[str, list[list[int]]]:
    """By sheet: first row, column, last row, column of each merged range, from 0; none for unsound XML."""
    if b"<!DOCTYPE" in content:
        return {}
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.begin
    parser.EndElementHandler = walk.finish
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return {}
    return walk.found


class _Walk:
    """Where in which sheet the parser is: rows and cells may stand for several."""

    def __init__(self) -> None:
        self.found: dict[str, list[list[int]]] = {}
        self._sheet: list[list[int]] = []
        self._row = self._column = self._rows = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Comes to an element."""
        if name == "table:table":
            self._sheet = self.found.setdefault(attributes.get("table:name", ""), [])
            self._row = 0
        elif name == "table:table-row":
            self._column = 0
            self._rows = _number(attributes, "table:number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            down = _number(attributes, "table:number-rows-spanned")
            right = _number(attributes, "table:number-columns-spanned")
            if (down > 1 or right > 1) and self._row < _FARTHEST:
                last = (self._row + down - 1, self._column + right - 1)
                self._sheet.append([self._row, self._column, *last])
            self._column += _number(attributes, "table:number-columns-repeated")

    def finish(self, name: str) -> None:
        """Leaves an element."""
        if name == "table:table-row":
            self._row += self._rows


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() else 1
