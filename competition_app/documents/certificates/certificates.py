"""Certificates as PDF: checked by name before printing, all in one file or a file each."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from competition_app.documents.certificates.certificate_content import CertificateContent
from competition_app.documents.certificates.certificate_layout import (
    Band,
    Brackets,
    CornerBlocks,
    Divider,
    Fill,
    Frame,
    Layout,
    Ornament,
    Rosette,
    layout,
)
from competition_app.documents.certificates.certificate_page import Page, PageSetter
from competition_app.documents.paper import ornaments
from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import MM, line
from competition_app.documents.saving import make_folder, save
from competition_app.domain.errors import Problem, Refusal

Progress = Callable[[int, int], None]
"""Called with (done, of); raises to stop, and then nothing is left behind."""

_LARGEST_SEAL = 4000
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Printing:
    """How certificates are printed.

    ``proof``: dashed circles where seals go. ``only_text``: no ground, for pre-printed paper, moved by
    ``offset`` mm.
    ``seals``: by issuer, the path of a picture with transparent ground and its true width and height in mm.
    """

    proof: bool = False
    only_text: bool = False
    offset: tuple[float, float] = (0.0, 0.0)
    seals: tuple[tuple[str, float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking one certificate found: problems keep it from printing; shrunk texts are only reported."""

    serial: str
    name: str
    problems: tuple[Problem, ...]
    shrunk: bool


def check(contents: Iterable[CertificateContent], layout_name: str = "honour") -> tuple[Checked, ...]:
    """Look at every certificate before printing: missing characters, texts that do not fit, by name."""
    setter = PageSetter(layout(layout_name))
    checked = []
    for content in contents:
        page = setter.page(content)
        checked.append(Checked(content.serial, content.name, tuple(page.problems), page.shrunk))
    return tuple(checked)


def write_pdf(
    contents: Sequence[CertificateContent],
    target: Path,
    *,
    layout_name: str = "honour",
    printing: Printing | None = None,
    progress: Progress | None = None,
) -> int:
    """All certificates in one file; returns the number of pages.

    Raises Refusal when there is none, when one has a problem (its sentence names the person), or when the
    file cannot be saved; nothing half-done is left.
    """
    pages = _pages(contents, layout_name)
    _check_seals(printing)
    save(
        target,
        lambda file: draw_pdf(file, contents, pages, layout(layout_name), printing or Printing(), progress),
    )
    return len(pages)


