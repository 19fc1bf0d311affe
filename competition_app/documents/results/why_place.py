"""“Why this place” as a page to be handed out: A4, every step from the judges' figures to the prize."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from competition_app.documents.paper import qr
from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import MM, Line, chinese_date, fitting_size, line
from competition_app.documents.results.why_place_blocks import LEAST, LEFT, RIGHT, Block, Setter, fitted
from competition_app.documents.results.why_place_content import Summary, WhyPage
from competition_app.documents.saving import save
from competition_app.i18n import Words

WIDTH, HEIGHT = 210.0, 297.0
_TOP, _NEXT_TOP = 66.0, 20.0  # where the steps begin
_LOWEST, _ABOVE_CLOSING = 282.0, 251.5  # where they end, without and with the closing lines
_DENSITIES = (1.0, 0.9, 0.82, 0.74)
_QR_BOX = 25.0
_HALF = 76.0  # the room of one entry where two stand side by side
_SUMMARY_LINES, _SUMMARY_NEXT = 4, 4.3  # as many lines of name and unit have room; more make the box higher


def write_why(pages: Sequence[WhyPage], target: Path, words: Words) -> int:
    """One PDF with the page of every entry given; returns its number of pages."""
    count = 0

    def draw(file: BinaryIO) -> None:
        nonlocal count
        count = draw_why(file, pages, words)

    save(target, draw)
    return count


def draw_why(file: BinaryIO, pages: Sequence[WhyPage], words: Words) -> int:
    """Draw the pages into a file; returns how many there are."""
    first = pages[0]
    paper = Paper(file, WIDTH, HEIGHT, f"{first.title} {first.event}")
    count = sum(_Drawing(paper, page, words).draw() for page in pages)
    paper.save()
    return count


class _Drawing:
    """One entry's page, or pages where it needs more than one."""

    def __init__(self, paper: Paper, page: WhyPage, words: Words) -> None:
        self.paper, self.page, self.words = paper, page, words
        size, room = (17.0, 66.0) if page.rival is None else (14.0, _HALF)
        self.names = fitted("H7", page.summary.name, size, room)
        self.whose = fitted("H4", page.summary.whose, 10, room)
        more = max(0.0, len(self.names) + len(self.whose) - _SUMMARY_LINES) * _SUMMARY_NEXT
        self.summary, self.top = 24.0 + more, _TOP + more

    def draw(self) -> int:
        """Draw everything; returns the number of pages."""
        setter, sheets = self._sheets()
        for number, blocks in enumerate(sheets):
            if self.page.draft:
                self._mark(self.page.draft)
            if number == 0:
                self._head(setter)
                self._summary(setter)
            else:
                self._next_head(setter)
            y = self.top if number == 0 else _NEXT_TOP
            for block in blocks:
                block.draw(y)
                y += block.height
            if number == len(sheets) - 1:
                self._closing(setter)
            self._foot(setter, number, len(sheets))
            self.paper.showPage()
        return len(sheets)

    def _sheets(self) -> tuple[Setter, list[list[Block]]]:
        """The blocks page by page: all on one page if they fit when set closer, else as many as needed."""
        for density in _DENSITIES:
            setter = Setter(self.paper, density)
            blocks = self._blocks(setter)
            if self.top + sum(block.height for block in blocks) <= _ABOVE_CLOSING:
                return setter, [blocks]
        setter = Setter(self.paper, _DENSITIES[1])
        return setter, _paged(self._blocks(setter), self.top)

    def _blocks(self, setter: Setter) -> list[Block]:
        steps = enumerate(self.page.steps, 1)
        return [block for number, step in steps for block in setter.step(number, step)]

    # what stands round the steps

    def _head(self, setter: Setter) -> None:
        page = self.page
        self.paper.box(LEFT, 18, 2, 16, "red")
        code = qr.code(page.scanned)
        module = _QR_BOX / (code.size + 2 * qr.QUIET)
        left, top = RIGHT - code.size * module, 16.6
        self.paper.qr(page.scanned, left, top - qr.QUIET * module, _QR_BOX)
        scan = setter.put("H4", LEAST, page.scan, left - 2.6, top + code.size * module - 0.4, "right", "grey")
        room = left - scan - 6 - 24
        setter.put("S7", 22, page.title, 24, 24.6, tracking=0.8)
        for turn, one in enumerate(fitted("H4", page.event, 11.5, room)):
            setter.set_line(one, 24, 32.6 + turn * 4.6, colour="grey")

    def _summary(self, setter: Setter) -> None:
        one = self.page.summary
        self.paper.box(LEFT, 42, RIGHT - LEFT, self.summary, "tint")
        if self.page.rival is not None:
            middle = (LEFT + RIGHT) / 2
            self.paper.rule(middle, 46, middle, 38 + self.summary, "rule", 0.25)
            self._half(setter, one, [*self.names, *self.whose], LEFT + 6)
            self._half(setter, self.page.rival, fitted("H7", self.page.rival.name, 14, _HALF), middle + 6)
            return
        several = len(self.names) + len(self.whose) > 2
        y = 48.6 if several else 52.0
        for turn, each in enumerate(self.names):
            setter.set_line(each, 24, y + turn * _SUMMARY_NEXT)
        y += (len(self.names) - 1) * _SUMMARY_NEXT + (5.2 if several else 7.8)
        for turn, each in enumerate(self.whose):
            setter.set_line(each, 24, y + turn * _SUMMARY_NEXT)
        size = fitting_size("H7", one.total, 28, LEAST, 34 * MM) or LEAST
        wide = setter.put("H7", size, one.total, 94.6, 57.8, colour="red")
        setter.put("H4", 10.5, one.unit, 94.6 + wide + 2, 57.8)
        self._place(setter, one.place, one.prize)

    def _half(self, setter: Setter, one: Summary, lines: Sequence[Line], x: float) -> None:
        """One of two entries: who it is, and below total, place and prize."""
        for turn, each in enumerate(lines):
            setter.set_line(each, x, 48.8 + turn * 5.0)
        base = 38.6 + self.summary
        size = fitting_size("H7", one.total, 20, LEAST, 26 * MM) or LEAST
        wide = setter.put("H7", size, one.total, x, base, colour="red")
        setter.put("H4", 9.5, one.unit, x + wide + 1.6, base)
        setter.put("H7", fitting_size("H7", one.place, 13, LEAST, 22 * MM) or LEAST, one.place, x + 35, base)
        prize = fitting_size("H7", one.prize, 12, LEAST, 20 * MM) or LEAST
        setter.put("H7", prize, one.prize, x + _HALF, base, "right", "red")

    @staticmethod
    def _place(setter: Setter, place: str, prize: str) -> None:
        """Place and prize beside each other, or the prize below where it is long."""
        placed = line("H7", fitting_size("H7", place, 18, LEAST, 46 * MM) or LEAST, place)
        room = 186 - 140.5 - placed.width / MM - 4
        size = fitting_size("H7", prize, 15, 12, room * MM) if prize else 15
        if size is not None:
            setter.set_line(placed, 140.5, 57.4)
            setter.put("H7", size, prize, 186, 57.4, "right", "red")
            return
        setter.set_line(placed, 140.5, 52.0)
        for turn, one in enumerate(fitted("H7", prize, 15, 46)):
            setter.set_line(one, 140.5, 60.0 + turn * 4.0, colour="red")

    def _next_head(self, setter: Setter) -> None:
        one = self.page.summary
        text = "　".join((self.page.title, one.whose.partition("　")[0], one.name))
        setter.set_line(fitted("H4", text, 9.5, RIGHT - LEFT)[0], LEFT, 15.5, colour="grey")

    def _closing(self, setter: Setter) -> None:
        """Where objections go, and who signs: at the foot of the last page."""
        page = self.page
        strong, rest = page.objection
        lead = line("H7", 10.5, strong)
        objection = fitted("H4", rest, 10.5, RIGHT - LEFT - 8 - lead.width / MM - 5)
        origin = fitted("H4", page.origin, 9.5, RIGHT - LEFT - 8)
        more = (len(objection) + len(origin) - 2) * 4.2
        top, height = 252.9, 15.0 + max(0.0, more - 1.0)
        self.paper.box(LEFT, top, RIGHT - LEFT, height, "rule", 0.25)
        start = LEFT + 4 + setter.set_line(lead, LEFT + 4, top + 6.2) + 5
        for turn, one in enumerate(objection):
            setter.set_line(one, start, top + 6.2 + turn * 4.2)
        y = top + 6.2 + (len(objection) - 1) * 4.2 + 5.6
        for turn, one in enumerate(origin):
            setter.set_line(one, LEFT + 4, y + turn * 4.2, colour="grey")
        y = max(278.8, top + height + 9)
        x = LEFT
        for signer in page.signers:
            wide = setter.put("H4", 10.5, signer, x, y)
            self.paper.rule(x + wide + 4, y + 1.2, x + wide + 49, y + 1.2, "ink", 0.25)
            x += wide + 57
        setter.set_line(fitted("S4", self._day(), 11.5, RIGHT - x)[0], RIGHT, y, "right")

    def _day(self) -> str:
        day = self.page.day
        if day is None:
            return self.words("Date:            ")
        return chinese_date(day) if self.words.language == "zh" else day.isoformat()

    def _foot(self, setter: Setter, number: int, count: int) -> None:
        setter.put("H4", LEAST, self.page.check, LEFT, 288, colour="grey")
        page = self.words("Page {page} of {n}", page=number + 1, n=count)
        setter.put("H4", LEAST, page, RIGHT, 288, "right", "grey")

    def _mark(self, text: str) -> None:
        """The word across the page until the result is locked."""
        one = line("H7", 96, text, 24)
        self.paper.saveState()
        self.paper.translate(WIDTH / 2 * MM, (HEIGHT / 2 - 10) * MM)
        self.paper.rotate(52)
        self.paper.text(SetText(one, -one.width / MM / 2, HEIGHT + 12, "mark"))
        self.paper.restoreState()


def _paged(blocks: Sequence[Block], top: float) -> list[list[Block]]:
    """The blocks on pages; what is to be kept together is, and a table's head begins its further pages."""
    pages: list[list[Block]] = [[]]
    y = top
    for place, block in enumerate(blocks):
        end = y
        for following in blocks[place:]:
            end += following.height
            if not following.keep:
                break
        if end > _LOWEST and pages[-1]:
            pages.append([block.head] if block.head else [])
            y = _NEXT_TOP + (block.head.height if block.head else 0.0)
        pages[-1].append(block)
        y += block.height
    if y > _ABOVE_CLOSING:
        pages.append(_taken_along(pages[-1]))
    return pages


def _taken_along(blocks: list[Block]) -> list[Block]:
    """The last block with its heading: signatures never stand alone on a page."""
    taken: list[Block] = []
    while blocks:
        taken.insert(0, blocks.pop())
        if taken[0].height > 3 and not (blocks and blocks[-1].keep):
            break
    head = taken[0].head if taken else None
    return [head, *taken] if head else taken
