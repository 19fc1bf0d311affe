"""A PDF drawn in millimetres from the top left, with text set in the program's own embedded fonts."""

import hashlib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, ClassVar

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from competition_app import __version__
from competition_app.documents.paper import fonts, qr
from competition_app.documents.paper.ornaments import Curve, Polyline
from competition_app.documents.paper.typesetting import MM, Line

COLOURS = {
    "red": "#A81C28",
    "deep_red": "#84141E",
    "gold": "#A97B23",
    "gold_on_red": "#EBC870",
    "pale_gold": "#F4E6C4",
    "cream": "#FFFCF3",
    "ink": "#1F1E1B",
    "grey": "#55524C",
    "rule": "#CFC8BD",
    "seal": "#CB7A80",
    "head": "#F4F3EF",
    "tint": "#FBECEC",
    "white": "#FFFFFF",
    "mark": "#E3E3E2",
}
"""The colours of the papers by their names (look, paper)."""

_WIDE = 0.12  # em: characters set further apart would be copied with blanks between them


@dataclass(frozen=True, slots=True)
class SetText:
    """A line in its place: start of the baseline in mm from the top left, and the name of its colour."""

    line: Line
    x: float
    y: float
    colour: str = "ink"

    @property
    def right(self) -> float:
        """Where the line ends, in mm."""
        return self.x + self.line.width / MM


