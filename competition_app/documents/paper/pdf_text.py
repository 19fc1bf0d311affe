"""Reads the text of an outside PDF page by page, in a process of its own with limits."""

import multiprocessing
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from competition_app.documents.out_of_reach import name_of
from competition_app.domain.errors import Refusal

MAX_FILE = 50 * 2**20
MAX_PAGES = 5_000
MAX_MEMORY = 1024 * 2**20
SECONDS = 30.0


def page_texts(path: Path, seconds: float = SECONDS) -> tuple[str, ...]:
    """The text of each page, lines parted by newlines.

    Raises Refusal for a file that is missing, too large, no PDF, protected, damaged, or too slow to read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise Refusal("{file} cannot be opened. Check the name and try again.", file=name_of(path)) from error
    if size > MAX_FILE:
        raise Refusal(
            "{file} is larger than {limit} MB. Check its pages in parts.",
            file=path.name,
            limit=MAX_FILE // 2**20,
        )
    if b"%PDF-" not in head:
        raise Refusal(
            "{file} is no PDF. Choose the PDF of a certificate, or type its number.", file=path.name
        )
    return _in_own_process(path, seconds)


def _in_own_process(path: Path, seconds: float) -> tuple[str, ...]:
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(str(path), theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        found = mine.recv() if mine.poll(seconds) else None
    except EOFError:
        found = None
    finally:
        mine.close()
        process.kill()
        process.join()
    if found is None:
        raise Refusal("{file} is damaged or protected and cannot be read. Ask for it again.", file=path.name)
    return tuple(found)


def _read(path: str, answer: Connection) -> None:
    """The child: every page's text, or None."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        count = min(len(document), MAX_PAGES)
        answer.send([document[i].get_textpage().get_text_range().replace("\r\n", "\n") for i in range(count)])
    except (pypdfium2.PdfiumError, MemoryError):
        answer.send(None)
