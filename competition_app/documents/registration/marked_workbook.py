"""Marks cells of somebody's .xlsx and comments them: styles and comments change, every other part stays."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote

from competition_app.documents.registration.marked_comments import Sticker, add_comments
from competition_app.documents.registration.marked_styles import Styles
from competition_app.documents.registration.xml_splice import (
    Element,
    Splice,
    attribute,
    elements,
    spliced,
    with_attribute,
)

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_AFTER_LEGACY = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = {
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
}
Marks = Mapping[str, Mapping[str, str]]
"""By sheet, by cell (``E7``): what the comment says."""


def mark_workbook(source: BinaryIO, target: BinaryIO, marks: Marks, author: str) -> int:
    """Writes the workbook again with these cells marked; returns how many cells were.

    Raises ValueError or KeyError where the package is not as it should be.
    """
    with zipfile.ZipFile(source) as package:
        book = _Book(package)
        marked = 0
        for sheet, cells in marks.items():
            part = book.sheet_part(sheet)
            if part is not None and cells:
                book.mark(part, cells, author)
                marked += len(cells)
        book.save(target)
    return marked


@dataclass(slots=True)
class _Book:
    """A package with the parts that change, beside those that do not."""

    package: zipfile.ZipFile
    changed: dict[str, bytes] = field(default_factory=dict)
    styles: Styles | None = None

    def part(self, name: str) -> bytes:
        """A part as it stands now."""
        return self.changed[name] if name in self.changed else self.package.read(name)

    def has(self, name: str) -> bool:
        return name in self.changed or name in self.package.namelist()

    def sheet_part(self, sheet: str) -> str | None:
        """The part of the sheet of this name."""
        root = self._target("", "/officeDocument") or "xl/workbook.xml"
        for found in elements(self.part(root), ("sheet",)):
            if found.attributes.get("name") == sheet:
                relation = next(v for k, v in found.attributes.items() if k == "id" or k.endswith(":id"))
                return self.relations(root).get(relation, (None, ""))[0]
        return None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """A part's relations by id: the part they lead to and their type."""
        name = relations_part(part)
        if not self.has(name):
            return {}
        folder = posixpath.dirname(part)
        return {
            found.attributes["Id"]: (_resolved(folder, found.attributes["Target"]), found.attributes["Type"])
            for found in elements(self.part(name), ("Relationship",))
            if found.attributes.get("TargetMode") != "External"
        }

    def _target(self, part: str, ending: str) -> str | None:
        return next((to for to, kind in self.relations(part).values() if kind.endswith(ending)), None)

    def mark(self, part: str, cells: Mapping[str, str], author: str) -> None:
        """Marks and comments cells of one sheet."""
        root = self._target("", "/officeDocument") or "xl/workbook.xml"
        styles_part = self._target(root, "/styles") or "xl/styles.xml"
        styles = Styles(self.part(styles_part))
        data = self.part(part)
        data = spliced(data, _marked_cells(data, cells, styles))
        self.changed[styles_part] = styles.data
        self.changed[part] = data
        stickers = [Sticker(cell, *_place(cell), said) for cell, said in cells.items()]
        self._comment(part, stickers, author)

    def _comment(self, part: str, stickers: list[Sticker], author: str) -> None:
        known = self.relations(part)
        comments = next((to for to, kind in known.values() if kind.endswith("/comments")), None)
        drawing = self._legacy_drawing(part, known)
        comments_part = comments or self._new("xl/comments{}.xml")
        drawing_part = drawing or self._new("xl/drawings/vmlDrawing{}.vml")
        self.changed[comments_part], self.changed[drawing_part] = add_comments(
            self.part(comments_part) if comments else None,
            self.part(drawing_part) if drawing else None,
            stickers,
            author,
        )
        if comments is None:
            self._relate(part, comments_part, "comments")
            self._declare(Override=f"/{comments_part}")
        if drawing is None:
            relation = self._relate(part, drawing_part, "vmlDrawing")
            self.changed[part] = _with_legacy_drawing(self.part(part), relation)
            self._declare(Extension="vml")

    def _legacy_drawing(self, part: str, known: Mapping[str, tuple[str, str]]) -> str | None:
        for found in elements(self.part(part), ("legacyDrawing",)):
            if found.depth == 1:
                relation = next((v for k, v in found.attributes.items() if k.endswith(":id")), "")
                return known.get(relation, (None, ""))[0]
        return None

    def _new(self, pattern: str) -> str:
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def _relate(self, part: str, to: str, kind: str) -> str:
        """Adds a relation from a part to another; its id."""
        name = relations_part(part)
        data = self.part(name) if self.has(name) else _NO_RELATIONS
        (root,) = elements(data, ("Relationships",))
        taken = {found.attributes["Id"] for found in elements(data, ("Relationship",))}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        new = (
            f'<{root.prefix}Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" '
            f'Target="/{attribute(to)}"/>'
        ).encode()
        self.changed[name] = spliced(data, [_inside(root, data, new)])
        return f"rId{number}"

    def _declare(self, **about: str) -> None:
        """Says in the package's list of types what a new part is."""
        name = "[Content_Types].xml"
        data = self.part(name)
        (root,) = elements(data, ("Types",))
        declared = elements(data, ("Default", "Override"))
        if "Extension" in about:
            extension = about["Extension"]
            if any(found.attributes.get("Extension", "").lower() == extension for found in declared):
                return
            new = f'<{root.prefix}Default Extension="{extension}" ContentType="{TYPES[extension]}"/>'
            self.changed[name] = spliced(data, [Splice(root.end, 0, new.encode())])
            return
        part = attribute(about["Override"])
        new = f'<{root.prefix}Override PartName="{part}" ContentType="{TYPES["comments"]}"/>'
        self.changed[name] = spliced(data, [_inside(root, data, new.encode())])

    def save(self, target: BinaryIO) -> None:
        """Writes the package: its parts in their order, the new ones after them."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for info in self.package.infolist():
                data = self.changed.pop(info.filename, None)
                made.writestr(info, self.package.read(info) if data is None else data)
            for name, data in self.changed.items():
                made.writestr(name, data)


def relations_part(part: str) -> str:
    """The part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _place(cell: str) -> tuple[int, int]:
    """Row and column of a cell, from 0."""
    found = _CELL.fullmatch(cell)
    if not found:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _inside(parent: Element, data: bytes, new: bytes) -> Splice:
    """The change that puts something at the end of an element, also of a self-closing one."""
    if not parent.self_closing:
        return Splice(parent.close, 0, new)
    tag = data[parent.start : parent.end]
    opened = tag[:-2].rstrip() + b">"
    closing = f"</{parent.prefix}{parent.name}>".encode()
    return Splice(parent.start, len(tag), opened + new + closing)