def _components(colour: str) -> str:
    value = COLOURS[colour]
    return " ".join(f"{int(value[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


_FILL = {name: _components(name) + " rg" for name in COLOURS}
_STROKE = {name: _components(name) + " RG" for name in COLOURS}


class Paper(canvas.Canvas):
    """One PDF file being drawn; every page has the same size in mm."""

    _code: list[str]
    _doc: pdfdoc.PDFDocument
    _kept: ClassVar[dict[tuple[str, float, float], bytes]] = {}  # ornaments of this process, ready to embed

    def __init__(self, target: BinaryIO, width: float, height: float, title: str) -> None:
        rl_config.useA85 = 0  # binary streams: a quarter smaller, and quicker
        super().__init__(
            target,
            pagesize=(width * MM, height * MM),
            pageCompression=1,
            initialFontName=fonts.font("H4").fontName,  # type: ignore[arg-type] # the stub says float
            lang="zh-CN",
        )
        self.width, self.height = width, height
        self.setTitle(fonts.shown(title))
        self.setCreator(f"competition-app {__version__}")
        self.setProducer(f"competition-app {__version__}")
        self.setAuthor("competition-app")
        self._texts: dict[SetText, str] = {}
        self._cuts: dict[tuple[str, str], list[tuple[str, str]]] = {}

    # text

    def text(self, placed: SetText) -> None:
        """Draw a line. What is drawn again (the same words in the same place) is kept ready."""
        code = self._texts.get(placed)
        if code is None:
            code = self._texts[placed] = self._text_code(placed)
        self._code.append(code)

    def texts(self, placed: Iterable[SetText]) -> None:
        """Draw several lines."""
        for one in placed:
            self.text(one)

    def _text_code(self, placed: SetText) -> str:
        line = placed.line
        if not line.pieces:
            return ""
        shift = f"{-line.gap / line.size * 1000:.2f}" if line.gap else ""
        code: list[str] = []
        current, shown = "", [""]
        for i, part in enumerate(line.pieces if shift else (line.text,)):
            if i:
                shown.append(shift)
            for name, figures in self._cut(line.role, part):
                if name != current:
                    code.append(self._shown(current, line.size, shown))
                    current, shown = name, []
                shown.append(f"<{figures}>")
        code.append(self._shown(current, line.size, shown))
        x, y = placed.x * MM, (self.height - placed.y) * MM
        drawn = f"BT {_FILL[placed.colour]} 1 0 0 1 {x:.3f} {y:.3f} Tm {''.join(code)} ET"
        if line.gap < _WIDE * line.size or max(line.text) > "\uffff":
            return drawn
        whole = line.text.encode("utf-16-be").hex()  # tracked words are copied and found without the gaps
        return f"/Span <</ActualText <FEFF{whole}>>> BDC {drawn} EMC"

    @staticmethod
    def _shown(name: str, size: float, shown: list[str]) -> str:
        return f"{name} {size:g} Tf [{' '.join(shown)}] TJ " if name else ""

    def _cut(self, role: str, text: str) -> list[tuple[str, str]]:
        """The text as (font subset, hexadecimal codes)."""
        found = self._cuts.get((role, text))
        if found is None:
            found = []
            for face, part in fonts.runs(role, text):
                font = fonts.font(face)
                for subset, codes in font.splitString(part, self._doc):
                    found.append((font.getSubsetInternalName(subset, self._doc), codes.hex()))
            self._cuts[role, text] = found
        return found

    # lines and areas

    def _points(self, line: Polyline) -> str:
        height = self.height
        points = [f"{x * MM:.2f} {(height - y) * MM:.2f}" for x, y in line]
        return points[0] + " m " + " l ".join(points[1:]) + " l"

    def polylines(
        self, lines: Iterable[Polyline], colour: str, width: float, *, closed: bool = False
    ) -> None:
        """Stroke polylines with a line of this width in mm."""
        end = " h" if closed else ""
        drawn = "\n".join(self._points(line) + end for line in lines)
        self.addLiteral(f"q {_STROKE[colour]} {width * MM:.3f} w 2 J {drawn} S Q")

    def areas(self, shapes: Iterable[Polyline], colour: str) -> None:
        """Fill polygons."""
        drawn = "\n".join(self._points(shape) + " h" for shape in shapes)
        self.addLiteral(f"q {_FILL[colour]} {drawn} f Q")

    def box(self, x: float, y: float, width: float, height: float, colour: str, line: float = 0.0) -> None:
        """A rectangle from its top left corner: filled, or stroked where a line width in mm is given."""
        area = f"{x * MM:.3f} {(self.height - y - height) * MM:.3f} {width * MM:.3f} {height * MM:.3f} re"
        if line:
            self.addLiteral(f"q {_STROKE[colour]} {line * MM:.3f} w {area} S Q")
        else:
            self.addLiteral(f"q {_FILL[colour]} {area} f Q")

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> None:
        """A straight line."""
        ends = f"{x1 * MM:.3f} {(self.height - y1) * MM:.3f} m {x2 * MM:.3f} {(self.height - y2) * MM:.3f} l"
        self.addLiteral(f"q {_STROKE[colour]} {width * MM:.3f} w {ends} S Q")

    def curves(
        self,
        curves: Iterable[Curve],
        origin: tuple[float, float],
        colour: str,
        width: float,
        *,
        upright: bool = False,
    ) -> None:
        """Stroke cubic curves about an origin, along x, or along y when ``upright``."""

        def place(point: tuple[float, float]) -> str:
            x, y = (point[1], point[0]) if upright else point
            return f"{(origin[0] + x) * MM:.2f} {(self.height - origin[1] - y) * MM:.2f}"

        parts = []
        for start, segments in curves:
            parts.append(place(start) + " m")
            parts.extend(" ".join(place(point) for point in segment) + " c" for segment in segments)
        self.addLiteral(f"{_STROKE[colour]} {width * MM:.3f} w " + "\n".join(parts) + " S")

    def ornament(self, name: str, key: str, draw: Callable[[], None]) -> None:
        """Define a form of this page's size without text; drawn once a process for each key."""
        kept = self._kept.get((key, self.width, self.height))
        if kept is None:
            outer, self._code = self._code, []
            draw()
            drawn, self._code = "\n".join(self._code), outer
            kept = self._kept[key, self.width, self.height] = zlib.compress(drawn.encode("ascii"), 9)
        form = pdfdoc.PDFFormXObject(0, 0, self.width * MM, self.height * MM)
        form.Contents = pdfdoc.PDFStream(content=kept)
        form.Contents.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        self._doc.addForm(name, form)

    def dashed_box(self, x: float, y: float, width: float, height: float, colour: str, line: float) -> None:
        """A dashed rectangle from its top left corner."""
        area = f"{x * MM:.3f} {(self.height - y - height) * MM:.3f} {width * MM:.3f} {height * MM:.3f} re"
        self.addLiteral(
            f"q {_STROKE[colour]} {line * MM:.3f} w [{1.1 * MM:.2f} {0.8 * MM:.2f}] 0 d {area} S Q"
        )

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle about a point."""
        self.saveState()
        self.addLiteral(_FILL[colour])
        self.circle(x * MM, (self.height - y) * MM, radius * MM, stroke=0, fill=1)
        self.restoreState()

    def ring(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        """A circle about a point."""
        self.saveState()
        self.addLiteral(f"{_STROKE[colour]} {width * MM:.3f} w")
        self.circle(x * MM, (self.height - y) * MM, radius * MM)
        self.restoreState()

    def dashed_circle(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        """A dashed circle about a point."""
        self.saveState()
        self.addLiteral(f"{_STROKE[colour]} {width * MM:.3f} w [{2.1 * MM:.2f} {1.4 * MM:.2f}] 0 d")
        self.circle(x * MM, (self.height - y) * MM, radius * MM)
        self.restoreState()

    def qr(self, text: str, x: float, y: float, box: float, colour: str = "ink") -> None:
        """A QR code in a square box, on the page's ground; its modules begin at x."""
        code = qr.code(text)
        module = box / (code.size + 2 * qr.QUIET)
        left, top = x * MM, (self.height - y - qr.QUIET * module) * MM
        scale = module * MM
        self._code.append(
            f"q {_FILL[colour]} {scale:.5f} 0 0 {scale:.5f} {left:.3f} {top:.3f} cm\n{code.path} Q"
        )

    def picture(self, image: str, x: float, y: float, width: float, height: float) -> None:
        """A picture with transparent ground, multiplied onto what lies under it, as a stamp is."""
        place = "-".join(f"{length * 1000:.0f}" for length in (x, y, width, height))
        name = f"picture-{hashlib.sha256(image.encode()).hexdigest()[:16]}-{place}"
        if not self.hasForm(name):
            self.beginForm(name)
            self.setBlendMode("Multiply")
            self.drawImage(
                ImageReader(image),
                x * MM,
                (self.height - y - height) * MM,
                width * MM,
                height * MM,
                mask="auto",
            )
            self.endForm()
        self.doForm(name)
