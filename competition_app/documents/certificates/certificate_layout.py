"""A certificate's layout is data: boxes in millimetres, each naming a variable, from a checked JSON file.

Lengths are in mm from the top left, y of a text is its baseline, sizes and tracking are in pt.
"""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from competition_app import paths
from competition_app.domain.errors import Refusal

Font = Literal["K", "KB", "S4", "S7", "H4", "H7"]
Colour = Literal[
    "red", "deep_red", "gold", "gold_on_red", "pale_gold", "cream", "ink", "grey", "rule", "white"
]
Variable = Literal[
    "title", "theme", "contest", "name", "organisation", "award", "closing", "scan_note", "serial_note"
]
Length = Annotated[float, Field(ge=-20, le=1000)]
Points = Annotated[float, Field(gt=0, le=400)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Below(_Part):
    """So far under the last line of an earlier box."""

    box: str
    by: Length


class Size(_Part):
    """The size and tracking of a line of up to so many characters."""

    up_to: int = Field(gt=0)
    size: Points
    tracking: float = Field(default=0, ge=0, le=60)


# the ground: ornaments drawn once and used on every page


class Fill(_Part):
    """The whole page in one colour."""

    kind: Literal["fill"]
    colour: Colour


class Frame(_Part):
    """A line around the page at an inset."""

    kind: Literal["frame"]
    inset: Length
    line: float = Field(gt=0)
    colour: Colour


class Rosette(_Part):
    """团花."""

    kind: Literal["rosette"]
    x: Length
    y: Length
    radius: float
    petals: int
    curves: int
    depth: float
    line: float
    colour: Colour


class Band(_Part):
    """A filled band around the page between two insets, with lines inside both edges and a braid."""

    kind: Literal["band"]
    outer: Length
    inner: Length
    colour: Colour
    edge: float
    edge_line: float
    amplitude: float
    curves: int
    line: float
    ornament: Colour


class CornerBlocks(_Part):
    """Filled squares in the four corners with an inner line and rosettes (radius, petals, curves, depth)."""

    kind: Literal["corner_blocks"]
    inset: Length
    side: float
    colour: Colour
    border: Colour
    border_line: float
    edge: float
    edge_line: float
    ornament: Colour
    rosettes: tuple[tuple[float, int, int, float], ...]
    line: float


class Brackets(_Part):
    """拐子角花 in the four corners."""

    kind: Literal["brackets"]
    inset: Length
    arm: float
    line: float
    colour: Colour


class Divider(_Part):
    """A rule with lozenges."""

    kind: Literal["divider"]
    x: Length
    y: Length
    width: float
    colour: Colour


Ornament = Annotated[
    Fill | Frame | Rosette | Band | CornerBlocks | Brackets | Divider, Field(discriminator="kind")
]


# the boxes


class LineBox(_Part):
    """One line: at the largest size that fits its width, tracked by its number of characters."""

    kind: Literal["line"]
    name: str
    variable: Variable
    x: Length
    y: Length | Below
    indent_like: str | None = None  # x is moved by two characters of this box
    align: Literal["left", "centre", "right"] = "centre"
    width: float
    font: Font
    colour: Colour = "ink"
    sizes: tuple[Size, ...] = Field(min_length=1)
    size_like: str | None = None  # the size of this box instead
    least: Points
    flourish: Colour | None = None  # the ornament at both sides


class AddressBox(_Part):
    """单位　姓名 称谓： on one baseline; a firm that leaves no room gets its own line above."""

    kind: Literal["address"]
    name: str
    x: Length
    y: Length
    right: Length
    font: Font
    firm_size: Points
    firm_least: Points
    firm_width: float
    name_font: Font
    name_size: Points
    name_least: Points
    name_width: float
    name_tracking: float
    name_tracked_up_to: int
    gaps: tuple[float, float]
    own_line_size: Points
    own_line_least: Points
    own_line_above: float


class ParagraphBox(_Part):
    """The sentence of the certificate, in justified or in balanced lines."""

    kind: Literal["paragraph"]
    name: str
    wording: Literal["full", "event_only"]
    x: Length
    y: Length
    width: float
    leading: float
    font: Font
    colour: Colour = "ink"
    sizes: tuple[Points, ...] = Field(min_length=1)
    indent: float = 0  # em
    lines: int = Field(gt=0)
    align: Literal["justify", "balanced"] = "justify"


class QrBox(_Part):
    """The QR code with its quiet zone."""

    kind: Literal["qr"]
    name: str
    x: Length
    y: Length
    side: float


class IssuersBox(_Part):
    """落款: a column for each issuer from the right edge, the date under the last, seals over the names."""

    kind: Literal["issuers"]
    name: str
    right: Length
    left: Length
    y: Length
    font: Font
    size: Points
    least: Points
    tracking: float
    split_over: int | None = None  # names of more characters stand in two lines
    leading: float = 0
    date_below: float
    least_column: float
    seal: float  # diameter
    seal_below: float


Box = Annotated[LineBox | AddressBox | ParagraphBox | QrBox | IssuersBox, Field(discriminator="kind")]


class Setting(_Part):
    """The boxes for a text of up to so many lines and issuers."""

    lines: int
    issuers: int
    boxes: tuple[Box, ...]


class Layout(_Part):
    """A layout: page, ground, and the settings from the roomiest to the densest."""

    format: Literal["certificate-layout"]
    version: Literal[1]
    name: str
    labels: dict[Literal["zh", "en"], str]
    title: str
    page: tuple[float, float]
    clear: float  # mm from the edge within which the frame lies; text stays inside
    ground: tuple[Ornament, ...]
    settings: tuple[Setting, ...] = Field(min_length=1)


def read_layout(file: Path) -> Layout:
    """A layout from its JSON file. Raises Refusal naming the place of the first error."""
    try:
        return Layout.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        where = ".".join(str(part) for part in first["loc"])
        raise Refusal(
            "The layout {file} is not right at “{where}”: {what}. Correct it or choose another layout.",
            file=file.name,
            where=where,
            what=first["msg"],
        ) from error


@cache
def layout(name: str) -> Layout:
    """A shipped layout by its name: ``honour`` (荣誉证书, landscape) or ``plain`` (获奖证书, portrait)."""
    return read_layout(paths.resources() / "layouts" / f"{name}.json")


def layout_schema() -> str:
    """The JSON Schema of a layout, as it lies in ``resources/schema`` for those who write their own."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**dialect, **Layout.model_json_schema()}, ensure_ascii=False, indent=1) + "\n"


def layout_names() -> tuple[str, ...]:
    """The shipped layouts, the usual one first."""
    found = sorted(file.stem for file in (paths.resources() / "layouts").glob("*.json"))
    return tuple(sorted(found, key=lambda name: name != "honour"))
