"""Blank score sheets as a PDF, a sheet for each judge and work: A4 upright, to be written on by hand."""

from collections.abc import Callable, Sequence
from typing import BinaryIO

from competition_app.documents.paper.paper import Paper
from competition_app.documents.sheets.sheet_content import SheetForm, SheetHead
from competition_app.documents.sheets.sheet_rows import HEAD, SheetRow, draw_head, sheet_rows
from competition_app.documents.sheets.sheet_text import put
from competition_app.i18n import Words

WIDTH, HEIGHT, LEFT, RIGHT = 210.0, 297.0, 18.0, 192.0
TOP, LOWEST, LOWEST_SIGNED = 63.0, 272.0, 216.0
"""Where the table begins, how far it may run, and how far where signatures stand below it."""

Pages = Sequence[Sequence[SheetRow]]


def write_score_sheets(
    target: BinaryIO,
    form: SheetForm,
    heads: Sequence[SheetHead],
    words: Words,
    at: Callable[[int, int, str], None] | None = None,
) -> int:
    """All sheets into one PDF; returns the number of pages. ``at`` hears of each sheet (n, of, number)."""
    title = f"{words('Score sheet')} {form.event} {form.module}"
    paper = Paper(target, WIDTH, HEIGHT, title)
    pages = paged(sheet_rows(form.items, words))
    for done, head in enumerate(heads):
        if at:
            at(done, len(heads), head.number)
        for page, rows in enumerate(pages):
            _page(paper, form, head, rows, (page + 1, len(pages)), words)
            paper.showPage()
    paper.save()
    return len(heads) * len(pages)


def paged(rows: Sequence[SheetRow]) -> Pages:
    """The rows by pages: signatures stand on the last, with two rows above them where there are so many."""
    pages: list[list[SheetRow]] = [[]]
    for at, row in enumerate(rows):
        needed = row.height + (rows[at + 1].height if row.heading else 0.0)
        if pages[-1] and _foot_of(pages[-1]) + needed > LOWEST:
            pages.append([])
        pages[-1].append(row)
    if _foot_of(pages[-1]) > LOWEST_SIGNED:
        pages.append([])
    while len(pages) > 1 and len(pages[-2]) > 1 and (len(pages[-1]) < 2 or pages[-2][-1].heading):
        pages[-1].insert(0, pages[-2].pop())
    return pages


def _foot_of(rows: Sequence[SheetRow]) -> float:
    return TOP + HEAD + sum(row.height for row in rows)


def _page(
    paper: Paper,
    form: SheetForm,
    head: SheetHead,
    rows: Sequence[SheetRow],
    page: tuple[int, int],
    words: Words,
) -> None:
    for x in (9.0, 196.0):
        for y in (9.0, 283.0):
            paper.box(x, y, 5, 5, "ink")
    _title(paper, form, words)
    _boxes(paper, form, head, words)
    paper.qr(f"{head.code}:{page[0]}", 162.8, 18, 33)
    put(paper, words("Sheet {number}", number=head.number), 177.5, 55.4, size=9, room=46, side="centre")
    draw_head(paper, TOP, words)
    top = TOP + HEAD
    for row in rows:
        row.draw(paper, top)
        top += row.height
    paper.box(LEFT, TOP, RIGHT - LEFT, top - TOP, "ink", 0.4)
    if page[0] == page[1]:
        _tail(paper, top, words)
    _foot(paper, form, page, words)


def _title(paper: Paper, form: SheetForm, words: Words) -> None:
    right = put(paper, words("Score sheet"), LEFT, 24, "S7", 24, tracking=3.5)
    about = "　".join(part for part in (form.event, form.stage, form.module) if part)
    put(paper, about, right + 6, 24, "H7", 13, room=158 - right - 6)
    put(paper, form.contest, LEFT, 31.4, size=10, room=138, colour="grey")


