"""Certificates as files and pictures: print them, look at them, verify one that somebody brings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents import saving
from competition_app.documents.certificates import certificates as pdf
from competition_app.documents.certificates.certificate_layout import layout, layout_names
from competition_app.documents.certificates.certificate_page import PageSetter
from competition_app.documents.certificates.certificates import Printing
from competition_app.documents.paper.pdf_text import page_texts
from competition_app.domain.errors import Refusal
from competition_app.services.certificates.certificate_prizes import Present, present_prizes, prize_lost
from competition_app.services.certificates.certificates import VOIDED, Papers
from competition_app.services.progress import Progress
from competition_app.services.results.winners import from_values
from competition_app.store.models import Certificate

__all__ = ["PageVerdict", "Printing", "Verdict", "layouts", "picture", "print_apart", "print_file", "verify"]

_SERIAL = re.compile(r"编号\s*(\S+)")
_PROOF = "盖章处"


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """What the register says of one certificate brought.

    ``known``: the register has the number. ``true``: it is not voided, the present result still gives
    its prize and, for a file or a code, it says what was registered, word for word. ``differences``: lines
    of the register that it lacks. ``changed``: registered, but the result changed since.
    """

    serial: str
    known: bool
    state: str | None
    name: str | None
    organisation: str | None
    event: str | None
    award: str | None
    void_reason: str | None
    true: bool
    differences: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a file or a number; ``true`` when every certificate in it is."""

    pages: tuple[PageVerdict, ...]

    @property
    def true(self) -> bool:
        """Whether all of it is genuine."""
        return bool(self.pages) and all(page.true for page in self.pages)


def layouts(language: str) -> tuple[tuple[str, str], ...]:
    """The layouts to choose from: (name, label in this language)."""
    return tuple((name, layout(name).labels["zh" if language == "zh" else "en"]) for name in layout_names())


def check_place(target: Path) -> None:
    """Refuses a .pdf or a folder that cannot be written, before numbers are given for it."""
    if target.suffix.lower() == ".pdf":
        saving.check_place(target)
    else:
        saving.make_folder(target)


def print_file(
    papers: Papers, target: Path, *, printing: Printing | None = None, progress: Progress | None = None
) -> int:
    """All papers in one PDF; returns the number of pages. Refuses as ``documents.certificates.write_pdf``."""
    at = progress.at if progress else None
    return pdf.write_pdf(papers.contents, target, layout_name=papers.layout, printing=printing, progress=at)


def print_apart(
    papers: Papers, folder: Path, *, printing: Printing | None = None, progress: Progress | None = None
) -> tuple[Path, ...]:
    """A PDF for each paper in a folder; returns their paths."""
    at = progress.at if progress else None
    return pdf.write_each(papers.contents, folder, layout_name=papers.layout, printing=printing, progress=at)


def picture(papers: Papers, number: int, dpi: float, *, printing: Printing | None = None) -> bytes:
    """One paper as a PNG, as it will be printed; by default as a proof with circles where seals go."""
    import pypdfium2

    content = papers.contents[number]
    drawn = pdf.pdf_bytes([content], papers.layout, printing or Printing(proof=True))
    page = pypdfium2.PdfDocument(drawn)[0]
    file = BytesIO()
    page.render(scale=dpi / 72).to_pil().save(file, "PNG")
    return file.getvalue()


def verify(session: Session, what: str) -> Verdict:
    """Hold a PDF file, a number, or the text read from a QR code against the register."""
    path = Path(what)
    if what.lower().endswith(".pdf") or (len(what) < 260 and path.is_file()):
        return Verdict(tuple(_pages(session, path)))
    words = what.split()
    if not words:
        raise Refusal("Give a certificate's number, the text of its QR code, or its PDF file.")
    text = what if len(words) > 1 else None
    return Verdict((_verdict(session, words[-1], text, present_prizes(session)),))


def _pages(session: Session, path: Path) -> Iterator[PageVerdict]:
    found, present = False, present_prizes(session)
    for text in page_texts(path):
        number = _SERIAL.search(text)
        if number is None:
            continue
        found = True
        yield _verdict(session, number[1], text, present, whole=True)
    if not found:
        raise Refusal(
            "{file} holds no certificate with a number. Choose a certificate's file.", file=path.name
        )


def _verdict(
    session: Session, serial: str, text: str | None, present: Present, *, whole: bool = False
) -> PageVerdict:
    one = session.scalar(select(Certificate).where(Certificate.serial == serial))
    if one is None:
        return PageVerdict(serial, False, None, None, None, None, None, None, False)
    content = from_values(one.content)
    chosen = layout(one.layout)
    if whole:
        wanted = [placed.line.text for placed in PageSetter(chosen).page(content).texts]
        differences = _differences(wanted, text or "")
    else:
        scanned = replace(content, title=content.title or chosen.title).scanned
        differences = () if text is None or text.split() == scanned.split() else (scanned,)
    changed = one.state != VOIDED and prize_lost(one, present) is not None
    return PageVerdict(
        serial, True, one.state, content.name, content.organisation, content.event, content.award,
        one.void_reason, one.state != VOIDED and not differences and not changed, differences, changed,
    )  # fmt: skip


def _differences(wanted: list[str], text: str) -> tuple[str, ...]:
    """The lines of the register that a page lacks, or what the page has beyond them."""
    rest = _bare(text).replace(_PROOF, "")
    missing = []
    for line in sorted(map(_bare, wanted), key=len, reverse=True):
        if line in rest:
            rest = rest.replace(line, "\n", 1)
        else:
            missing.append(line)
    beyond = rest.replace("\n", "")
    return tuple(missing) or ((beyond,) if beyond else ())


def _bare(text: str) -> str:
    return "".join(text.split())
