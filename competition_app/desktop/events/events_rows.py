"""The lists of a plan as rows: criteria (pasted from a spreadsheet too), tie keys in order, prizes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop.events.events_draft import Path, PlanDraft
from competition_app.desktop.events.events_fields import RowsEditor, figure, whole
from competition_app.desktop.parts.controls import Selector, Text
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr

KINDS: tuple[tuple[str, Said], ...] = (
    ("points", Said("points@kind")), ("check", Said("yes or no@kind")), ("judgement", Said("0 to 3@kind")),
    ("measured", Said("measured@kind")), ("deduction", Said("deduction@kind")), ("bonus", Said("bonus@kind")),
)  # fmt: skip
PLAIN_KEYS: tuple[tuple[str, Said], ...] = (
    ("time", Said("less time in all")), ("submitted", Said("the earlier hand-in")),
    ("penalty", Said("fewer penalty points")), ("decision", Said("the chief judge's order")),
    ("lot", Said("the draw")),
)  # fmt: skip
CELLS = 4


class CriteriaRows(RowsEditor):
    """评分项: name, kind, maximum, step. Other settings of a criterion stay as they are."""

    def __init__(self, draft: PlanDraft, path: Path) -> None:
        super().__init__(draft, path, tr("Add a criterion"))

    def heads(self) -> Sequence[tuple[str, int]]:
        """Name grows; the figures are narrow."""
        return ((tr("Criterion"), 5), (tr("How it is marked"), 3), (tr("At most"), 2), (tr("Step@mark"), 2))

    def cells(self, place: int) -> list[QWidget]:
        """A row of the table."""
        kind = Selector(f"{tr('How it is marked')} {place + 1}")
        kind.set_choices([(key, in_use().say(said)) for key, said in KINDS],
                         self.draft.get((*self.path, place, "kind"), "points"))  # fmt: skip
        here = (*self.path, place, "kind")
        kind.currentIndexChanged.connect(lambda _i: self.draft.put(here, kind.currentData()))
        return [
            self.line(place, "name", name=tr("Criterion")), kind,
            self.line(place, "max", name=tr("At most")), self.line(place, "step", name=tr("Step@mark")),
        ]  # fmt: skip

    def foot_words(self) -> Sequence[QWidget]:
        """That a spreadsheet can be pasted."""
        return (Text(tr("Cells of a spreadsheet can be pasted: name, marking, maximum, step"), "caption",
                     "inkTertiary"),)  # fmt: skip

    def fresh(self) -> dict[str, Any]:
        """A criterion with a code that is not used yet."""
        return {"code": self._code(self.rows()), "name": "", "kind": "points", "max": "10"}

    @staticmethod
    def _code(rows: Sequence[Any]) -> str:
        used = {one.get("code") for one in rows if isinstance(one, dict)}
        return next(code for n in range(1, len(rows) + 2) if (code := f"P{n}") not in used)

    def paste(self, text: str) -> None:
        """Add a row a line: name, kind in words if there is one, maximum, step."""
        rows = [one for one in self.rows() if not self._empty(one)]
        words = {in_use().say(said): key for key, said in KINDS} | {key: key for key, _ in KINDS}
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.split("\t")][:CELLS]
            if not any(cells):
                continue
            kind = words.get(cells[1]) if len(cells) > 1 else None
            rest = cells[2:] if kind else cells[1:]
            made = {"code": self._code(rows), "name": cells[0], "kind": kind or "points"}
            made |= dict(zip(("max", "step"), [cell for cell in rest if cell], strict=False))
            rows.append(made)
        self.replace(rows)

    @staticmethod
    def _empty(one: Any) -> bool:
        return isinstance(one, dict) and not one.get("name")


class TieRows(RowsEditor):
    """同分: the keys in their order."""

    def __init__(self, draft: PlanDraft, path: Path) -> None:
        super().__init__(draft, path, tr("Add a rule for equal totals"))

    def heads(self) -> Sequence[tuple[str, int]]:
        """One column, which grows."""
        return ((tr("Compared one after another"), 1),)

    def cells(self, place: int) -> list[QWidget]:
        """The key chosen from all that the plan offers; one that only text can say stays as it is."""
        key = Selector(tr("Rule {n}", n=place + 1))
        now = self.rows()[place]
        offered = self._offered()
        if all(value != now for value, _ in offered):
            offered.append((now, " ".join(str(value) for value in now.values())))
        key.set_choices([(at, word) for at, (_, word) in enumerate(offered)],
                        next(at for at, (value, _) in enumerate(offered) if value == now))  # fmt: skip
        key.currentIndexChanged.connect(lambda at: self.draft.put((*self.path, place), dict(offered[at][0])))
        return [key]

    def _offered(self) -> list[tuple[dict[str, Any], str]]:
        found: list[tuple[dict[str, Any], str]] = []
        for module in self.draft.get((*self.path[:-1], "modules"), []):
            code, name = module.get("code"), module.get("name") or module.get("code")
            found.append(({"by": "module", "module": code}, tr("the score of {module}", module=name)))
            found.append(({"by": "time", "module": code}, tr("less time in {module}", module=name)))
            for one in module.get("criteria", []):
                words = tr(
                    "{criterion} of {module}", criterion=one.get("name") or one.get("code"), module=name
                )
                found.append(({"by": "criterion", "module": code, "criterion": one.get("code")}, words))
        return found + [({"by": by}, in_use().say(said)) for by, said in PLAIN_KEYS]

    def fresh(self) -> dict[str, Any]:
        """The chief judge decides."""
        return {"by": "decision"}


class PrizeRows(RowsEditor):
    """奖项: name and how many, by number or by per cent."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__(draft, ("awards", "levels"), tr("Add a prize"))

    def heads(self) -> Sequence[tuple[str, int]]:
        """The name grows."""
        return ((tr("Prize@name"), 3), (tr("Counted by"), 3), (tr("How many"), 2))

    def cells(self, place: int) -> list[QWidget]:
        """Name, how it is counted, and the figure; a prize by places or by total keeps its rule."""
        now = self.rows()[place]
        name = self.line(place, "name", name=tr("Prize@name"))
        key = "percent" if "percent" in now else "count"
        if "ranks" in now or "min_total" in now:
            return [name, Text(tr("set in the text"), "body", "inkSecondary"), Text("—")]
        by = Selector(f"{tr('Counted by')} {place + 1}")
        by.set_choices([("count", tr("number of people")), ("percent", tr("per cent"))], key)
        by.currentIndexChanged.connect(lambda _i: self._count_by(place, str(by.currentData())))
        reading = whole if key == "count" else figure
        return [name, by, self.line(place, key, reading=reading, name=tr("How many"))]

    def _count_by(self, place: int, key: str) -> None:
        rows = self.rows()
        one = {k: v for k, v in rows[place].items() if k not in ("count", "percent", "round")}
        rows[place] = one | ({"percent": 10, "round": "ceil"} if key == "percent" else {"count": 1})
        self.replace(rows)

    def fresh(self) -> dict[str, Any]:
        """One more prize."""
        return {"name": tr("Prize {n}", n=len(self.rows()) + 1), "count": 1}