def _boxes(paper: Paper, form: SheetForm, head: SheetHead, words: Words) -> None:
    """Whose sheet it is, large enough to be read across a table."""
    edges = (18.0, 70.0, 98.0, 126.0, 154.0)
    turn = words("Attempt@sheet") if head.attempt else words("Batch")
    shown = (
        (words("Work code") if form.coded else words("Entry number"), head.work, 30.0),
        (words("Judge@sheet"), head.judge, 22.0),
        (turn, str(head.attempt or ""), 22.0),
        (words("Version of the rules"), str(form.plan_version), 22.0),
    )
    paper.box(edges[0], 37, edges[-1] - edges[0], 20, "ink", 0.4)
    for (label, value, size), left, right in zip(shown, edges, edges[1:], strict=False):
        if left > edges[0]:
            paper.rule(left, 37, left, 57, "ink", 0.25)
        middle, room = (left + right) / 2, right - left - 3
        put(paper, label, middle, 41.6, size=8, room=room, colour="grey", side="centre")
        put(paper, value, middle, 53.6 if size > 22 else 53.2, "H7", size, room=room, side="centre", least=6)


def _tail(paper: Paper, top: float, words: Words) -> None:
    """How to write and to correct, who signs, what the desk ticks off."""
    write = words("Black pen, one digit a box. Tick “no mark” for what you did not judge; never write 0.")
    correct = words("One stroke through the figure, still legible, the new one beside it, two signatures.")
    lines = ((words("To write"), write), (words("To correct"), correct))
    for at, (name, said) in enumerate(lines):
        right = put(paper, name, LEFT, top + 6 + at * 5.4, "H7", 9)
        put(paper, said, max(28.0, right + 3), top + 6 + at * 5.4, size=9, room=RIGHT - max(28.0, right + 3))
    signed = (
        words("Judge signs"),
        words("Panel leader signs"),
        words("Chief judge signs"),
        words("Supervisor signs"),
    )
    y, width = top + 20.0, (RIGHT - LEFT) / 4
    paper.box(LEFT, y, RIGHT - LEFT, 21, "ink", 0.4)
    for at, name in enumerate(signed):
        left = LEFT + at * width
        if at:
            paper.rule(left, y, left, y + 21, "ink", 0.25)
        put(paper, name, left + 2.4, y + 4.6, size=8.5, room=width - 4, colour="grey")
        put(
            paper, words("h    min@signed"), left + width - 3, y + 18.4, size=8.5, colour="grey", side="right"
        )
    _desk(paper, y + 25, words)


def _desk(paper: Paper, top: float, words: Words) -> None:
    """The strip for the desk: taken in, typed, typed again, found alike."""
    paper.dashed_box(LEFT, top, RIGHT - LEFT, 13, "grey", 0.25)
    put(paper, words("Desk@sheet"), LEFT + 2.4, top + 7.6, "H7", 9, room=20, colour="grey")
    steps = (
        words("Taken in@sheet"),
        words("Typed@sheet"),
        words("Typed again@sheet"),
        words("Found alike@sheet"),
    )
    width = (RIGHT - LEFT - 24) / 4
    for at, name in enumerate(steps):
        left = LEFT + 22 + at * width
        right = put(paper, name, left, top + 7.6, size=9, room=20, colour="grey")
        paper.rule(right + 1.5, top + 8.6, left + width - 3, top + 8.6, "rule", 0.25)


def _foot(paper: Paper, form: SheetForm, page: tuple[int, int], words: Words) -> None:
    y = 286.6
    said = words("Rules version {n}, printed {time}", n=form.plan_version, time=form.printed_at)
    put(paper, said, LEFT, y, size=8, room=60, colour="grey")
    void = words("Codes only: a sheet with a name or a unit on it is void") if form.coded else ""
    put(paper, void, WIDTH / 2, y, size=8, room=66, colour="grey", side="centre")
    put(
        paper,
        words("Page {page} of {n}", page=page[0], n=page[1]),
        RIGHT,
        y,
        size=8,
        colour="grey",
        side="right",
    )
