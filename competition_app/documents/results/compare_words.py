"""Two entries side by side in words, on a page like “why this place”: nothing is reckoned here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from competition_app.documents.results.why_place_content import (
    Cell,
    Grid,
    KeyRow,
    Keys,
    Note,
    Step,
    Summary,
    WhyPage,
    text_lines,
)
from competition_app.documents.results.why_place_figures import DASH, aligned, made, shown
from competition_app.documents.results.why_place_ties import TieWords, written
from competition_app.documents.results.why_place_words import WhyHead, names_of, why_page
from competition_app.domain.errors import Said
from competition_app.domain.looking_back.compare import ComparedRow, Comparison
from competition_app.domain.ranking.derivation import ModuleDerivation, SheetLine
from competition_app.i18n import Words

_TIES = ("tie", "unused")


def compare_page(comparison: Comparison, head: WhyHead, words: Words, *, sheets: bool = False) -> WhyPage:
    """The page of the first entry, ``head``'s, held against the second, who goes by the number alone.

    ``sheets`` adds the judges' sheets of both, dropped ones struck out.
    """
    return _Comparing(comparison, head, words).page(sheets=sheets)


class _Comparing:
    def __init__(self, comparison: Comparison, head: WhyHead, words: Words) -> None:
        self.both, self.head, self.words = comparison, head, words
        self.left, self.right = comparison.left, comparison.right
        self.numbers = tuple(words("No. {number}", number=one.number) for one in (self.left, self.right))

    def page(self, *, sheets: bool) -> WhyPage:
        words, page = self.words, why_page(self.left, self.head, self.words)
        steps = [self._figures(), self._ties(), self._outcome()]
        if sheets:
            steps += [*self._sheets()]
        title = words("Two entries compared@paper")
        summary, rival = page.summary, self._rival()
        parts = (title, self.numbers[0], summary.total, self.numbers[1], rival.total, self.head.check_code)
        return replace(
            page, title=title, steps=tuple(step for step in steps if step is not None), rival=rival,
            scanned=" ".join(parts),
        )  # fmt: skip

    def _rival(self) -> Summary:
        other = replace(self.head, name=self.numbers[1], organisation="")
        return replace(why_page(self.right, other, self.words).summary, whose="")

    def _figures(self) -> Step:
        rows = [self._figure(row) for row in self.both.rows if row.kind not in _TIES]
        return Step(self.words("Modules and total, side by side"), (self._keys(rows),))

    def _figure(self, row: ComparedRow) -> KeyRow:
        label = self.words.say(row.label) if isinstance(row.label, Said) else row.label
        values = shown(row.left), shown(row.right)
        return KeyRow(label, values, self._verdict(row), "decided" if row.decided else "tried")

    def _verdict(self, row: ComparedRow) -> str:
        if row.ahead is None:
            return "" if row.left is None or row.right is None else self.words("equal@tie key")
        number = (self.left if row.ahead == "left" else self.right).number
        if row.decided:
            return self.words("No. {number} is ahead; decided", number=number)
        return self.words("No. {number} is ahead", number=number)

    def _keys(self, rows: Sequence[KeyRow]) -> Keys:
        heads = self.words("Order@of tie keys"), self.words("Figure"), *self.numbers, self.words("Outcome")
        return Keys(heads, tuple(rows))

    def _ties(self) -> Step | None:
        rows = [row for row in self.both.rows if row.kind in _TIES]
        if not rows:
            return None
        ties = TieWords(self.left, names_of(self.head.plan), self.words)
        tried = [line for line in (*self.left.ties, *self.left.unused) if self._of_both(dict(line.values))]
        found = [self._key(row, ties.rule(line.rule)) for row, line in zip(rows, tried, strict=True)]
        return Step(self.words("Equal totals: rule by rule"), (self._keys(found),))

    def _of_both(self, values: dict[str, str | None]) -> bool:
        return self.right.number in values

    def _key(self, row: ComparedRow, rule: str) -> KeyRow:
        values = tuple(DASH if one is None else written(row.by or "", one) for one in (row.left, row.right))
        if row.kind == "unused":
            return KeyRow(rule, values, self.words("not needed"), "unused")
        return KeyRow(rule, values, self._verdict(row), "decided" if row.decided else "tried")

    def _outcome(self) -> Step:
        notes = tuple(Note(self.words.say(one), quiet=False) for one in self.both.said)
        return Step(self.words("What decided"), notes)

    # the judges' sheets

    def _sheets(self) -> Iterator[Step]:
        for one, other in zip(self.left.modules, self.right.modules, strict=True):
            lines = [_counted(each) for each in (one, other)]
            judges = list(dict.fromkeys(line.judge for each in lines for line in each))
            if judges:
                rows = [
                    self._sheet_row(number, judges, each, module)
                    for number, each, module in zip(self.numbers, lines, (one, other), strict=True)
                ]
                heads = self.words("Entry"), *judges
                grid = Grid(heads, (self.words("Score@of a module"),), tuple(rows))
                name = one.name or one.module
                yield Step(self.words("{module}: the judges' sheets", module=name), (grid,))

    @staticmethod
    def _sheet_row(
        number: str, judges: Sequence[str], lines: Sequence[SheetLine], module: ModuleDerivation
    ) -> tuple[Cell, ...]:
        by_judge = {line.judge: line for line in lines}
        found = [by_judge.get(judge) for judge in judges]
        figures = aligned([None if line is None else line.value for line in found])
        cells = [
            Cell(figure, line is not None and line.dropped is not None)
            for figure, line in zip(figures, found, strict=True)
        ]
        return (Cell(number), *cells, Cell(DASH if module.score is None else made(module.score)))


def _counted(module: ModuleDerivation) -> Sequence[SheetLine]:
    """The sheets of the attempt that counts; none where criteria are combined one by one."""
    return next((attempt.sheets for attempt in module.attempts if attempt.counts), ())


def compare_document(comparison: Comparison, page: WhyPage, words: Words) -> dict[str, Any]:
    """The comparison as plain JSON values; figures are exact text."""
    numbers = {"left": comparison.left.number, "right": comparison.right.number, None: None}
    return {
        "entry": comparison.left.number,
        "against": comparison.right.number,
        "stage": comparison.left.stage,
        "division": comparison.left.division,
        "better": numbers[comparison.better],
        "rows": [
            {
                "kind": row.kind, "module": row.module, "by": row.by,
                "label": words.say(row.label) if isinstance(row.label, Said) else row.label,
                "entry": row.left, "against": row.right, "ahead": numbers[row.ahead], "decided": row.decided,
            }
            for row in comparison.rows
        ],
        "said": [words.say(one) for one in comparison.said],
        "text": list(text_lines(page)),
    }  # fmt: skip
