"""What a page “why this place” says, part by part, before it is drawn or read out as lines of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tile:
    """One judge's figure, and in words what became of it; ``brief`` says it where there is less room."""

    judge: str
    figure: str
    fate: str
    brief: str
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Tiles:
    """The judges' figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of reckoning: what, how, what was rounded, what it comes to. ``last``: below a line."""

    label: str
    formula: str = ""
    remark: str = ""
    result: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence; a ``quiet`` one is smaller and grey."""

    text: str
    quiet: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table; ``struck`` was dropped."""

    text: str
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Criteria against judges: the first head and column are words, ``sums`` the last columns' heads."""

    heads: tuple[str, ...]
    sums: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A tie key: its rule, everyone's value, what came of it; ``use`` is decided, tried or unused."""

    rule: str
    values: tuple[str, ...]
    verdict: str
    use: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The tie keys in their order; ``heads`` name the columns."""

    heads: tuple[str, ...]
    rows: tuple[KeyRow, ...]


Part = Tiles | Sum | Note | Grid | Keys


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step on the way to the place."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Who it is, the total and what it is counted in, the place, the prize."""

    name: str
    whose: str
    total: str
    unit: str
    place: str
    prize: str


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The whole page in words; ``scanned`` is the text of its QR code, ``draft`` stands across it.

    With a ``rival`` the page compares two entries, whose summaries stand side by side.
    """

    title: str
    event: str
    summary: Summary
    steps: tuple[Step, ...]
    objection: tuple[str, str]
    origin: str
    signers: tuple[str, str]
    day: date | None
    check: str
    scan: str
    scanned: str
    draft: str = ""
    rival: Summary | None = None


def text_lines(page: WhyPage) -> Iterator[str]:
    """The page as lines of text, for the terminal and the clipboard."""
    yield f"{page.title}　{page.event}"
    for one in (page.summary, page.rival):
        if one is not None:
            yield "　".join(part for part in (one.name, one.whose) if part)
            yield "　".join(
                part for part in (f"{one.total} {one.unit}".strip(), one.place, one.prize) if part
            )
    for number, step in enumerate(page.steps, 1):
        yield ""
        yield f"{number}. {step.title}"
        for part in step.parts:
            yield from (f"   {line}" for line in _part_lines(part))
    yield ""
    yield " ".join(page.objection)
    yield page.origin
    yield page.check


def _part_lines(part: Part) -> Iterator[str]:
    if isinstance(part, Tiles):
        yield "　".join(f"{tile.judge} {tile.figure} {tile.fate}".rstrip() for tile in part.tiles)
    elif isinstance(part, Sum):
        yield "　".join(one for one in (part.label, part.formula, part.remark, part.result) if one)
    elif isinstance(part, Note):
        yield part.text
    elif isinstance(part, Grid):
        yield "　".join((*part.heads, *part.sums))
        for row in part.rows:
            yield "　".join(f"[{cell.text}]" if cell.struck else cell.text for cell in row)
    else:
        yield from _key_lines(part)


def _key_lines(keys: Keys) -> Iterator[str]:
    numbers = keys.heads[2:-1]
    for order, row in enumerate(keys.rows, 1):
        values = "　".join(
            f"{head} {value}" for head, value in zip(numbers, row.values, strict=True) if value
        )
        yield "　".join(one for one in (f"{order}) {row.rule}", values, row.verdict) if one)
