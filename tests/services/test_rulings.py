"""What is recorded beside the marks: scores, absences, times, penalties, the chief judge's rulings."""

from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import Standing, Status
from competition_app.domain.scoring.facts import Outcome
from competition_app.services.access import Actor
from competition_app.services.competitions import panels
from competition_app.services.judging import direct_scores, judging, marking_grid, rulings, rulings_made
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

RULES = plan()
RULES["stages"][0]["modules"] = [RULES["stages"][0]["modules"][0] | {"weight": 1, "attempts": {"count": 2}}]
RULES["stages"][0]["modules"].append(
    plan()["stages"][0]["modules"][1] | {"weight": 0, "absent_module": "zero"}
)
THEORY = ("final", "theory")


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    made = Contest(workspace, organiser, rules=RULES)
    for entry in made.entries:
        made.do(rulings.record_absence, entry, "final", "practical", reason="只比理论")
    return made


def score(contest: Contest, entry: int, value: Any, **more: Any) -> int:
    found: int = contest.do(
        direct_scores.enter_score, contest.event, *THEORY, contest.entries[entry], value, **more
    )
    return found


def standing(contest: Contest, number: str) -> Standing:
    result = contest.ask(results.event_result, contest.event)
    return next(row for row in result.divisions[0].standings if row.number == number)


def test_a_score_counts_and_its_correction_needs_a_reason(contest: Contest) -> None:
    assert score(contest, 0, Decimal("80.5")) == 1
    assert standing(contest, "001").total == "80.50"
    assert score(contest, 0, Decimal("80.50")) == 1
    with pytest.raises(Refusal, match="state the reason"):
        score(contest, 0, Decimal(90))
    assert score(contest, 0, Decimal(90), reason="漏加一题") == 2
    assert standing(contest, "001").total == "90.00"
    assert score(contest, 0, None, reason="录错人") == 3
    assert standing(contest, "001").status is Status.INCOMPLETE


@pytest.mark.parametrize("value", [Decimal(101), Decimal(-1)])
def test_a_score_outside_the_module_is_refused(contest: Contest, value: Decimal) -> None:
    with pytest.raises(Refusal, match="between 0 and 100"):
        score(contest, 0, value)


def test_a_failed_attempt_is_passed_over(contest: Contest) -> None:
    score(contest, 0, Decimal(70))
    score(contest, 0, Outcome.DNF, attempt=2)
    assert standing(contest, "001").total == "70.00"
    with pytest.raises(Refusal, match="2 attempt"):
        score(contest, 0, Decimal(1), attempt=3)
    (row, *_) = contest.ask(direct_scores.score_sheet, contest.event, *THEORY)
    assert [cell.text for cell in row.scores] == ["70", "DNF"]
    assert (row.number, row.name) == ("001", "选手1")


def test_an_absence_can_be_taken_back(contest: Contest) -> None:
    contest.do(rulings.record_absence, contest.entries[0], *THEORY, reason="未到")
    assert standing(contest, "001").status is Status.ABSENT
    contest.do(rulings.withdraw_absence, contest.entries[0], *THEORY)
    score(contest, 0, Decimal(70))
    assert standing(contest, "001").status is Status.RANKED


def test_a_penalty_takes_points_off_until_it_is_withdrawn(contest: Contest) -> None:
    score(contest, 0, Decimal(70))
    key = contest.do(rulings.add_penalty, contest.entries[0], points=Decimal("2.5"), reason="超时")
    assert standing(contest, "001").total == "67.50"
    contest.do(rulings.withdraw_penalty, key, "计时有误")
    assert standing(contest, "001").total == "70.00"
    (row,) = contest.ask(rulings.penalties, contest.event)
    assert (row.points, row.withdrawn) == ("2.5", "计时有误")
    with pytest.raises(Refusal, match="no longer counts"):
        contest.do(rulings.withdraw_penalty, key, "又一次")


def test_a_penalty_needs_reason_and_points(contest: Contest) -> None:
    with pytest.raises(Refusal, match="reason"):
        contest.do(rulings.add_penalty, contest.entries[0], points=Decimal(1), reason=" ")
    with pytest.raises(Refusal, match="above 0"):
        contest.do(rulings.add_penalty, contest.entries[0], reason="无")


