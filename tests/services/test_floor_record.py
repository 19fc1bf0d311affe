"""The floor record: what stands of each entry in a module, times of many at once, absences, penalties."""

from decimal import Decimal

import pytest
from contest import Contest, plan

from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import Outcome
from competition_app.services.access import Actor
from competition_app.services.judging import direct_scores, floor_record, judging, rulings, undoing
from competition_app.services.judging.floor_record import FloorRow
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.judging.marking_grid import grid
from competition_app.services.workspace import Workspace

HERE = ("final", "practical")
RULES = plan()


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser)


def rows(contest: Contest, **more: bool) -> tuple[FloorRow, ...]:
    return contest.ask(floor_record.floor_rows, contest.event, *HERE, **more)


def record(contest: Contest, seconds: dict[int, Decimal | None], submitted: dict[int, str | None]) -> int:
    do = contest.workspace.numbered
    return do(contest.actor, floor_record.record_many, contest.event, *HERE, seconds=seconds,
              submitted=submitted)[1]  # fmt: skip


def test_a_row_tells_what_is_recorded_in_this_module_and_stage(contest: Contest) -> None:
    first, second, third = contest.entries
    contest.do(rulings.record_time, first, *HERE, Decimal("495.5"))
    contest.do(rulings.record_time, second, "final", "theory", Decimal(9))
    contest.do(rulings.record_absence, second, *HERE)
    contest.do(rulings.add_penalty, first, points=Decimal("1.5"), module="theory", reason="超时")
    gone = contest.do(rulings.add_penalty, first, points=Decimal(4), reason="误记")
    contest.do(rulings.withdraw_penalty, gone, "记错人")
    contest.do(rulings.disqualify, third, "替赛")
    one, two, three = rows(contest)
    assert (one.number, one.name, one.seconds, one.points, one.penalties) == (
        "001", "选手1", "495.5", "1.5", 1,
    )  # fmt: skip
    assert (two.seconds, two.absent, two.points) == (None, True, "")
    assert (three.status, three.reason) == (Status.DISQUALIFIED, "替赛")
    assert {row.name for row in rows(contest, named=False)} == {""}


def test_many_times_are_one_operation_taken_back_as_one(contest: Contest) -> None:
    first, second, _third = contest.entries
    contest.do(rulings.record_time, first, *HERE, Decimal(100))
    at = "2025-09-01T10:42:00+08:00"
    seq = record(contest, {first: Decimal(480), second: Decimal(500)}, {second: at})
    assert [(row.seconds, row.submitted) for row in rows(contest)] == [
        ("480", None), ("500", at), (None, None),
    ]  # fmt: skip
    contest.do(undoing.take_back, seq, "撤销")
    assert [row.seconds for row in rows(contest)] == ["100", None, None]


@pytest.mark.parametrize(
    ("seconds", "submitted", "said"),
    [
        ({1: Decimal(-1)}, {}, "0 seconds or more"),
        ({}, {1: "10:42"}, "not a moment"),
        ({99: Decimal(1)}, {}, "no longer"),
    ],
)
def test_one_wrong_value_keeps_all_out(
    contest: Contest, seconds: dict[int, Decimal], submitted: dict[int, str], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        record(contest, {contest.entries[1]: Decimal(5), **seconds}, dict(submitted))
    assert all(row.seconds is None for row in rows(contest))


def test_an_entry_with_marks_was_not_absent(contest: Contest) -> None:
    first, second, _third = contest.entries
    judge = contest.judges[0]
    work = contest.ask(grid, contest.event, *HERE, judge).rows[0].work_id
    place = MarkPlace(work, 1, judge, "P1")
    contest.do(judging.enter_mark, place, Outcome.ABSENT)
    contest.do(floor_record.record_absent, first, *HERE)
    contest.do(rulings.withdraw_absence, first, *HERE)
    contest.do(judging.enter_mark, place, Decimal(3), reason="补录")
    contest.do(direct_scores.enter_score, contest.event, "final", "theory", second, Decimal(50))
    for entry, module in ((first, "practical"), (second, "theory")):
        with pytest.raises(Refusal, match="was there"):
            contest.do(floor_record.record_absent, entry, "final", module)
    contest.do(floor_record.record_absent, second, *HERE)
    assert [row.absent for row in rows(contest)] == [False, True, False]


def test_no_mark_is_given_to_an_entry_recorded_as_absent(contest: Contest) -> None:
    judge = contest.judges[0]
    contest.do(floor_record.record_absent, contest.entries[0], *HERE)
    row, other, _third = contest.ask(grid, contest.event, *HERE, judge).rows
    with pytest.raises(Refusal, match="floor record"):
        contest.do(judging.enter_mark, MarkPlace(row.work_id, 1, judge, "P1"), Decimal(3))
    contest.do(judging.enter_mark, MarkPlace(other.work_id, 1, judge, "P1"), Decimal(3))


def test_a_penalty_tells_who_gave_it_and_when(contest: Contest) -> None:
    entry = contest.entries[0]
    contest.do(rulings.add_penalty, entry, points=Decimal(2), module="practical", attempt=1, reason="超时")
    (told,) = contest.ask(floor_record.penalties_of, entry)
    assert (told.points, told.module, told.attempt, told.by) == (
        "2", "practical", 1, contest.actor.name,
    )  # fmt: skip
    assert told.at is not None
    assert contest.ask(floor_record.penalties_of, contest.entries[1]) == ()


def test_a_later_stage_lists_who_was_confirmed_to_go_on(workspace: Workspace, organiser: Actor) -> None:
    first = {**RULES["stages"][0], "code": "prelim", "advance": {"count": 2}}
    contest = Contest(
        workspace, organiser, rules=RULES | {"stages": [first, RULES["stages"][0]]}, opened=False
    )
    assert len(rows(contest)) == 3
    contest.do(rulings.record_time, contest.entries[0], *HERE, Decimal(60))
    contest.do(rulings.confirm_advanced, contest.event, "final", ["003"])
    assert [row.number for row in rows(contest)] == ["001", "003"]
