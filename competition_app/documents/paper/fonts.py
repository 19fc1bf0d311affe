"""The fonts of every printed paper: loaded once, chosen per character, embedded so that text copies."""

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from competition_app import paths
from competition_app.domain.errors import Problem, Said

ROLES = ("K", "S4", "S7", "H4", "H7")
"""Kai, Song regular and bold, Hei regular and bold; layouts name a font by these or by ``KB`` (bold Kai)."""

_CHAIN = {
    "K": ("K", "S4", "H4"),
    "KB": ("K", "S7", "S4", "H4"),
    "S4": ("S4", "K", "H4"),
    "S7": ("S7", "S4", "K", "H4"),
    "H4": ("H4", "S4", "K"),
    "H7": ("H7", "H4", "S4", "K"),
}
_CMAP_BLOCK = 100  # entries a bfchar block may hold
_SHOWN_NOWHERE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class _Glyphs:
    """A font's outlines, cut out as they are asked for: copying all of them costs milliseconds a file."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class _Face(ttfonts.TTFontFace):
    """A typeface that does not copy its outlines for every file."""

    _ttf_data: bytes

    def get_table(self, tag: str) -> Any:
        """The table's bytes; of the outlines only what is cut out."""
        if tag != "glyf":
            return super().get_table(tag)  # type: ignore[no-untyped-call] # the stub has no types
        return _Glyphs(self._ttf_data, self.get_table_pos(tag)[0])


class PaperFont(ttfonts.TTFont):
    """A TrueType font whose characters above U+FFFF come back on copy and search."""

    def __init__(self, name: str, file: Path) -> None:
        super().__init__(name, str(file), asciiReadable=False)  # only what is used is embedded
        self.face.__class__ = _Face

    def advance(self, point: int) -> float:
        """The width of a character in thousandths of the size."""
        return float(self.face.charWidths.get(point, self.face.defaultWidth))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Embed the subsets used in a document, with a character map that writes surrogate pairs."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            tag = ttfonts.SUBSETN(number).decode("ascii")
            name = f"{tag}+{self.face.name.decode('pdfdoc')}{self.face.subfontNameX.decode('pdfdoc')}"
            stream = doc.idToObject["toUnicodeCMap:" + name]
            stream.content = to_unicode_map(name, subset)


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of a font subset: code → character, above U+FFFF as UTF-16 surrogate pairs."""
    rows = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset)
    ]
    blocks = [rows[i : i + _CMAP_BLOCK] for i in range(0, len(rows), _CMAP_BLOCK)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join([
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo",
        f"<< /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def", "/CMapType 2 def",
        "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange", *body,
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ])  # fmt: skip


@cache
def font_file(role: str) -> Path:
    """The file of a font by its role (resources/fonts/fonts.toml)."""
    folder = paths.resources() / "fonts"
    listed = tomllib.loads((folder / "fonts.toml").read_text(encoding="utf-8"))["font"]
    return folder / {font["role"]: str(font["file"]) for font in listed}[role]


@cache
def font(role: str) -> PaperFont:
    """The font of a role, loaded and registered with the PDF library once per process."""
    loaded = PaperFont(f"Paper-{role}", font_file(role))
    pdfmetrics.registerFont(loaded)
    return loaded


@lru_cache(maxsize=20_000)
def face_of(role: str, character: str) -> str | None:
    """The first font of the role's chain that has the character (K → S4, KB → S7, H → S4), or None."""
    point = 0x20 if character == "\u00a0" else ord(character)
    return next((face for face in _CHAIN[role] if point in font(face).face.charToGlyph), None)


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """The text without what no paper can show: control, format and surrogate characters, selectors."""
    if text.isascii() and text.isprintable():
        return text
    kept = (" " if c in "\t\n\r" else c for c in text if c in "\t\n\r" or not _shows_nothing(c))
    return "".join(kept)


def _shows_nothing(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or unicodedata.category(character) in _SHOWN_NOWHERE


@lru_cache(maxsize=10_000)
def runs(role: str, text: str) -> tuple[tuple[str, str], ...]:
    """The text as runs of (font, characters); one without a glyph falls to the last font of the chain."""
    chosen = [(face_of(role, c) or _CHAIN[role][-1], c) for c in text]
    return tuple(
        (face, "".join(c for _, c in run)) for face, run in groupby(chosen, key=lambda pair: pair[0])
    )


@lru_cache(maxsize=20_000)
def width(role: str, text: str) -> float:
    """The width of a text set in this role at 1 pt, in pt."""
    return (
        sum(
            font(face).advance(0x20 if c == "\u00a0" else ord(c))
            for face, part in runs(role, text)
            for c in part
        )
        / 1000
    )


@lru_cache(maxsize=10_000)
def missing(role: str, text: str) -> tuple[str, ...]:
    """The characters of a text that no font has or no paper can show, each once, in order."""
    return tuple(dict.fromkeys(c for c in text if not _prints(role, c)))


def _prints(role: str, character: str) -> bool:
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    return _shows_nothing(character) or face_of(role, character) is not None


def missing_problems(role: str, whose: str, texts: Iterable[str]) -> list[Problem]:
    """A problem, named by whose paper it is, for each character of the texts that cannot be printed."""
    found = dict.fromkeys(character for text in texts for character in missing(role, text))
    return [
        Problem(
            "missing_glyph",
            Said(
                "No font has the character “{character}” (U+{code}) in “{name}”. Write another form of it.",
                {"name": shown(whose), "character": shown(one) or "□", "code": f"{ord(one):04X}"},
            ),
            {"character": one},
        )
        for one in found
    ]
