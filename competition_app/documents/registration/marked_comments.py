"""Comments of a sheet and the small drawings in which they are shown, added to those already there."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from competition_app.documents.registration.xml_splice import Splice, elements, spliced, text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}">'
    "<authors></authors><commentList></commentList></comments>"
).encode()
_EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SPACES = (
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
)
_FIRST_SHAPE = 1025
_WIDE = 18
"""Characters of Chinese in a line of a comment's box."""


class Sticker(NamedTuple):
    """A comment to put on a cell; row and column from 0."""

    cell: str
    row: int
    column: int
    said: str


def add_comments(
    comments: bytes | None, drawing: bytes | None, stickers: Sequence[Sticker], author: str
) -> tuple[bytes, bytes]:
    """Both parts with these comments added; on a cell that has a comment the text is added to it."""
    held = _EMPTY_COMMENTS if comments is None else comments
    there = {element.attributes.get("ref", ""): element for element in elements(held, ("comment",))}
    longer = [sticker for sticker in stickers if sticker.cell in there]
    new = [sticker for sticker in stickers if sticker.cell not in there]
    held = _with_new(_with_longer(held, longer), new, author)
    return held, _with_shapes(_EMPTY_DRAWING if drawing is None else drawing, new)


def _with_longer(comments: bytes, stickers: Sequence[Sticker]) -> bytes:
    splices = []
    found = elements(comments, ("comment", "text"))
    for sticker in stickers:
        comment = next(e for e in found if e.name == "comment" and e.attributes.get("ref") == sticker.cell)
        body = next(e for e in found if e.name == "text" and comment.start < e.start < comment.after)
        p = body.prefix
        run = f'<{p}r><{p}t xml:space="preserve">\n{text(sticker.said)}</{p}t></{p}r>'
        splices.append(Splice(body.close, 0, run.encode()))
    return spliced(comments, splices)


def _with_new(comments: bytes, stickers: Sequence[Sticker], author: str) -> bytes:
    if not stickers:
        return comments
    found = elements(comments, ("authors", "author", "commentList"))
    authors = next(element for element in found if element.name == "authors")
    listed = next(element for element in found if element.name == "commentList")
    number = sum(element.name == "author" for element in found)
    p = listed.prefix
    new = "".join(
        f'<{p}comment ref="{sticker.cell}" authorId="{number}"><{p}text><{p}r>'
        f'<{p}t xml:space="preserve">{text(sticker.said)}</{p}t></{p}r></{p}text></{p}comment>'
        for sticker in stickers
    )
    name = f"<{p}author>{text(author)}</{p}author>"
    splices = []
    for element, inner in ((authors, name), (listed, new)):
        if element.self_closing:
            whole = f"<{p}{element.name}>{inner}</{p}{element.name}>".encode()
            splices.append(Splice(element.start, element.end - element.start, whole))
        else:
            splices.append(Splice(element.close, 0, inner.encode()))
    return spliced(comments, splices)


def _with_shapes(drawing: bytes, stickers: Sequence[Sticker]) -> bytes:
    """A box for each new comment. Old programs' drawings may be unsound XML: only the end is sought."""
    taken = [int(number) for number in re.findall(rb"_x0000_s(\d+)", drawing)]
    first = max([_FIRST_SHAPE - 1, *taken]) + 1
    spaces = "".join(f' xmlns:{name}="{space}"' for name, space in _SPACES)
    shapes = "".join(_shape(first + number, sticker, spaces) for number, sticker in enumerate(stickers))
    end = drawing.rindex(b"</xml>")
    return drawing[:end] + shapes.encode() + drawing[end:]


def _shape(number: int, sticker: Sticker, spaces: str) -> str:
    lines = sum(1 + len(line) // _WIDE for line in sticker.said.split("\n"))
    top = max(sticker.row - 1, 0)
    left = sticker.column + 1
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" '
        'fillcolor="#ffffe1" o:insetmode="auto" '
        'style="position:absolute;margin-left:60pt;margin-top:2pt;width:190pt;'
        f'height:{16 * lines + 12}pt;z-index:{number};visibility:hidden">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 12, {top}, 4, {left + 3}, 20, {top + lines + 1}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{sticker.row}</x:Row><x:Column>{sticker.column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
