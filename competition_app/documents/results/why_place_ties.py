"""The tie keys of the page “why this place”: each with both values, and what came of it."""

from collections.abc import Mapping, Sequence

from competition_app.documents.results.why_place_content import KeyRow, Keys, Note, Part, Step
from competition_app.documents.results.why_place_figures import DASH, Figures, clock, moment, shown
from competition_app.domain.plans.plan import TieKey
from competition_app.domain.ranking.derivation import Derivation, TieLine
from competition_app.i18n import Words

RIVALS_SHOWN = 3
"""More rivals of one total have no room beside each other; those parted last are shown."""


class TieWords:
    """The comparison of entries of one total in words; ``names`` are those of codes."""

    def __init__(self, why: Derivation, names: Mapping[str, str], words: Words) -> None:
        self.why, self.names, self.words = why, names, words
        self.me = why.number
        self.tied = [number for number, _ in why.ties[0].values] if why.ties else []
        self.rivals = _nearest(why, self.tied)

    def step(self) -> Step | None:
        """The step; None where nobody has the same total."""
        if not self.tied:
            return None
        words, total = self.words, shown(self.why.standing.total)
        others = words(", @between numbers").join(number for number in self.tied if number in self.rivals)
        title = words("Tie: the same total {total} as No. {numbers}", numbers=others, total=total)
        shown_here = [number for number in self.tied if number == self.me or number in self.rivals]
        shown_here.sort(key=lambda number: number != self.me)
        rows = [self._row(line, shown_here) for line in self.why.ties]
        rows += [self._row(line, shown_here) for line in self.why.unused]
        numbers = [words("No. {number}", number=number) for number in shown_here]
        heads = (words("Order@of tie keys"), words("Rule"), *numbers, words("Outcome"))
        parts: list[Part] = [Keys(heads, tuple(rows))]
        left = len(self.tied) - len(shown_here)
        if left:
            parts.append(Note(words("{n} more entry of this total is not shown.|"
                                    "{n} more entries of this total are not shown.", n=left)))  # fmt: skip
        if self.why.standing.shared:
            parts.append(Note(words("Equal in every key: the place is shared."), quiet=False))
        return Step(title, tuple(parts))

    def _row(self, line: TieLine, numbers: Sequence[str]) -> KeyRow:
        values = dict(line.values)
        texts = tuple(self._value(line.rule, values, number) for number in numbers)
        verdict, use = self._verdict(line)
        return KeyRow(self.rule(line.rule), texts, verdict, use)

    def _value(self, key: TieKey, values: Mapping[str, str | None], number: str) -> str:
        if number not in values:
            return ""
        value = values[number]
        if value is None:
            return DASH
        return written(key.by, value)

    def _verdict(self, line: TieLine) -> tuple[str, str]:
        words = self.words
        if not line.groups:
            return words("not needed"), "unused"
        if line.skipped:
            return words("nobody has it, passed over"), "tried"
        if not line.parted:
            return words("equal@tie key"), "tried"
        if [self.me] in [list(group) for group in line.groups]:
            first = line.groups[0]
            if len(line.values) == 2:
                return words("No. {number} is ahead; decided", number=first[0]), "decided"
            return words("No. {number} is settled here", number=self.me), "decided"
        return words("parts some; the rest go on"), "tried"

    def rule(self, key: TieKey) -> str:
        """What a tie key puts first, in words."""
        words, low = self.words, self.why.low
        codes = (key.module,) if key.module else key.modules
        module = Figures(words).plus.join(self.names.get(code, code) for code in codes)
        if key.by in ("module", "stage"):
            part = module if key.by == "module" else self.names.get(key.stage or "", key.stage or "")
            if low:
                return words("lower score in {part} first", part=part)
            return words("higher score in {part} first", part=part)
        if key.by == "criterion":
            code = f"{key.module} {key.criterion}"
            return words("higher score in {part} first", part=self.names.get(code, key.criterion or ""))
        if key.by == "attempt":
            return self._attempt(module, key.nth)
        return self._plain_rule(key, module)

    def _attempt(self, module: str, nth: int) -> str:
        words = self.words
        if nth == 1:
            return words("best attempt in {module}", module=module)
        return words("attempt number {nth} by value in {module}", module=module, nth=nth)

    def _plain_rule(self, key: TieKey, module: str) -> str:
        words = self.words
        if key.by == "field":
            if key.first == "high":
                return words("greater {field} first", field=key.field or "")
            return words("smaller {field} first", field=key.field or "")
        if key.by == "time":
            return words("less time in {module} first", module=module) if module else words("less time first")
        return {
            "submitted": words("earlier hand-in first"),
            "penalty": words("fewer penalty points first"),
            "decision": words("chief judge's decision"),
        }.get(key.by, words("drawn lots"))


def written(by: str, value: str) -> str:
    """A value under a tie key of this kind: times and moments as a clock shows them."""
    return {"time": clock, "submitted": moment}.get(by, shown)(value)


def _nearest(why: Derivation, tied: Sequence[str]) -> list[str]:
    """The rivals that stayed equal longest, at most so many as have room."""
    lasted = {number: sum(number in dict(line.values) for line in why.ties) for number in tied}
    others = sorted((number for number in tied if number != why.number), key=lambda n: -lasted[n])
    return others[:RIVALS_SHOWN]
