"""Who goes on: stored when confirmed, the next in line offered on withdrawal, never reshuffled silently."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from contest import Contest
from sqlalchemy import select

from competition_app.documents.packages.package import package_of
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.judging import direct_scores, rulings, undoing
from competition_app.services.locking import locking
from competition_app.services.results import going_on, results
from competition_app.services.results.going_on import GoingOn, NextInLine
from competition_app.services.workspace import Workspace
from competition_app.store.models import Entry

AT = "2025-09-02T16:00:00Z"


def preliminary(workspace: Workspace, organiser: Actor, totals: list[int | None], **advance: Any) -> Contest:
    """A preliminary round with these totals; so many go on to the final."""
    stages = [
        {"code": code, "name": name, "modules": [{"code": "practical", "kind": "direct", "full": 100}]}
        for code, name in (("pre", "初赛"), ("final", "决赛"))
    ]
    stages[0]["advance"] = {"count": 2, **advance}  # type: ignore[assignment]
    contest = Contest(
        workspace, organiser, entries=len(totals), judges=0, rules={"stages": stages}, opened=False
    )
    for entry, total in zip(contest.entries, totals, strict=True):
        if total is not None:
            contest.do(direct_scores.enter_score, contest.event, "pre", "practical", entry, Decimal(total))
    return contest


def going(contest: Contest) -> GoingOn:
    found: GoingOn = contest.ask(going_on.going_on, contest.event, "final")
    return found


def line(contest: Contest) -> NextInLine:
    found: NextInLine = contest.ask(going_on.next_in_line, contest.event, "final")
    return found


def advanced(contest: Contest) -> list[str]:
    """Who stands in the final."""
    facts: Any = contest.ask(results.event_result, contest.event).working
    return list(facts.facts.advanced["final"])


def test_the_rule_proposes_and_the_chief_judge_confirms(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 70, 80, 60])
    found = going(contest)
    assert (found.confirmed, found.proposed, found.stage_name) == (False, ("001", "003"), "决赛")
    assert [(row.number, row.place, row.by_rule) for row in found.rows] == [
        ("001", 1, True), ("003", 2, True), ("002", 3, False), ("004", 4, False),
    ]  # fmt: skip
    contest.do(going_on.confirm_advance, contest.event, "final")
    assert advanced(contest) == ["001", "003"]
    assert [row.number for row in going(contest).rows if row.confirmed] == ["001", "003"]


def test_others_than_those_of_the_rule_need_a_reason(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 70, 80])
    with pytest.raises(Refusal, match="state the reason"):
        contest.do(going_on.confirm_advance, contest.event, "final", ["001", "002"])
    contest.do(going_on.confirm_advance, contest.event, "final", ["001", "002"], "003 书面放弃")
    assert advanced(contest) == ["001", "002"]
    assert [row.number for row in going(contest).rows if row.by_rule] == ["001", "003"]  # as the rule has it
    with pytest.raises(Refusal, match="Nobody goes on"):
        contest.do(going_on.confirm_advance, contest.event, "final", [], "无人")


def test_nobody_is_confirmed_while_a_result_is_not_whole(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, None, 80])
    assert going(contest).incomplete == ("002",)
    with pytest.raises(Refusal, match="002 are incomplete"):
        contest.do(going_on.confirm_advance, contest.event, "final")
    with pytest.raises(Refusal, match="no stage before it"):
        contest.ask(going_on.going_on, contest.event, "pre")


def test_a_withdrawal_offers_the_next_in_line_and_moves_nobody(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = preliminary(workspace, organiser, [90, 70, 80, 60])
    contest.do(going_on.confirm_advance, contest.event, "final")
    assert line(contest) == NextInLine("final", (), 0, ())
    with pytest.raises(Refusal, match="No seat is free"):
        contest.do(going_on.take_next, contest.event, "final", "002", "递补")
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    assert advanced(contest) == ["001", "003"]
    found = line(contest)
    assert (found.gone, found.free) == ((("001", "选手1"),), 1)
    assert [(one.number, one.next) for one in found.line] == [("002", True), ("004", False)]
    with pytest.raises(Refusal, match="next in line is 002"):
        contest.do(going_on.take_next, contest.event, "final", "004", "递补")
    with pytest.raises(Refusal, match="State the reason"):
        contest.do(going_on.take_next, contest.event, "final", "002", " ")
    _, seq = workspace.numbered(organiser, going_on.take_next, contest.event, "final", "002", "001 因病退赛")
    assert advanced(contest) == ["001", "003", "002"]
    assert line(contest).free == 0
    contest.do(undoing.take_back, seq, "撤销递补")
    assert (advanced(contest), line(contest).free) == (["001", "003"], 1)


def test_who_declines_is_passed_over_and_who_took_a_seat_may_leave_it_too(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = preliminary(workspace, organiser, [90, 70, 80, 60, 50])
    contest.do(going_on.confirm_advance, contest.event, "final")
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    contest.do(going_on.take_next, contest.event, "final", "004", "002 放弃", declined=["002"])
    assert advanced(contest) == ["001", "003", "004"]
    contest.do(rulings.disqualify, contest.entries[3], "替考")
    found = line(contest)
    assert (found.gone, found.free) == ((("004", "选手4"),), 1)
    assert [one.number for one in found.line] == ["005"]  # 002 declined for good
    contest.do(rulings.withdraw_entry, contest.entries[4], "因病")
    with pytest.raises(Refusal, match="Nobody is left"):
        contest.do(going_on.take_next, contest.event, "final", "005", "递补")


def test_the_rules_own_conditions_hold_for_the_next_too(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 80, 70, 59], count=None, min_total=60)
    contest.do(going_on.confirm_advance, contest.event, "final", ["001", "002"], "场地只够两人")
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    assert [one.number for one in line(contest).line] == ["003"]


def test_those_tied_are_next_together(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 80, 70, 70])
    contest.do(going_on.confirm_advance, contest.event, "final")
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    assert [(one.number, one.next) for one in line(contest).line] == [("003", True), ("004", True)]
    contest.do(going_on.take_next, contest.event, "final", "004", "抽签")
    assert advanced(contest) == ["001", "002", "004"]


def test_once_locked_nobody_takes_a_seat(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 80, 70])
    contest.do(going_on.confirm_advance, contest.event, "final")
    for entry in contest.entries[:2]:
        contest.do(direct_scores.enter_score, contest.event, "final", "practical", entry, Decimal(50))
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    contest.do(locking.lock, contest.event)
    with pytest.raises(Refusal, match="is locked"):
        contest.do(going_on.take_next, contest.event, "final", "003", "递补")
    with pytest.raises(Refusal, match="is locked"):
        contest.do(going_on.confirm_advance, contest.event, "final", ["001"], "更正")


def test_confirming_anew_drops_no_replacement_silently(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 80, 70, 60, 50])
    contest.do(going_on.confirm_advance, contest.event, "final")
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    contest.do(going_on.take_next, contest.event, "final", "004", "003 放弃", declined=["003"])
    with pytest.raises(Refusal, match="Others were confirmed"):
        contest.do(going_on.confirm_advance, contest.event, "final")
    contest.do(going_on.confirm_advance, contest.event, "final", ["004", "001", "002"])
    assert line(contest).free == 0
    last = contest.ask(rulings.rulings, contest.event)[-1]
    assert (last.entries, last.reason) == (("004", "001", "002"), "003 放弃")
    contest.do(going_on.confirm_advance, contest.event, "final", ["001", "002"], "004 递补有误")
    found = line(contest)
    assert (found.free, [one.number for one in found.line]) == (1, ["004", "005"])  # 003 declined for good


def test_one_struck_out_of_the_final_leaves_a_free_seat(workspace: Workspace, organiser: Actor) -> None:
    contest = preliminary(workspace, organiser, [90, 80, 70, 60])
    contest.do(going_on.confirm_advance, contest.event, "final")
    contest.do(rulings.add_penalty, contest.entries[0], stage="final", disqualifies=True, reason="替考")
    found = line(contest)
    assert (found.gone, found.free) == ((("001", "选手1"),), 1)
    assert [one.number for one in found.line] == ["003", "004"]
    for stranger in ("999", "002", "001"):
        with pytest.raises(Refusal, match="cannot decline"):
            contest.do(going_on.take_next, contest.event, "final", "003", "递补", declined=[stranger])
    contest.do(going_on.take_next, contest.event, "final", "003", "001 取消资格")
    assert line(contest).free == 0


def test_a_package_tells_whose_seat_was_taken_and_who_declined(
    workspace: Workspace, organiser: Actor, tmp_path: Path
) -> None:
    contest = preliminary(workspace, organiser, [90, 80, 70, 60, 50])
    contest.do(going_on.confirm_advance, contest.event, "final")
    plain = contest.ask(exchange.package_of, "SZ2025", AT)
    assert "advanced_more" not in plain.model_dump(mode="json", exclude_unset=True)["events"][0]
    contest.do(rulings.withdraw_entry, contest.entries[0], "因病")
    contest.do(going_on.take_next, contest.event, "final", "004", "003 放弃", declined=["003"])
    file = tmp_path / "a.competition.json"
    exchange.export_package(workspace, "SZ2025", file, AT)
    given = json.loads(file.read_text(encoding="utf-8"))
    seats = {"instead": {"004": "001"}, "declined": ["003"]}
    assert given["events"][0]["advanced_more"] == {"final": seats}
    given["competition"]["code"] = "SZ2026"
    workspace.do(organiser, exchange.take_in, package_of(given))
    again = tmp_path / "b.competition.json"
    exchange.export_package(workspace, "SZ2026", again, AT)
    assert again.read_bytes() == file.read_bytes().replace(b"SZ2025", b"SZ2026")
    (event,) = (row.id for row in workspace.ask(competitions.events) if row.id != contest.event)
    workspace.do(organiser, rulings.withdraw_entry, entry_of(workspace, event, "002"), "因病")
    found = workspace.ask(going_on.next_in_line, event, "final")
    assert (found.gone, [one.number for one in found.line]) == ((("002", "选手2"),), ["005"])
    given["events"][0]["advanced_more"]["final"]["instead"] = {"005": "001"}
    with pytest.raises(Refusal, match="005 is not among those who go on"):
        package_of(given)


def entry_of(workspace: Workspace, event: int, number: str) -> int:
    query = select(Entry.id).where(Entry.event_id == event, Entry.number == number)
    return workspace.ask(lambda session: session.scalars(query).one())
