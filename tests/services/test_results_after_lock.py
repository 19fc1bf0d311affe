"""After the lock: what-if, severity, distribution, close calls, comparison; before it nobody sees them."""

from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan
from sqlalchemy import func, select
from test_locking import POINTS, mark_all

from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.close_calls import Closeness
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.history import history_told
from competition_app.services.judging import direct_scores, judging, marking_grid, rulings
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.locking import locking
from competition_app.services.looking_back import after_lock, comparing, supposing
from competition_app.services.looking_back.supposing import (
    OtherCombination,
    OtherRounding,
    Supposed,
    Supposition,
    WithoutJudge,
)
from competition_app.services.results import derivations, results
from competition_app.services.workspace import Workspace
from competition_app.store.models import History

RULES = plan(POINTS, round={"module": 0})


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    """Three entries, two judges (the second one point lower), not locked yet."""
    made = Contest(workspace, organiser, judges=2, rules=RULES)
    mark_all(made)
    return made


def supposed(contest: Contest, supposition: Supposition) -> Supposed:
    found: Supposed = contest.ask(supposing.suppose, contest.event, supposition)
    assert contest.do(supposing.open_what_if, found) == found
    return found


def rows_of_history(contest: Contest) -> int:
    found: int = contest.ask(lambda session: session.scalar(select(func.max(History.seq))))
    return found


def test_before_the_lock_nobody_sees_anything(contest: Contest) -> None:
    before = rows_of_history(contest)
    with pytest.raises(Refusal, match="not locked yet"):
        supposed(contest, WithoutJudge("J1"))
    assert contest.ask(after_lock.judge_severity, contest.event) == ()
    assert contest.ask(after_lock.score_distribution, contest.event) is None
    assert contest.ask(after_lock.close_calls, contest.event) == ()
    assert rows_of_history(contest) == before


def test_what_was_worked_out_of_an_older_result_is_not_opened(contest: Contest) -> None:
    contest.do(locking.lock, contest.event)
    found = contest.ask(supposing.suppose, contest.event, WithoutJudge("J2"))
    contest.do(locking.reopen, contest.event, "更正")
    with pytest.raises(Refusal, match="not locked yet"):
        contest.do(supposing.open_what_if, found)
    contest.do(rulings.add_penalty, contest.entries[0], points=Decimal(1), reason="超时")
    contest.do(locking.lock, contest.event)
    before = rows_of_history(contest)
    with pytest.raises(Refusal, match="has changed meanwhile"):
        contest.do(supposing.open_what_if, found)
    assert rows_of_history(contest) == before


def test_after_it_each_looking_leaves_its_row_and_nothing_else(contest: Contest) -> None:
    contest.do(locking.lock, contest.event)
    result = contest.ask(results.event_result, contest.event)
    before = rows_of_history(contest)
    found = supposed(contest, WithoutJudge("J2"))
    assert words("zh").say(found.said) == "去掉裁判 J2"
    assert (found.moves, found.totals_only, found.entries) == ((), 0, 3)  # 79.5 was 80 already
    found = supposed(contest, OtherRounding("module", None, "final", "practical"))
    assert (found.moves, found.totals_only) == ((), 3)
    assert contest.ask(results.event_result, contest.event) is result  # nothing was ranked anew
    assert rows_of_history(contest) == before + 2
    (row,) = contest.ask(history_told.log_rows, [before + 1], words("zh"))
    assert (row.actor, row.done, row.subject) == ("组委会", "查看了一次假设推演", "无人机装调检修工")
    assert row.change == "假设 去掉裁判 J2"
    (row,) = contest.ask(history_told.log_rows, [before + 2], words("en"))
    assert "module score not rounded" in row.change


def test_whoever_would_move_is_named(contest: Contest) -> None:
    grid = contest.ask(marking_grid.grid, contest.event, "final", "practical", contest.judges[0])
    (work,) = [row.work_id for row in grid.rows if row.code == "003"]
    contest.do(judging.enter_mark, MarkPlace(work, 1, contest.judges[0], "p"), Decimal(100), reason="更正")
    contest.do(locking.lock, contest.event)
    found = supposed(contest, WithoutJudge("J1"))
    assert [(m.name, m.moved.place_before, m.moved.place_after) for m in found.moves] == [
        ("选手3", 1, 3), ("选手1", 2, 1), ("选手2", 3, 2),
    ]  # fmt: skip
    assert supposed(contest, OtherCombination("final", "practical", "median")).moves == ()  # of two: the mean
    with pytest.raises(Refusal, match="no judge J7"):
        supposed(contest, WithoutJudge("J7"))


