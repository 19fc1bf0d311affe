"""评分规则说明: the rules of an event on paper, to be signed: A4, clauses, tables, a worked example."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import MM, Line, line
from competition_app.documents.plans import plan_paper_blocks as parts
from competition_app.documents.plans.plan_content import PlanPage
from competition_app.documents.results.why_place_blocks import LEAST, LEFT, RIGHT, Block, Setter, fitted
from competition_app.documents.saving import save
from competition_app.i18n import Words

WIDTH, HEIGHT = 210.0, 297.0
_TOP, _NEXT_TOP = 42.0, 20.0
_NEXT_NAME = 4.4
_LOWEST, _ABOVE_CLOSING = 281.0, 258.0  # where the blocks end, without and with the signatures
_DENSITIES = (1.0, 0.92, 0.84)


def write_plan(page: PlanPage, target: Path, words: Words) -> int:
    """The paper as a PDF; returns its number of pages. Raises Refusal if the file cannot be saved."""
    count = 0

    def draw(file: BinaryIO) -> None:
        nonlocal count
        count = draw_plan(file, page, words)

    save(target, draw)
    return count


def draw_plan(file: BinaryIO, page: PlanPage, words: Words) -> int:
    """Draw the paper into a file; returns how many pages it has."""
    paper = Paper(file, WIDTH, HEIGHT, f"{page.title} {page.event}")
    setter, sheets = _sheets(paper, page)
    for number, blocks in enumerate(sheets):
        if page.draft:
            _mark(paper, page.draft)
        y = _top(page) if number == 0 else _NEXT_TOP
        if number == 0:
            _head(setter, page)
        else:
            text = "　".join((page.title, page.event, page.version))
            setter.set_line(fitted("H4", text, 9.5, RIGHT - LEFT)[0], LEFT, 15.5, colour="grey")
        for block in blocks:
            block.draw(y)
            y += block.height
        if number == len(sheets) - 1:
            _closing(setter, page)
        setter.put("H4", LEAST, page.check, LEFT, 288, colour="grey")
        place = words("Page {page} of {n}", page=number + 1, n=len(sheets))
        setter.put("H4", LEAST, place, RIGHT, 288, "right", "grey")
        paper.showPage()
    paper.save()
    return len(sheets)


def _blocks(setter: Setter, page: PlanPage) -> Iterator[Block]:
    yield parts.shares(setter, page.shares)
    number = 0
    for clauses in page.clauses:
        number += 1
        yield from parts.clauses(setter, number, clauses)
    number += 1
    yield parts.heading(setter, number, page.tables_title)
    for table in page.tables:
        yield from parts.table(setter, table)
    if page.example:
        number += 1
        yield parts.heading(setter, number, page.example_title)
        for step in page.example:
            yield from parts.worked(setter, step)


def _sheets(paper: Paper, page: PlanPage) -> tuple[Setter, list[list[Block]]]:
    """The blocks page by page: as loose as they need no page more than when set closest."""
    tried = []
    for density in _DENSITIES:
        setter = Setter(paper, density)
        tried.append((setter, _paged(list(_blocks(setter, page)), _top(page))))
    fewest = min(len(sheets) for _, sheets in tried)
    return next((setter, sheets) for setter, sheets in tried if len(sheets) == fewest)


def _paged(blocks: Sequence[Block], top: float) -> list[list[Block]]:
    """The blocks on pages; what is kept together is, a table's head begins its further pages."""
    pages: list[list[Block]] = [[]]
    y = top
    for place, block in enumerate(blocks):
        end, last = y, place
        for last in range(place, len(blocks)):
            end += blocks[last].height
            if not blocks[last].keep:
                break
        room = _ABOVE_CLOSING if last == len(blocks) - 1 else _LOWEST
        if end > room and pages[-1]:
            pages.append([block.head] if block.head else [])
            y = _NEXT_TOP + (block.head.height if block.head else 0.0)
        pages[-1].append(block)
        y += block.height
    return pages


def _names(page: PlanPage) -> Sequence[Line]:
    """Competition and event, in as many lines as they need."""
    text = "　".join(part for part in (page.competition, page.event) if part)
    return fitted("H4", text, 11.5, RIGHT - 24)


def _top(page: PlanPage) -> float:
    """Where the blocks of the first page begin: lower where the names take more lines."""
    return _TOP + max(0, len(_names(page)) - 2) * _NEXT_NAME


def _head(setter: Setter, page: PlanPage) -> None:
    setter.paper.box(LEFT, 18, 2, 16, "red")
    setter.put("S7", 22, page.title, 24, 24.6, tracking=0.8)
    setter.put("H7", 11, page.version, RIGHT, 24.2, "right")
    for turn, one in enumerate(_names(page)):
        setter.set_line(one, 24, 32.6 + turn * _NEXT_NAME, colour="grey")


def _closing(setter: Setter, page: PlanPage) -> None:
    """Who signs, and when: at the foot of the last page."""
    each = (RIGHT - LEFT) / len(page.signers)
    for place, signer in enumerate(page.signers):
        x = LEFT + place * each
        wide = setter.put("H4", 10.5, signer, x, 269)
        setter.paper.rule(x + wide + 3, 270.2, x + each - 6, 270.2, "ink", 0.25)
    setter.set_line(line("S4", 11.5, page.day), RIGHT, 279.4, "right")


def _mark(paper: Paper, text: str) -> None:
    """The word across the page while the rules are not in use."""
    one = line("H7", 96, text, 24)
    paper.saveState()
    paper.translate(WIDTH / 2 * MM, (HEIGHT / 2 - 10) * MM)
    paper.rotate(52)
    paper.text(SetText(one, -one.width / MM / 2, HEIGHT + 12, "mark"))
    paper.restoreState()