def _marked_cells(data: bytes, cells: Mapping[str, str], styles: Styles) -> list[Splice]:
    """The changes to a sheet that give these cells the style of a marked cell, making cells not there."""
    wanted: dict[int, list[tuple[int, str]]] = {}
    for cell in cells:
        row, column = _place(cell)
        wanted.setdefault(row, []).append((column, cell))
    found = elements(data, ("sheetData", "row", "c"))
    sheet_data = next(element for element in found if element.name == "sheetData")
    splices: list[Splice] = []
    rows = _rows(found)
    for row, columns in sorted(wanted.items()):
        if row in rows:
            splices += _in_row(data, *rows[row], sorted(columns), styles)
            continue
        new = "".join(_new_cell(sheet_data.prefix, cell, styles, 0) for _, cell in sorted(columns))
        line = f'<{sheet_data.prefix}row r="{row + 1}">{new}</{sheet_data.prefix}row>'.encode()
        before = next((element for number, (element, _) in sorted(rows.items()) if number > row), None)
        splices.append(Splice(before.start, 0, line) if before else _inside(sheet_data, data, line))
    return splices


def _rows(found: list[Element]) -> dict[int, tuple[Element, dict[int, Element]]]:
    """Rows by number and their cells by column; both may leave out where they stand."""
    rows: dict[int, tuple[Element, dict[int, Element]]] = {}
    row, column, cells = -1, -1, {}  # type: int, int, dict[int, Element]
    for element in found:
        if element.name == "row" and element.depth == 2:
            row = int(element.attributes.get("r", row + 2)) - 1
            column, cells = -1, {}
            rows[row] = (element, cells)
        elif element.name == "c" and element.depth == 3:
            place = element.attributes.get("r")
            column = _place(place)[1] if place else column + 1
            cells[column] = element
    return rows


def _in_row(
    data: bytes, row: Element, there: Mapping[int, Element], columns: list[tuple[int, str]], styles: Styles
) -> list[Splice]:
    splices: list[Splice] = []
    appended = ""
    for column, cell in columns:
        element = there.get(column)
        if element:
            tag = data[element.start : element.end]
            style = styles.marked(int(element.attributes.get("s", "0")))
            splices.append(Splice(element.start, len(tag), with_attribute(tag, "s", str(style))))
            continue
        new = _new_cell(row.prefix, cell, styles, int(row.attributes.get("s", "0")))
        after = next((found for place, found in sorted(there.items()) if place > column), None)
        if after:
            splices.append(Splice(after.start, 0, new.encode()))
        else:
            appended += new
    if appended:
        splices.append(_inside(row, data, appended.encode()))
    return splices


def _new_cell(prefix: str, cell: str, styles: Styles, style: int) -> str:
    return f'<{prefix}c r="{cell}" s="{styles.marked(style)}"/>'


def _with_legacy_drawing(data: bytes, relation: str) -> bytes:
    """A sheet that shows its comments: the element stands before those that must follow it."""
    found = elements(data, ("worksheet", *_AFTER_LEGACY))
    root = found[0]
    new = f'<{root.prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{relation}"/>'.encode()
    after = next((element for element in found if element.depth == 1 and element.name in _AFTER_LEGACY), None)
    return spliced(data, [Splice(after.start, 0, new) if after else _inside(root, data, new)])
