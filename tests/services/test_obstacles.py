"""What stands in the way of locking: each obstacle with its kind, and gone once it is mended."""

import json
from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan
from test_locking import POINTS, kinds, mark_all, marked

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.judging import direct_scores, judging, marking_grid, rulings
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.locking import locking
from competition_app.services.locking.locking import Obstacle, ObstacleKind
from competition_app.services.results import results
from competition_app.services.workspace import Act, Workspace
from competition_app.store import database
from competition_app.store.models import Event


def obstacles(contest: Contest) -> tuple[Obstacle, ...]:
    found: tuple[Obstacle, ...] = contest.ask(locking.obstacles, contest.event)
    return found


def said(contest: Contest) -> list[str]:
    return [words("zh").say(one.said) for one in obstacles(contest)]


def test_sheets_owed_and_scores_missing_are_told_apart(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=3, judges=2, rules=plan(POINTS))
    assert kinds(contest) == [ObstacleKind.SHEETS, ObstacleKind.SHEETS, ObstacleKind.MISSING]
    assert said(contest) == [
        "J1 还欠实操评分表 3 份。",
        "J2 还欠实操评分表 3 份。",
        "理论还没有 001, 002, 003 的成绩，请录入或登记缺考。",
    ]
    owed, _, missing = obstacles(contest)
    assert (owed.judge, owed.judge_id, owed.module) == ("J1", contest.judges[0], "practical")
    assert missing.numbers == ("001", "002", "003")
    with pytest.raises(Refusal, match="cannot be locked yet") as refused:
        contest.do(locking.lock, contest.event)
    assert words("zh").say(refused.value).startswith("无人机装调检修工的成绩还不能锁定。J1 还欠")
    mark_all(contest)
    assert kinds(contest) == []


