"""Small events explained: made from a few words, as pages of “why this place” in words and drawn."""

from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

from pdf_boxes import chars, lines, text

from competition_app.documents.packages.package import package_of
from competition_app.documents.packages.package_facts import facts_of
from competition_app.documents.results.why_place import draw_why
from competition_app.documents.results.why_place_content import WhyPage, text_lines
from competition_app.documents.results.why_place_words import WhyHead, why_page
from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from competition_app.i18n import words

ZH = words("zh")
GIVEN = [89, 92, 91, 91, 90, 90, 90, 91, 90, 92, 88, 91]
TIES = [
    {"by": "module", "module": "practical"},
    {"by": "time", "module": "practical"},
    {"by": "module", "module": "theory"},
    {"by": "decision"},
]
MORE_TIES = [
    *TIES,
    {"by": "criterion", "module": "practical", "criterion": "P"},
    {"by": "submitted"},
    {"by": "penalty"},
    {"by": "lot"},
]


def module(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": "direct", "full": 100, "round": {"module": 2}, **more}


def points(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": "points", "max": 100, **more}


def event(modules: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    stage = {
        "code": "final", "name": "决赛", "modules": modules, "round": {"weighted": 2, "total": 2},
        **more.pop("stage", {}),
    }  # fmt: skip
    plan = {"stages": [*more.pop("before", []), stage], **more.pop("plan", {})}
    entries = [{"number": number} for number in ("001", "003", "004")]
    return {"code": "UAV", "name": "无人机装调检修工", "plan": plan, "entries": entries, **more}


def marks(entry: str, given: list[Any], criterion: str = "P", **more: Any) -> list[dict[str, Any]]:
    return [
        {"entry": entry, "module": "practical", "judge": f"J{n}", "criterion": criterion, "value": v, **more}
        for n, v in enumerate(given, 1)
    ]


def scores(values: dict[str, Any], code: str = "theory", **more: Any) -> list[dict[str, Any]]:
    return [{"entry": number, "module": code, "value": value, **more} for number, value in values.items()]


def practical(judges: int, **more: Any) -> dict[str, Any]:
    drop = 1 if judges > 2 else 0
    panel = {"drop_high": drop, "drop_low": drop, "min_judges": 1}
    usual = {"weight": "0.7", "criteria": [points("P", "装配")], "panel": panel}
    return module("practical", "实操", kind="sheets", **{**usual, **more})


def picture_event(judges: int = 5, ties: list[dict[str, Any]] = TIES) -> dict[str, Any]:
    """The event of the picture: 001 and 004 both have 87.47; with other judges they differ in time."""
    theory, theirs = ("83.90", [89] * 5) if judges == 5 else ("80.00", GIVEN[:judges])
    awards = {"ties": "include", "levels": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}]}
    return event(
        [module("theory", "理论", weight="0.3"), practical(judges)],
        stage={"ties": ties},
        plan={"awards": awards},
        marks=[*marks("001", GIVEN[:judges]), *marks("003", [70] * judges), *marks("004", theirs)],
        scores=scores({"001": "80.00", "003": 70, "004": theory}),
        times=[
            {"entry": "001", "module": "practical", "seconds": 5400},
            {"entry": "004", "module": "practical", "seconds": 5260},
        ],
    )


def why(event: dict[str, Any], number: str = "001", stage: str | None = None) -> tuple[Derivation, WhyHead]:
    package = {"format": "competition-package", "version": 1, "competition": {"code": "C", "name": "C"}}
    facts = facts_of(package_of({**package, "events": [event]}), event["code"])
    found = derivation(facts, rank_event(facts), number, stage)
    head = WhyHead(
        plan=facts.plan,
        event=event["name"],
        division="职工组",
        stage=found.rule.name or "",
        name="陆明远",
        organisation="沈东地铁运营集团有限公司",
        plan_version=2,
        check_code="4F2A 91C7 0B6E",
        day=date(2025, 9, 2),
        object_until=datetime.fromisoformat("2025-09-02T17:40"),
    )
    return found, head


def made(
    event: dict[str, Any], number: str = "001", *, sheets: bool = False, language: str = "zh"
) -> WhyPage:
    found, head = why(event, number)
    return why_page(found, head, words(language), sheets=sheets)


def drawn(page: WhyPage, language: str = "zh") -> list[str]:
    return [text(pdf(page, language), number) for number in range(count(page, language))]


def pdf(page: WhyPage, language: str = "zh") -> bytes:
    file = BytesIO()
    draw_why(file, [page], words(language))
    return file.getvalue()


def count(page: WhyPage, language: str = "zh") -> int:
    return draw_why(BytesIO(), [page], words(language))


def said(page: WhyPage) -> str:
    return "\n".join(text_lines(page))


def parts(page: WhyPage, kind: type) -> list[Any]:
    return [part for step in page.steps for part in step.parts if isinstance(part, kind)]


def boxes_are_right(file: bytes, pages: int) -> None:
    for number in range(pages):
        found = [char for char in chars(file, number) if char.text.strip()]
        assert min(char.left for char in found) >= 17.5
        assert max(char.right for char in found) <= 192.5
        assert min(char.size for char in found) >= 9
        assert all(char.bottom <= 291.2 for char in found)
        for row in lines(file, number):
            shown = [char for char in row if char.text.strip()]
            for one, other in pairwise(shown):
                if one.x == other.x:  # two halves of a character above U+FFFF
                    continue
                assert one.right <= other.left + 0.6, (one.text, other.text, one.baseline)