def write_each(
    contents: Sequence[CertificateContent],
    folder: Path,
    *,
    layout_name: str = "honour",
    printing: Printing | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """A file for each certificate, named by number and name; their paths. Refuses as ``write_pdf``."""
    pages = _pages(contents, layout_name)
    _check_seals(printing)
    make_folder(folder)
    written = []
    for number, (content, page) in enumerate(zip(contents, pages, strict=True)):
        target = folder / file_name(content)
        _save_one(target, content, page, layout(layout_name), printing or Printing())
        written.append(target)
        if progress:
            progress(number + 1, len(pages))
    return tuple(written)


def _save_one(
    target: Path, content: CertificateContent, page: Page, chosen: Layout, printing: Printing
) -> None:
    save(target, lambda file: draw_pdf(file, [content], [page], chosen, printing, None))


def file_name(content: CertificateContent) -> str:
    """A file name that every system takes: number, name."""
    return _UNSAFE.sub("_", f"{content.serial} {content.name}")[:80].rstrip(". ") + ".pdf"


def pdf_bytes(
    contents: Sequence[CertificateContent], layout_name: str = "honour", printing: Printing | None = None
) -> bytes:
    """The file in memory, for previews; problems do not hinder it."""
    setter = PageSetter(layout(layout_name))
    file = BytesIO()
    pages = [setter.page(content) for content in contents]
    draw_pdf(file, contents, pages, layout(layout_name), printing or Printing(proof=True), None)
    return file.getvalue()


def _pages(contents: Sequence[CertificateContent], layout_name: str) -> list[Page]:
    if not contents:
        raise Refusal("There is no certificate to print. Choose at least one winner.")
    setter = PageSetter(layout(layout_name))
    pages = [setter.page(content) for content in contents]
    for page, content in zip(pages, contents, strict=True):
        if page.problems:
            raise Refusal(
                "The certificate of {name} cannot be printed: {problem}",
                name=content.name,
                problem=page.problems[0].said,
            )
    return pages


def _check_seals(printing: Printing | None) -> None:
    """Refuse a seal that is no picture of a sensible size with a transparent ground."""
    from PIL import Image, UnidentifiedImageError

    for seal in printing.seals if printing else ():
        if seal is None:
            continue
        file = Path(seal[0])
        try:
            with Image.open(file, formats=("PNG",)) as picture:
                fits = max(picture.size) <= _LARGEST_SEAL and picture.has_transparency_data
        except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
            fits = False
        if not fits:
            raise Refusal(
                "{file} is no seal: take a PNG with a transparent ground of at most {most} pixels a side.",
                file=file.name,
                most=_LARGEST_SEAL,
            )


def draw_pdf(
    file: BinaryIO,
    contents: Sequence[CertificateContent],
    pages: Sequence[Page],
    chosen: Layout,
    printing: Printing,
    progress: Progress | None,
) -> None:
    """Draw set pages into a file: the ground once, as a form used on every page."""
    paper = Paper(file, *chosen.page, _title(contents, chosen))
    if not printing.only_text:
        paper.ornament("ground", repr(chosen.ground), lambda: _draw_ground(paper, chosen))
    dx, dy = printing.offset
    for number, page in enumerate(pages):
        if dx or dy:
            paper.translate(dx * MM, -dy * MM)
        if not printing.only_text:
            paper.doForm("ground")
            _draw_flourishes(paper, page)
        paper.texts(page.texts)
        for text, x, y, side in page.codes:
            paper.qr(text, x, y, side)
        _draw_seals(paper, page, printing)
        paper.showPage()
        if progress:
            progress(number + 1, len(pages))
    paper.save()


def _title(contents: Sequence[CertificateContent], chosen: Layout) -> str:
    first, last = contents[0], contents[-1]
    numbers = first.serial if first is last else f"{first.serial} – {last.serial}"
    return f"{first.title or chosen.title} {first.event} {numbers}"


def _draw_flourishes(paper: Paper, page: Page) -> None:
    for left, right, y, colour in page.flourishes:
        name = f"flourish-{left * 1000:.0f}-{right * 1000:.0f}-{y * 1000:.0f}"
        if not paper.hasForm(name):
            paper.beginForm(name)
            paper.areas([*ornaments.flourish(left, y, -1), *ornaments.flourish(right, y, 1)], colour)
            paper.endForm()
        paper.doForm(name)


def _draw_seals(paper: Paper, page: Page, printing: Printing) -> None:
    for number, (x, y, across) in enumerate(page.seals):
        seal = printing.seals[number] if number < len(printing.seals) else None
        if seal is not None:
            picture, width, height = seal
            paper.picture(picture, x - width / 2, y - height / 2, width, height)
        elif printing.proof:
            paper.dashed_circle(x, y, across / 2, "seal", 0.2)
            note = line("H4", 7, "盖章处", 1)
            paper.text(SetText(note, x - note.width / MM / 2, y + 16.6, "red"))


# the ground


def _draw_ground(paper: Paper, chosen: Layout) -> None:
    for ornament in chosen.ground:
        _draw_ornament(paper, ornament)


def _draw_ornament(paper: Paper, ornament: Ornament) -> None:
    match ornament:
        case Fill():
            paper.box(0, 0, paper.width, paper.height, ornament.colour)
        case Frame(inset=i):
            paper.box(i, i, paper.width - 2 * i, paper.height - 2 * i, ornament.colour, ornament.line)
        case Rosette(x=x, y=y, radius=r):
            curves = ornaments.rosette(x, y, r, ornament.petals, ornament.curves, ornament.depth)
            paper.polylines(curves, ornament.colour, ornament.line, closed=True)
        case Band():
            _draw_band(paper, ornament)
        case CornerBlocks():
            _draw_corner_blocks(paper, ornament)
        case Brackets():
            shapes = list(ornaments.brackets(ornament.inset, ornament.arm, paper.width, paper.height))
            paper.polylines((s for s, filled in shapes if not filled), ornament.colour, ornament.line)
            paper.areas((s for s, filled in shapes if filled), ornament.colour)
        case Divider():
            paper.areas(ornaments.divider(ornament.x, ornament.y, ornament.width), ornament.colour)


def _draw_band(paper: Paper, band: Band) -> None:
    width, height, deep = paper.width, paper.height, band.inner - band.outer
    inner_w, inner_h = width - 2 * band.outer, height - 2 * band.outer
    sides = (
        (band.outer, band.outer, inner_w, deep, False),
        (band.outer, height - band.inner, inner_w, deep, False),
        (band.outer, band.outer, deep, inner_h, True),
        (width - band.inner, band.outer, deep, inner_h, True),
    )
    for x, y, w, h, _ in sides:
        paper.box(x, y, w, h, band.colour)
    for inset in (band.outer + band.edge, band.inner - band.edge):
        paper.box(inset, inset, width - 2 * inset, height - 2 * inset, band.ornament, band.edge_line)
    for x, y, w, h, upright in sides:
        paper.saveState()
        path = paper.beginPath()
        path.rect(x * MM, (height - y - h) * MM, w * MM, h * MM)
        paper.clipPath(path, stroke=0, fill=0)
        curves = ornaments.braid(h if upright else w, band.amplitude, band.curves)
        origin = (x + w / 2, y) if upright else (x, y + h / 2)
        paper.curves(curves, origin, band.ornament, band.line, upright=upright)
        paper.restoreState()


def _draw_corner_blocks(paper: Paper, block: CornerBlocks) -> None:
    side, edge = block.side, block.edge
    for x in (block.inset, paper.width - block.inset - side):
        for y in (block.inset, paper.height - block.inset - side):
            paper.box(x, y, side, side, block.colour)
            paper.box(x, y, side, side, block.border, block.border_line)
            paper.box(x + edge, y + edge, side - 2 * edge, side - 2 * edge, block.ornament, block.edge_line)
            for radius, petals, curves, depth in block.rosettes:
                drawn = ornaments.rosette(x + side / 2, y + side / 2, radius, petals, curves, depth)
                paper.polylines(drawn, block.ornament, block.line, closed=True)
