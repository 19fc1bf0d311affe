"""A workbook's styles with, for each style of a marked cell, one more that only has another ground."""

import re

from competition_app.documents.registration.xml_splice import Splice, elements, spliced, with_attribute

GROUND = "FFFFC7CE"
"""The ground of a marked cell (ARGB)."""


class Styles:
    """The part with the styles; ``data`` is as it stands now."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._made: dict[int, int] = {}
        self._fill: int | None = None

    def marked(self, style: int) -> int:
        """The number of the style that is like this one with the ground of a marked cell."""
        if style not in self._made:
            self._made[style] = self._add(style)
        return self._made[style]

    def _add(self, style: int) -> int:
        if self._fill is None:
            self._fill = self._add_fill()
        found = elements(self.data, ("cellXfs", "xf"))
        cells = next(element for element in found if element.name == "cellXfs")
        formats = [
            element for element in found if element.name == "xf" and cells.start < element.start < cells.close
        ]
        like = formats[style] if style < len(formats) else formats[0]
        tag = self.data[like.start : like.end]
        tag = with_attribute(with_attribute(tag, "fillId", str(self._fill)), "applyFill", "1")
        new = tag + self.data[like.end : like.after]
        self._put(cells.start, cells.end, cells.close, len(formats), new)
        return len(formats)

    def _add_fill(self) -> int:
        found = elements(self.data, ("fills", "fill"))
        fills = next(element for element in found if element.name == "fills")
        number = sum(
            element.name == "fill" and fills.start < element.start < fills.close for element in found
        )
        p = fills.prefix
        new = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{GROUND}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        ).encode()
        self._put(fills.start, fills.end, fills.close, number, new)
        return number

    def _put(self, start: int, end: int, close: int, count: int, new: bytes) -> None:
        tag = self.data[start:end]
        if re.search(rb"\scount\s*=", tag):
            tag = with_attribute(tag, "count", str(count + 1))
        self.data = spliced(self.data, [Splice(start, end - start, tag), Splice(close, 0, new)])