def test_withdrawn_struck_out_and_reinstated(contest: Contest) -> None:
    score(contest, 0, Decimal(70))
    for use_case, status in (
        (rulings.withdraw_entry, Status.WITHDRAWN),
        (rulings.disqualify, Status.DISQUALIFIED),
        (rulings.out_of_competition, Status.OUT_OF_COMPETITION),
        (rulings.reinstate, Status.RANKED),
    ):
        contest.do(use_case, contest.entries[0], "裁判长决定")
        assert standing(contest, "001").status is status


def test_a_decision_orders_tied_entries_until_it_is_withdrawn(contest: Contest) -> None:
    for entry in range(3):
        score(contest, entry, Decimal(70))
    assert standing(contest, "003").shared
    key = contest.do(rulings.decide_tie, contest.event, ["003", "001", "002"], "操作更规范")
    assert [standing(contest, n).place for n in ("003", "001", "002")] == [1, 2, 3]
    contest.do(rulings.withdraw_ruling, key, "改判")
    assert standing(contest, "003").shared
    with pytest.raises(Refusal, match="no entry 999"):
        contest.do(rulings.decide_tie, contest.event, ["003", "999"], "?")
    with pytest.raises(Refusal, match="at least two"):
        contest.do(rulings.decide_tie, contest.event, ["003"], "?")


def test_the_record_tells_who_made_a_ruling_and_who_took_it_back(contest: Contest) -> None:
    chief = Actor("靳小川", Role.ORGANISER, "评分台")
    first = contest.do(rulings.record_lot, contest.event, ["002", "001"])
    second = contest.workspace.do(chief, rulings.decide_tie, contest.event, ["001", "003"], "复核")
    contest.workspace.do(chief, rulings.withdraw_ruling, first, "抽签作废")
    counting, withdrawn = contest.ask(rulings_made.rulings_made, contest.event)
    assert (counting.id, counting.made.by, counting.taken_back) == (second, "靳小川", None)
    assert (withdrawn.id, withdrawn.made.by, withdrawn.taken_back.by, withdrawn.withdrawn) == (
        first, contest.actor.name, "靳小川", "抽签作废",
    )  # fmt: skip
    assert not withdrawn.replaced
    assert contest.ask(rulings_made.how_many, contest.event) == 2


def test_only_what_may_stand_can_be_accepted(contest: Contest) -> None:
    with pytest.raises(Refusal, match="cannot be let stand"):
        contest.do(rulings.accept_question, contest.event, "missing_marks", "算了", number="001")
    contest.do(rulings.accept_question, contest.event, "judge_gap", "复核无误", number="001")
    (row,) = contest.ask(rulings.rulings, contest.event)
    assert (row.kind, row.code, row.entries, row.reason) == ("accepted", "judge_gap", ("001",), "复核无误")


def test_a_judge_of_the_own_unit_may_mark_once_the_chief_recorded_why(contest: Contest) -> None:
    judge = contest.judges[0]
    contest.do(
        panels.edit_judge, judge, name="裁判1", organisation_id=contest.units[0], role="judge", group=None
    )
    contest.do(rulings.withdraw_absence, contest.entries[0], "final", "practical")
    rows = contest.ask(marking_grid.grid, contest.event, "final", "practical", judge).rows
    here = MarkPlace(rows[0].work_id, 1, judge, "P1")
    with pytest.raises(Refusal, match="own unit"):
        contest.do(judging.enter_mark, here, Decimal(1))
    contest.do(
        rulings.accept_question, contest.event, "conflict_of_interest", "仅此一名裁判", number="001",
        stage="final", module="practical",
    )  # fmt: skip
    assert contest.do(judging.enter_mark, here, Decimal(1)).version == 1


def test_a_hand_in_is_a_moment_with_its_offset(contest: Contest) -> None:
    record = (rulings.record_submission, contest.entries[0], *THEORY)
    with pytest.raises(Refusal, match="not a moment"):
        contest.do(*record, "2025-09-01 10:42")
    contest.do(*record, "2025-09-01T10:42:00+08:00")
    contest.do(rulings.record_time, contest.entries[0], *THEORY, Decimal("5400.50"))
    facts = contest.ask(results.facts_for, contest.event)
    assert facts.times["final", "theory", "001"] == Decimal("5400.5")
    assert facts.submitted["final", "theory", "001"].isoformat() == "2025-09-01T10:42:00+08:00"