def test_sheets_that_do_not_count_yet_wait_for_their_second_entry(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = Contest(workspace, organiser, entries=2, judges=1, rules=plan(POINTS), double_entry=True)
    mark_all(contest)
    assert said(contest)[0] == "J1 的实操评分表有 2 份待复录或两录不一致。"
    assert kinds(contest) == [ObstacleKind.SECOND]


def test_who_is_gone_needs_no_sheet(workspace: Workspace, organiser: Actor) -> None:
    """Withdrawn, disqualified or absent, half marked or not at all: nobody owes anything for them."""
    two = [{"code": code, "kind": "points", "max": 50} for code in "pq"]
    contest = Contest(workspace, organiser, entries=3, judges=1, rules=plan(two))
    for entry in contest.entries:
        contest.do(direct_scores.enter_score, contest.event, "final", "theory", entry, Decimal(50))
    rows = contest.ask(marking_grid.grid, contest.event, "final", "practical", contest.judges[0]).rows
    works = {row.code: row.work_id for row in rows}
    half = [(works["001"], "p"), (works["001"], "q"), (works["002"], "p")]
    for work, code in half:
        contest.do(judging.enter_mark, MarkPlace(work, 1, contest.judges[0], code), Decimal(10))
    (owed,) = obstacles(contest)
    assert (owed.kind, owed.numbers) == (ObstacleKind.SHEETS, ("002", "003"))
    contest.do(rulings.disqualify, contest.entries[1], "替考")
    assert said(contest) == ["J1 还欠实操评分表 1 份。"]
    contest.do(rulings.record_absence, contest.entries[2], "final", "practical")
    assert obstacles(contest) == ()
    contest.do(rulings.reinstate, contest.entries[1], "查无实据")
    contest.do(rulings.withdraw_entry, contest.entries[1], "书面申请")
    contest.do(locking.lock, contest.event)


def test_a_blind_module_counts_sheets_as_the_judges_see_them(workspace: Workspace, organiser: Actor) -> None:
    """The judge of its own unit owes the work like any other, and no number is named."""
    rules = plan(POINTS, blind=True)
    contest = Contest(workspace, organiser, entries=2, judges=1, rules=rules, coded=True, conflict=True)
    for entry in contest.entries:
        contest.do(direct_scores.enter_score, contest.event, "final", "theory", entry, Decimal(50))
    (owed,) = obstacles(contest)
    assert (words("zh").say(owed.said), owed.numbers) == ("J1 还欠实操评分表 2 份。", ())


def test_marks_too_far_apart_hinder_until_accepted(workspace: Workspace, organiser: Actor) -> None:
    contest = marked(workspace, organiser, rules=plan(POINTS, max_gap=5))
    grid = contest.ask(marking_grid.grid, contest.event, "final", "practical", contest.judges[0])
    place = MarkPlace(grid.rows[0].work_id, 1, contest.judges[0], "p")
    contest.do(judging.enter_mark, place, Decimal(20), reason="更正")
    (gap,) = obstacles(contest)
    assert (gap.kind, gap.numbers, gap.module) == (ObstacleKind.PROBLEM, ("001",), "practical")
    assert gap.problem is not None
    contest.do(
        rulings.accept_question, contest.event, gap.problem.code, "复核无误", number="001", module="practical"
    )
    assert obstacles(contest) == ()


def test_a_tie_that_may_not_stand_hinders(workspace: Workspace, organiser: Actor) -> None:
    rules = plan(POINTS)
    rules["stages"][0]["no_shared_top"] = 1
    contest = marked(workspace, organiser, rules=rules, step=0)
    (tie,) = obstacles(contest)
    assert (tie.kind, tie.numbers) == (ObstacleKind.TIE, ("001", "002", "003"))
    contest.do(rulings.decide_tie, contest.event, ["002", "001", "003"], "复核")
    contest.do(locking.lock, contest.event)


def test_an_event_without_plan_or_entries_cannot_be_locked(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=0, judges=0)
    assert kinds(contest) == [ObstacleKind.ENTRIES]


def stages(**more: Any) -> dict[str, Any]:
    first = {"code": "pre", "name": "初赛", "modules": [{"code": "t", "kind": "direct", "full": 100}]}
    last = {
        "code": "final",
        "name": "决赛",
        "modules": [{"code": "practical", "kind": "direct", "full": 100}],
    }
    return {"stages": [{**first, "advance": {"count": 2}, **more}, last]}


def test_who_goes_on_must_be_confirmed(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=3, judges=0, rules=stages(), opened=False)
    for place, entry in enumerate(contest.entries):
        contest.do(direct_scores.enter_score, contest.event, "pre", "t", entry, Decimal(90 - place))
    (advance,) = obstacles(contest)
    assert (advance.kind, advance.stage) == (ObstacleKind.ADVANCE, "final")
    assert said(contest) == ["进入决赛的名单还没有确认。"]


def test_what_it_is_made_from_is_locked_first_and_reopened_last(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = marked(workspace, organiser)
    teams = {"stages": [{"code": "s", "modules": [{"code": "m", "kind": "members", "event": "UAV"}]}]}
    whole = contest.do(
        competitions.create_event, contest.competition, code="TEAM", name="团体", plan=json.dumps(teams)
    )
    contest.team_of(whole)
    (source,) = contest.ask(locking.obstacles, whole)
    assert (source.kind, source.source) == (ObstacleKind.SOURCE, contest.event)
    contest.do(locking.lock, contest.event)
    contest.do(locking.lock, whole)
    with pytest.raises(Refusal, match="reopen it first"):
        contest.do(locking.reopen, contest.event, "更正")
    contest.do(locking.reopen, whole, "更正")
    contest.do(locking.reopen, contest.event, "更正")


def test_an_event_that_is_not_there_is_no_source_to_lock_on(workspace: Workspace, organiser: Actor) -> None:
    contest = marked(workspace, organiser)
    later = {"code": "later", "kind": "members", "event": "LATER", "missing": "zero", "full": None}
    own = {"code": "m", "kind": "members", "event": "UAV", "full": None}
    teams = {"entry": "team", "stages": [{"code": "s", "modules": [own, later]}]}
    whole = contest.do(
        competitions.create_event, contest.competition, code="TEAM", name="团体", plan=json.dumps(teams)
    )
    contest.team_of(whole)
    contest.do(locking.lock, contest.event)
    (missing,) = contest.ask(locking.obstacles, whole)
    assert (missing.kind, missing.said.values["code"]) == (ObstacleKind.NO_SOURCE, "LATER")
    locked_all_the_same(contest, whole)
    before = contest.ask(results.event_result, whole)
    direct = {"stages": [{"code": "s", "modules": [{"code": "t", "kind": "direct", "full": 100}]}]}
    made = contest.do(
        competitions.create_event, contest.competition, code="OTHER", name="后来", plan=json.dumps(direct)
    )
    scored = contest.team_of(made)
    score = (made, "s", "t", scored, Decimal(77))
    contest.do(direct_scores.enter_score, *score)

    def rename(act: Act) -> None:
        act.session.get_one(Event, made).code = "LATER"

    rename.__module__, rename.__name__ = competitions.__name__, "edit_event"
    with pytest.raises(Refusal, match="would change the locked result"):
        contest.do(rename)
    contest.do(direct_scores.enter_score, *score[:-1], None, reason="误录")
    contest.do(rename)
    with pytest.raises(Refusal, match="would change the locked result"):
        contest.do(direct_scores.enter_score, *score, reason="更正")
    assert contest.ask(results.recomputed, whole) == before


def locked_all_the_same(contest: Contest, event: int) -> None:
    """As a store may hold it that was locked by an earlier edition of the program."""
    engine = database.writing(contest.workspace.path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET state = 'locked' WHERE id = ?", (event,))
    engine.dispose()
