"""Every status, in printed order, and the four kinds of nothing (scoring.md §2, §3, §6)."""

from tests.domain.making import (
    codes,
    direct,
    entries,
    marks,
    one_stage,
    ranked,
    rows,
    scores,
    seats,
    sheets,
)


def test_every_status_in_printed_order() -> None:
    plan = one_stage(direct("a", "b"))
    people = [
        {"number": "10", "status": "absent"},
        {"number": "9", "status": "withdrawn"},
        {"number": "2"},
        {"number": "8", "status": "disqualified"},
        {"number": "7"},
        {"number": "6", "status": "out_of_competition"},
        {"number": "5"},
        {"number": "12"},
        {"number": "11"},
    ]
    given = scores("a", dict.fromkeys(("2", "5", "6", "7", "8", "9", "11", "12"), 50)) + scores(
        "b", {"5": 9, "6": 9, "7": 9, "8": 9}
    )
    out = [{"entry": "7", "stage": "s", "disqualifies": True, "reason": "r"}]
    gone = [{"entry": "2", "module": "b"}]
    document = ranked({"plan": plan, "entries": people, "scores": given, "penalties": out, "absences": gone})
    shown = [(row["number"], row["status"]) for row in document["divisions"][0]["standings"]]
    assert shown == [
        ("5", "ranked"),
        ("6", "out_of_competition"),
        ("11", "incomplete"),
        ("12", "incomplete"),
        ("7", "disqualified"),
        ("8", "disqualified"),
        ("9", "withdrawn"),
        ("2", "absent"),
        ("10", "absent"),
    ]
    found = rows(document)
    assert found["7"]["total"] is None
    assert found["7"]["modules"]["b"] == {"score": "9.000000", "weighted": None}
    assert codes(found["11"]) == ["missing_module"]
    assert codes(found["9"]) == []


def test_the_four_kinds_of_nothing() -> None:
    """Not yet entered, zero, judge absent, entry absent."""
    gone = [{"entry": "4", "module": "m"}]
    given = marks("1", [50, None]) + marks("2", [50, 0]) + marks("3", [50, "absent"])
    event = {
        "plan": sheets(round={"module": 1}),
        "entries": entries("12345"),
        "marks": given,
        "judges": seats(2),
    }
    found = rows(ranked({**event, "absences": gone}))
    assert {n: (row["status"], row["modules"]["m"]["score"]) for n, row in found.items()} == {
        "1": ("incomplete", None),
        "2": ("ranked", "25.0"),
        "3": ("ranked", "50.0"),
        "4": ("absent", None),
        "5": ("incomplete", None),
    }
    assert (codes(found["1"]), codes(found["5"])) == (["missing_marks"], ["missing_module"])


def test_a_recorded_absence_may_count_as_zero() -> None:
    plan = one_stage([*direct("a", absent_module="zero"), *direct("b")])
    document = ranked(
        {
            "plan": plan,
            "entries": entries("1"),
            "scores": scores("b", {"1": 40}),
            "absences": [{"entry": "1", "module": "a"}],
        }
    )
    row = rows(document)["1"]
    assert (row["status"], row["total"], row["modules"]["a"]["score"]) == ("ranked", "40.000000", "0.000000")


def test_zero_for_an_absence_is_zero_whatever_was_taken_off() -> None:
    plan = one_stage([*direct("a", full=None, absent_module="zero"), *direct("b")])
    event = {"plan": plan, "entries": entries("1"), "scores": scores("b", {"1": 40})}
    off = [{"entry": "1", "module": "a", "points": 3, "reason": "r"}]
    row = rows(ranked({**event, "absences": [{"entry": "1", "module": "a"}], "penalties": off}))["1"]
    assert (row["modules"]["a"]["score"], row["total"]) == ("0.000000", "40.000000")
