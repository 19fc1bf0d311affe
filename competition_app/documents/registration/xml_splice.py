"""Changes a few places of an XML part and leaves every other byte of it as it was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


class Splice(NamedTuple):
    """Bytes to put in the place of ``length`` bytes at ``place``."""

    place: int
    length: int
    new: bytes


@dataclass(slots=True)
class Element:
    """An element and where it stands: ``start`` and ``end`` of its tag, ``close`` of it, ``after`` it.

    ``close`` is the start of its closing tag; a self-closing element has ``close == end``.
    """

    name: str
    prefix: str
    attributes: dict[str, str]
    depth: int
    start: int
    end: int
    close: int = 0
    after: int = 0
    children: list["Element"] = field(default_factory=list)

    @property
    def self_closing(self) -> bool:
        """Whether it is written ``<x/>``."""
        return self.close == self.end and self.after == self.end


def elements(data: bytes, names: Iterable[str]) -> list[Element]:
    """The elements of these local names, in the order in which they begin.

    Raises ValueError for a part that is no XML or declares a document type (which could expand without end).
    """
    if b"<!DOCTYPE" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ValueError("a part with a document type or in UTF-16")
    wanted, found, opened = frozenset(names), [], []  # type: frozenset[str], list[Element], list[Element | None]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, attributes: dict[str, str]) -> None:
        prefix, colon, local = name.rpartition(":")
        element = None
        if local in wanted:
            start = parser.CurrentByteIndex
            element = Element(local, prefix + colon, attributes, len(opened), start, tag_end(data, start))
            found.append(element)
        opened.append(element)

    def finish(_name: str) -> None:
        element = opened.pop()
        if element is not None:
            if data[element.end - 2 : element.end] == b"/>":
                element.close = element.after = element.end
            else:
                element.close = parser.CurrentByteIndex
                element.after = tag_end(data, element.close)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return found


def tag_end(data: bytes, start: int) -> int:
    """The place after the tag that begins at ``start``; a ``>`` inside quotes is no end."""
    place = start
    while True:
        end = data.index(b">", place)
        tag = data[start:end]
        if tag.count(b'"') % 2 == 0 and (b"'" not in tag or _quotes_closed(tag)):
            return end + 1
        place = end + 1


def _quotes_closed(tag: bytes) -> bool:
    quote = 0
    for byte in tag:
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in (34, 39):
            quote = byte
    return quote == 0


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The part with all changes made; changes at one place stand in the order given."""
    parts, place = [], 0
    for splice in sorted(splices, key=lambda splice: splice.place):
        parts += [data[place : splice.place], splice.new]
        place = splice.place + splice.length
    parts.append(data[place:])
    return b"".join(parts)


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with this attribute set, the rest as it was."""
    pattern = re.compile(rb"""(\s""" + name.encode() + rb"""\s*=\s*)("[^"]*"|'[^']*')""")
    new = b'"' + attribute(value).encode() + b'"'
    if pattern.search(tag):
        return pattern.sub(lambda found: found[1] + new, tag, count=1)
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + name.encode() + b"=" + new + tag[end:]


def text(value: str) -> str:
    """A text as XML; characters that XML cannot hold as spreadsheets write them (``_x0001_``)."""
    fit = _UNFIT.sub(lambda found: _written(found[0]), value)
    return fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _written(unfit: str) -> str:
    return f"_x{ord(unfit):04X}_" if len(unfit) == 1 else "_x005F" + unfit


def attribute(value: str) -> str:
    """A text as an attribute's value in double quotes."""
    return text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
