"""Small packages for tests: an event from a few words, ranked, as the document that is printed."""

from typing import Any

from competition_app.documents.packages.package import package_of
from competition_app.documents.packages.package_facts import facts_of
from competition_app.documents.packages.package_types import Package
from competition_app.documents.results.result_json import event_document
from competition_app.domain.ranking.ranking import rank_competition, rank_event
from competition_app.domain.scoring.facts import EventFacts
from competition_app.i18n import words


def package(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "format": "competition-package",
        "version": 1,
        "competition": {"code": "C", "name": "C"},
        "events": [{"code": "E", "name": "E", **event}],
        **more,
    }


def read(event: dict[str, Any], **more: Any) -> Package:
    return package_of(package(event, **more))


def facts(event: dict[str, Any], **more: Any) -> EventFacts:
    return facts_of(read(event, **more), "E")


def ranked(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The event's document, messages in English."""
    return event_document(rank_event(facts(event, **more)), words("en"))


def ranked_all(values: dict[str, Any]) -> list[dict[str, Any]]:
    whole = package_of(values)
    results = rank_competition([facts_of(whole, each) for each in whole.events])
    return [event_document(result, words("en")) for result in results]


def rows(document: dict[str, Any], stage: str | None = None, division: str | None = None) -> dict[str, Any]:
    """The rows of a division and stage by entry number (the last stage unless named)."""
    found = [d for d in document["divisions"] if d["code"] == division and stage in (None, d["stage"])]
    return {row["number"]: row for row in found[-1]["standings"]}


def direct(*codes: str, **more: Any) -> list[dict[str, Any]]:
    return [{"code": code, "kind": "direct", "full": 100, **more} for code in codes or ("m",)]


def one_stage(modules: list[dict[str, Any]], **stage: Any) -> dict[str, Any]:
    return {"stages": [{"code": "s", "modules": modules, **stage}]}


def entries(numbers: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"number": str(number), **more} for number in numbers]


def scores(module: str, values: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{"entry": number, "module": module, "value": value, **more} for number, value in values.items()]


def totals(values: list[Any], *, awards: Any = None, **stage: Any) -> dict[str, Any]:
    """An event of one direct module whose totals are these; entries are numbered 1, 2, 3 …"""
    plan = one_stage(direct("m", full=None), **stage)
    if awards is not None:
        plan["awards"] = awards
    numbers = [str(n) for n in range(1, len(values) + 1)]
    return {
        "plan": plan,
        "entries": entries(numbers),
        "scores": scores("m", dict(zip(numbers, map(str, values), strict=True))),
    }


def sheets(criteria: list[dict[str, Any]] | None = None, **module: Any) -> dict[str, Any]:
    """A plan with one module marked by judges."""
    criteria = criteria or [{"code": "p", "kind": "points", "max": 100}]
    return one_stage([{"code": "m", "kind": "sheets", "full": 100, "criteria": criteria, **module}])


def marks(
    entry: str, values: dict[str, list[Any]] | list[Any], criterion: str = "p", **more: Any
) -> list[dict[str, Any]]:
    """Marks of J1, J2 … for one criterion (a list), or for several (by criterion); None leaves one out."""
    by_criterion = values if isinstance(values, dict) else {criterion: values}
    return [
        {"entry": entry, "module": "m", "judge": f"J{n}", "criterion": code, "value": value, **more}
        for code, given in by_criterion.items()
        for n, value in enumerate(given, 1)
        if value is not None
    ]


def seats(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"code": f"J{n}", "modules": ["m"], **more} for n in range(1, count + 1)]


def codes(row: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in row["problems"]]