def test_what_can_be_supposed_comes_from_the_plan_and_the_seats(contest: Contest) -> None:
    offers = contest.ask(supposing.offers, contest.event)
    assert offers.judges == (("J1", "裁判1"), ("J2", "裁判2"))
    assert [(one.module, one.name, one.panels[0].combine) for one in offers.modules] == [
        ("practical", "实操", "mean")
    ]
    digits = {(one.rung, one.module): one.digits for one in offers.rungs}
    assert digits["module", "practical"] == 0
    assert digits["total", None] == 2
    assert ("sheet", "theory") not in digits  # no judges there
    assert ("criterion", "practical") not in digits  # whole sheets are combined
    assert digits["sheet", "practical"] is None


def test_severity_and_distribution_have_names(contest: Contest) -> None:
    contest.do(locking.lock, contest.event)
    one, other = contest.ask(after_lock.judge_severity, contest.event)
    assert (one.name, one.module_name, one.stage_name) == ("裁判1", "实操", "决赛")
    assert (one.profile.deviation_text, other.profile.deviation_text) == ("+1.00", "-1.00")
    spread = contest.ask(after_lock.score_distribution, contest.event, module="practical")
    assert spread is not None
    assert (spread.count, spread.median) == (3, 79)
    assert contest.ask(after_lock.score_distribution, contest.event, stage="none") is None


def test_close_calls_come_out_of_the_store(workspace: Workspace, organiser: Actor) -> None:
    rules: dict[str, Any] = plan(POINTS)
    rules["stages"][0]["round"] = {"total": 0}
    contest = Contest(workspace, organiser, entries=2, judges=1, rules=rules)
    mark_all(contest, step=1)  # 90 × 0.3 + 80 × 0.7 = 83 and 82
    contest.do(locking.lock, contest.event)
    assert contest.ask(after_lock.close_calls, contest.event) == ()
    contest.do(locking.reopen, contest.event, "更正")
    contest.do(
        direct_scores.enter_score, contest.event, "final", "theory", contest.entries[1], Decimal("91.5"),
        reason="更正",
    )  # fmt: skip
    contest.do(locking.lock, contest.event)
    (call,) = contest.ask(after_lock.close_calls, contest.event)  # 83 and 82.75
    assert (call.closeness, call.exact, call.rung) == (Closeness.LEVELLED, "0.25", "total")


def test_two_entries_are_compared_by_name(contest: Contest) -> None:
    found = contest.ask(comparing.compare, contest.event, "002", "001")
    assert (found.left.name, found.right.name) == ("选手2", "选手1")
    assert found.comparison.better == "right"
    labels = [
        words("zh").say(r.label) if not isinstance(r.label, str) else r.label for r in found.comparison.rows
    ]
    assert labels == ["理论", "理论×0.3", "实操", "实操×0.7", "总分"]
    with pytest.raises(Refusal, match="no entry with the number 009"):
        contest.ask(comparing.compare, contest.event, "001", "009")


def test_what_is_drawn_from_a_result_goes_with_it(contest: Contest) -> None:
    """Severity is worked out once a result, and anew once the result is another."""
    contest.do(locking.lock, contest.event)
    asked: list[object] = []

    def draw(result: object) -> int:
        asked.append(result)
        return len(asked)

    assert [contest.ask(results.drawn_from, contest.event, draw) for _ in range(2)] == [1, 1]
    contest.do(locking.reopen, contest.event, "更正")
    assert contest.ask(results.drawn_from, contest.event, draw) == 1
    contest.do(rulings.add_penalty, contest.entries[0], points=Decimal(1), reason="超时")
    assert contest.ask(results.drawn_from, contest.event, draw) == 2


def test_a_close_neighbour_is_named_in_the_derivation(workspace: Workspace, organiser: Actor) -> None:
    rules: dict[str, Any] = plan(POINTS)  # weighted to two digits, the total too
    contest = Contest(workspace, organiser, entries=2, judges=1, rules=rules)
    mark_all(contest, step=0)
    contest.do(
        direct_scores.enter_score, contest.event, "final", "theory", contest.entries[0], Decimal("90.02"),
        reason="更正",
    )  # fmt: skip
    assert contest.ask(derivations.why, contest.event, "001").close == ()  # 27.01 and 27.00, a whole step
    contest.do(locking.lock, contest.event)
    assert contest.ask(derivations.why, contest.event, "001").close == ("002",)  # 27.006 and 27
    assert contest.ask(derivations.why, contest.event, "002").close == ("001",)
