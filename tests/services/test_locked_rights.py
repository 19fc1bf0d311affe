"""Whatever a right allows, on whatever page: a locked result is the same afterwards, or it is refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan
from test_locking import POINTS, mark_all

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.typed_lists import JudgeLine, UnitLine
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.services.certificates import certificates
from competition_app.services.competitions import competitions, panel_desk, panels, schedule
from competition_app.services.judging import (
    direct_scores,
    floor_record,
    judging,
    marking_grid,
    rulings,
    undoing,
)
from competition_app.services.judging.direct_scores import ScoreGiven, ScoreState
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.locking import locking
from competition_app.services.registration import organisation_lists, organisations
from competition_app.services.registration import registration_review as review
from competition_app.services.results import going_on, results
from competition_app.services.workspace import Workspace
from competition_app.store.models import Registration

HERE, THEORY = ("final", "practical"), ("final", "theory")

MAY: Mapping[str, str] = {
    "setting_up.set_up": "makes a competition of its own",
    "competitions.create_competition": "makes a competition of its own",
    "exchange.take_in": "makes a competition of its own; a code that is there is refused",
    "history.erase_person": "a person has a right to it, whatever becomes of a result",
    "locking.reopen": "is the way to change a result, with a reason",
    "supposing.open_what_if": "writes a line of the history and nothing else",
    "upkeep.note_restored": "writes a line of the history and nothing else",
    "staff.add": "people of the staff lead to no result",
    "staff.change": "people of the staff lead to no result",
    "staff.signed_in": "people of the staff lead to no result",
    "staff.set_own_passphrase": "people of the staff lead to no result",
    "staff.guessed_wrong": "people of the staff lead to no result",
    "certificates.mark_printed": "papers are made from a result and lead to none",
    "certificates.void": "papers are made from a result and lead to none",
    "registration.accept": "new entries: `test_registration` holds that a locked event takes none",
    "scores_import.take_scores": "goes through `direct_scores.put_scores`, which is called below",
}
"""What may be done on a locked event, or is held elsewhere, and why."""


def at(c: Any) -> MarkPlace:
    return MarkPlace(c.work, 1, c.judges[0], "p")


CALLS: Mapping[str, Callable[[Any], Any]] = {
    "organisations.part_organisations": lambda c: c.do(organisations.part_organisations, c.merged),
    "judging.open_module": lambda c: c.do(judging.open_module, c.event, *HERE),
    "judging.confirm_sheet": lambda c: c.do(judging.confirm_sheet, c.work, 1, c.judges[0]),
    "judging.enter_mark": lambda c: c.do(judging.enter_mark, at(c), Decimal(1), reason="更正"),
    "judging.enter_marks": lambda c: c.do(judging.enter_marks, [(at(c), Decimal(1))], reason="更正"),
    "judging.enter_absent": lambda c: c.do(judging.enter_absent, c.work, 1, c.judges[0], reason="更正"),
    "judging.clear_mark": lambda c: c.do(judging.clear_mark, at(c), reason="更正"),
    "judging.restore_mark": lambda c: c.do(judging.restore_mark, at(c), 0, reason="更正"),
    "judging.restore_marks": lambda c: c.do(judging.restore_marks, [(at(c), 0, 1)]),
    "judging.enter_second": lambda c: c.do(judging.enter_second, at(c), Decimal(1)),
    "direct_scores.enter_score": lambda c: c.do(
        direct_scores.enter_score, c.event, *THEORY, c.entries[0], Decimal(1), reason="更正"
    ),
    "direct_scores.enter_scores": lambda c: c.do(
        direct_scores.enter_scores, c.event, *THEORY, [ScoreGiven(c.entries[0], Decimal(1))], reason="更正"
    ),
    "direct_scores.put_scores": lambda c: c.do(
        direct_scores.put_scores, c.event, *THEORY, [ScoreGiven(c.entries[0], Decimal(1))], reason="更正"
    ),
    "direct_scores.restore_scores": lambda c: c.do(
        direct_scores.restore_scores, c.event, *THEORY,
        [(ScoreState(c.entries[0], (None,), True), ScoreState(c.entries[0], (Decimal(90),), False))],
        reason="更正",
    ),
    "floor_record.record_many": lambda c: c.do(
        floor_record.record_many, c.event, *HERE, seconds={c.entries[0]: Decimal(9)}, submitted={}
    ),
    "floor_record.record_absent": lambda c: c.do(floor_record.record_absent, c.entries[0], *HERE),
    "rulings.record_absence": lambda c: c.do(rulings.record_absence, c.entries[0], *HERE),
    "rulings.withdraw_absence": lambda c: c.do(rulings.withdraw_absence, c.entries[0], *HERE),
    "rulings.record_time": lambda c: c.do(rulings.record_time, c.entries[0], *HERE, Decimal(60)),
    "rulings.record_submission": lambda c: c.do(
        rulings.record_submission, c.entries[0], *HERE, "2025-09-01T10:42:00+08:00"
    ),
    "rulings.add_penalty": lambda c: c.do(
        rulings.add_penalty, c.entries[0], points=Decimal(1), reason="超时"
    ),
    "rulings.withdraw_penalty": lambda c: c.do(rulings.withdraw_penalty, c.penalty, "误记"),
    "rulings.withdraw_entry": lambda c: c.do(rulings.withdraw_entry, c.entries[0], "书面申请"),
    "rulings.disqualify": lambda c: c.do(rulings.disqualify, c.entries[0], "替考"),
    "rulings.out_of_competition": lambda c: c.do(rulings.out_of_competition, c.entries[0], "表演"),
    "rulings.reinstate": lambda c: c.do(rulings.reinstate, c.entries[0], "更正"),
    "rulings.decide_tie": lambda c: c.do(rulings.decide_tie, c.event, ["002", "001"], "复核"),
    "rulings.record_lot": lambda c: c.do(rulings.record_lot, c.event, ["002", "001"]),
    "rulings.accept_question": lambda c: c.do(
        rulings.accept_question, c.event, "judge_gap", "复核", number="001"
    ),
    "rulings.confirm_advanced": lambda c: c.do(rulings.confirm_advanced, c.event, "final", ["001"]),
    "rulings.withdraw_ruling": lambda c: c.do(rulings.withdraw_ruling, c.ruling, "更正"),
    "going_on.confirm_advance": lambda c: c.do(
        going_on.confirm_advance, c.event, "final", ["002"], "更正"
    ),
    "going_on.take_next": lambda c: c.do(going_on.take_next, c.event, "final", "004", "递补"),
    "undoing.take_back": lambda c: c.do(undoing.take_back, c.seq, "撤销"),
    "locking.lock": lambda c: c.do(locking.lock, c.event),
    "competitions.edit_competition": lambda c: c.do(
        competitions.edit_competition, c.competition, organisers=["总工会"],
        starts_on="2025-09-01", ends_on="2025-09-02",
    ),
    "competitions.create_event": lambda c: c.do(
        competitions.create_event, c.competition, code="CNC", name="数控", plan=json.dumps(plan())
    ),
    "competitions.edit_event": lambda c: c.do(competitions.edit_event, c.event, double_entry=True),
    "competitions.set_plan": lambda c: c.do(
        competitions.set_plan, c.event, json.dumps(plan(POINTS)), reason="更正"
    ),
    "competitions.set_divisions": lambda c: c.do(
        competitions.set_divisions, c.event, [("W", "职工组")]
    ),
    "schedule.add_items": lambda c: c.do(schedule.add_items, c.competition, [c.slot]),
    "schedule.change_item": lambda c: c.do(schedule.change_item, c.item, replace(c.slot, name="开幕式")),
    "schedule.remove_items": lambda c: c.do(schedule.remove_items, [c.item]),
    "panels.add_judge": lambda c: c.do(
        panels.add_judge, c.event, "J9", name="新裁判", modules=[HERE], organisation_id=c.units[0]
    ),
    "panels.edit_judge": lambda c: c.do(
        panels.edit_judge, c.judges[0], name="裁判", organisation_id=c.units[0], role="judge", group="A"
    ),
    "panels.pass_seat": lambda c: c.do(
        panels.pass_seat, c.judges[0], "新裁判", organisation_id=c.units[0]
    ),
    "panels.assign": lambda c: c.do(panels.assign, c.judges[0], []),
    "panels.remove_judge": lambda c: c.do(panels.remove_judge, c.judges[0]),
    "panels.give_back_seat": lambda c: c.do(panels.give_back_seat, c.judges[0]),
    "panel_desk.add_judges": lambda c: c.do(
        panel_desk.add_judges, c.event, [JudgeLine(1, "新裁判", "单位0", Role.JUDGE, "", "")], [HERE]
    ),
    "panel_desk.remove_judges": lambda c: c.do(panel_desk.remove_judges, [c.judges[0]]),
    "panel_desk.change_seat": lambda c: c.do(
        panel_desk.change_seat, c.judges[0], "裁判1", "单位0", Role.JUDGE, "A"
    ),
    "panel_desk.hand_seat": lambda c: c.do(panel_desk.hand_seat, c.judges[0], "新裁判", "单位0"),
    "organisations.add_organisation": lambda c: c.do(
        organisations.add_organisation, "新单位", competition_id=c.competition
    ),
    "organisations.edit_organisation": lambda c: c.do(
        organisations.edit_organisation, c.judging_unit, parent_id=c.units[1]
    ),
    "organisations.merge_organisations": lambda c: c.do(
        organisations.merge_organisations, c.units[1], c.judging_unit
    ),
    "organisations.remove_organisation": lambda c: c.do(organisations.remove_organisation, c.empty),
    "organisations.invite": lambda c: c.do(organisations.invite, c.competition, [c.judging_unit]),
    "organisations.uninvite": lambda c: c.do(organisations.uninvite, c.competition, c.spare),
    "organisations.tell_apart": lambda c: c.do(organisations.tell_apart, c.units[0], c.units[1]),
    "organisation_lists.take_units": lambda c: c.do(
        organisation_lists.take_units, c.competition,
        [UnitLine(1, "另一单位", "", "enterprise", "", "", "", "")],
    ),
    "organisation_lists.take_over": lambda c: c.do(
        organisation_lists.take_over, c.competition, c.earlier
    ),
    "registration_review.pass_registrations": lambda c: c.do(review.pass_registrations, [c.registration]),
    "registration_review.hand_back": lambda c: c.do(review.hand_back, [c.registration], "缺证件"),
    "registration_review.refuse": lambda c: c.do(review.refuse, [c.registration], "非职工"),
    "registration_review.settle": lambda c: c.do(
        review.settle, c.registration, "id_check_digit", "已核对"
    ),
    "registration_review.correct": lambda c: c.do(review.correct, c.registration, "name", "改名"),
    "certificates.issue": lambda c: c.do(certificates.issue, c.event),
}  # fmt: skip
"""Each right used on the locked event, in the way that could move its result most."""


OTHERWISE = {"floor_record.record_absent": "has marks"}
"""What is refused for a reason of its own before the lock is asked."""

HARMLESS = {
    "competitions.edit_competition", "competitions.create_event", "schedule.add_items",
    "schedule.change_item", "schedule.remove_items", "organisations.add_organisation",
    "organisations.remove_organisation", "organisations.invite", "organisations.uninvite",
    "organisations.tell_apart", "organisation_lists.take_units", "organisation_lists.take_over",
    "registration_review.pass_registrations", "registration_review.hand_back",
    "registration_review.settle", "registration_review.correct", "certificates.issue",
}  # fmt: skip
"""What goes through beside a locked result: it moves nothing of it."""


@pytest.fixture
def locked(workspace: Workspace, organiser: Actor) -> Any:
    """Two stages, all marked, one gone and a seat free, prizes; J1 could become of 002's group."""
    rules = plan(POINTS, conflict={"mode": "set_aside", "up_to": ["E1"]})
    theory = {"code": "t", "kind": "direct", "full": 100, "weight": 1}
    rules["stages"].insert(0, {"code": "pre", "modules": [theory], "advance": {"count": 3}})
    rules["awards"] = {"levels": [{"name": "一等奖", "count": 1}]}
    c: Any = Contest(workspace, organiser, entries=4, judges=2, rules=rules)
    c.judging_unit, c.spare, c.empty = (
        c.do(organisations.add_organisation, name) for name in ("裁判单位", "未参赛单位", "空单位")
    )
    old = c.do(organisations.add_organisation, "旧单位", parent_id=c.units[1])
    union = c.do(organisations.add_organisation, "总工会", kind="union")
    c.do(organisations.edit_organisation, c.judging_unit, parent_id=union)
    c.do(organisations.invite, c.competition, [c.spare])
    for judge, unit in zip(c.judges, (c.judging_unit, old), strict=True):
        seat = {"name": "裁判", "role": "judge", "group": None}
        c.do(panels.edit_judge, judge, organisation_id=unit, **seat)
    c.earlier = c.do(competitions.create_competition, "OLD", "往届")
    c.slot = schedule.Slot("领队会", date(2025, 9, 1), time(8), time(9), event_id=c.event)
    (c.item,) = c.do(schedule.add_items, c.competition, [replace(c.slot, place="甲厅")])
    for place, entry in enumerate(c.entries):
        c.do(direct_scores.enter_score, c.event, "pre", "t", entry, Decimal(90 - place))
    mark_all(c)
    c.work = c.ask(marking_grid.grid, c.event, *HERE, c.judges[0]).rows[0].work_id
    c.penalty = c.do(rulings.add_penalty, c.entries[1], points=Decimal(1), stage="final", reason="超时")
    c.ruling = c.do(rulings.decide_tie, c.event, ["001", "002"], "复核", stage="final")
    c.do(going_on.confirm_advance, c.event, "final")
    _, c.seq = workspace.numbered(organiser, rulings.withdraw_entry, c.entries[2], "因病")
    (c.registration,) = c._insert([
        Registration(competition_id=c.competition, event_id=c.event, contestant_id=1, entry_id=c.entries[0],
                     received_at="2025-08-01T00:00:00+00:00")
    ])  # fmt: skip
    c.merged = c.do(organisations.merge_organisations, old, c.judging_unit)
    c.do(locking.lock, c.event)
    return c


def test_no_right_moves_a_locked_result(locked: Any) -> None:
    assert MAY.keys() | CALLS.keys() == access.RIGHTS.keys(), "a new right: say here what it does to a lock"
    assert not MAY.keys() & CALLS.keys()
    result, wrong, done = locked.ask(results.event_result, locked.event), [], set()
    for name, call in CALLS.items():
        try:
            call(locked)
            done.add(name)
        except Refusal as refusal:
            if OTHERWISE.get(name, "lock") not in str(refusal):
                wrong.append((name, str(refusal)))
        if locked.ask(results.recomputed, locked.event) != result:
            wrong.append((name, "the locked result is another one"))
    assert not wrong, "\n".join(map(str, wrong))
    assert locked.ask(locking.lock_state, locked.event).locked
    assert done == HARMLESS
