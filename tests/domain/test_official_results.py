"""Worked numbers with official results (domain.md §15): tables A, B and C, recomputed.

A: github.com/thekatiefox/snowboarding-halfpipe-analysis. B and C: “ISU Figure Skating Score Sheets as
Structured Data”, BuzzFeed News, CC BY 4.0, rows chosen (github.com/BuzzFeedNews/figure-skating-scores).
"""

from typing import Any

import pytest

from tests.domain.making import direct, entries, marks, one_stage, ranked, rows, scores, sheets

A = """
1-1 89 92 91 91 91 91 91.00  5-1 35 35 35 35 35 34 35.00  8-1 78 77 78 77 79 77 77.50
1-2 95 95 96 95 95 95 95.00  5-3 89 89 89 87 87 85 88.00  9-1 18 17 17 18 19 18 17.75
2-1 50 45 50 46 49 50 48.75  6-1 25 24 25 23 25 25 24.75  9-2 18 17 17 17 18 17 17.25
2-2 94 93 94 93 94 93 93.50  6-2 24 25 20 24 27 26 24.75  9-3 76 76 76 76 77 76 76.00
3-1 92 88 92 92 92 92 92.00  6-3 88 89 88 88 86 86 87.50  10-1 75 74 75 75 76 75 75.00
3-3 93 90 93 91 93 91 92.00  7-1 28 28 27 26 29 27 27.50  11-1 15 10 12 12 10 13 11.75
4-1 90 90 90 90 90 90 90.00  7-2 85 86 87 86 87 88 86.50  11-2 70 70 70 70 71 71 70.25
4-3 91 91 91 89 91 91 91.00  4-2 90 90 90 90 90 90 90.00  12-1 43 42 45 40 45 42 43.00
"""
BEST = [
    "95.00",
    "93.50",
    "92.00",
    "91.00",
    "88.00",
    "87.50",
    "86.50",
    "77.50",
    "76.00",
    "75.00",
    "70.25",
    "43.00",
]

C = {
    "9.25": "9.25 9.25 9.25 9.75 9.5 9.25 9.0 9.0 9.25", "7.64": "7.5 7.5 7.75 7.5 8.0 7.75 7.75 7.5 7.75",
    "8.29": "8.0 7.75 7.5 8.75 8.75 8.25 8.75 8.5 8.0", "7.75": "8.5 7.5 8.0 7.5 8.0 7.75 7.75 7.75 7.5",
    "7.71": "8.5 7.5 7.25 7.25 8.25 8.0 8.0 7.5 7.5", "5.71": "7.0 5.5 4.75 6.0 6.0 5.25 4.5 6.5 6.0",
    "7.50": "absent 7.0 7.25 7.25 7.5 7.5 7.5 8.0 8.25",
    "7.13": "absent 7.25 7.25 6.75 7.5 7.25 6.75 6.75 7.5",
}  # fmt: skip
TRIMMED = {"drop_high": 1, "drop_low": 1}


def runs() -> list[tuple[str, int, list[str], str]]:
    """(place, run, marks, official) of every run of table A."""
    words = A.split()
    cut = [words[start : start + 8] for start in range(0, len(words), 8)]
    return [(*_place(run), given, official) for run, *given, official in cut]


def _place(run: str) -> tuple[str, int]:
    place, number = run.split("-")
    return place, int(number)


def test_table_a_every_run_and_the_best_run_counts() -> None:
    plan = sheets(panel=TRIMMED, attempts={"count": 3}, round={"attempt": 2, "module": 2})
    plan["stages"][0]["round"] = {"total": 2}
    given = [row for place, run, values, _ in runs() for row in marks(place, values, attempt=run)]
    document = ranked({"plan": plan, "entries": entries(range(1, 13)), "marks": given})
    printed = [(row["place"], row["number"], row["total"]) for row in document["divisions"][0]["standings"]]
    assert printed == [(n, str(n), total) for n, total in enumerate(BEST, 1)]


@pytest.mark.parametrize(("place", "run", "values", "official"), runs())
def test_table_a_run(place: str, run: int, values: list[str], official: str) -> None:
    plan = sheets(panel=TRIMMED, round={"module": 2})
    found = ranked({"plan": plan, "entries": entries("1"), "marks": marks("1", list(values))})
    assert rows(found)["1"]["modules"]["m"]["score"] == official


@pytest.mark.parametrize(("official", "given"), C.items())
def test_table_c_nine_judges_an_absent_one_left_out_and_the_exact_half(official: str, given: str) -> None:
    plan = sheets(panel=TRIMMED, round={"module": 2})
    found = ranked({"plan": plan, "entries": entries("1"), "marks": marks("1", list(given.split()))})
    assert rows(found)["1"]["modules"]["m"]["score"] == official


PAIRS = {"5": ("42.60", "37.54", 0), "4": ("38.46", "32.91", 0), "6": ("32.90", "30.86", 0),
         "3": ("31.89", "30.63", 0), "7": ("29.28", "31.25", 1), "1": ("30.27", "22.88", 0),
         "2": ("26.20", "27.95", 1)}  # fmt: skip
LADIES = {"6": ("37.48", "45.14", 2), "1": ("39.94", "42.68", 2), "11": ("36.63", "43.98", 0)}


@pytest.mark.parametrize(
    ("given", "key", "totals"),
    [
        (PAIRS, "technical", ["80.14", "71.37", "63.76", "62.52", "59.53", "53.15", "53.15"]),
        (LADIES, "components", ["80.62", "80.62", "80.61"]),
    ],
    ids=["Cup of China 2017, pairs short", "Europeans 2017, ladies free"],
)
def test_table_b(given: dict[str, tuple[str, str, int]], key: str, totals: list[str]) -> None:
    """Two parts, points off, exact ties: the order printed is the official one, no place shared."""
    plan = one_stage(
        direct("technical", "components"), round={"total": 2}, ties=[{"by": "module", "module": key}]
    )
    parts = [
        row
        for place, code in enumerate(("technical", "components"))
        for row in scores(code, {number: values[place] for number, values in given.items()})
    ]
    off = [{"entry": n, "points": v[2], "reason": "fall"} for n, v in given.items() if v[2]]
    document: dict[str, Any] = ranked(
        {"plan": plan, "entries": entries(given), "scores": parts, "penalties": off}
    )
    printed = document["divisions"][0]["standings"]
    assert [(row["number"], row["total"]) for row in printed] == list(zip(given, totals, strict=True))
    assert [row["place"] for row in printed] == list(range(1, len(given) + 1))
