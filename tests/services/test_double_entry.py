"""Double entry: every mark that counts was typed alike by two people, corrected ones too."""

from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace, SheetState
from competition_app.services.judging.sheet_rows import GridRow
from competition_app.services.results import results
from competition_app.services.workspace import Workspace
from competition_app.store import database
from competition_app.store.models import Staff

TWO = [{"code": "A", "kind": "points", "max": 50}, {"code": "B", "kind": "points", "max": 50}]
JIA, YI, BING = (Actor(name, Role.ORGANISER, "test") for name in ("甲", "乙", "丙"))


class Sheet:
    """The first sheet of an event with double entry."""

    def __init__(self, contest: Contest) -> None:
        self.contest, self.judge = contest, contest.judges[0]
        self.work = self.row().work_id

    def row(self) -> GridRow:
        asked = (self.contest.event, "final", "practical", self.judge)
        return self.contest.ask(marking_grid.grid, *asked).rows[0]

    def place(self, code: str) -> MarkPlace:
        return MarkPlace(self.work, 1, self.judge, code)

    def first(self, actor: Actor, code: str, value: int, **more: Any) -> SheetState:
        do = self.contest.workspace.do
        return do(actor, judging.enter_mark, self.place(code), Decimal(value), **more).sheet

    def second(self, actor: Actor, code: str, value: int) -> SheetState:
        do = self.contest.workspace.do
        return do(actor, judging.enter_second, self.place(code), Decimal(value)).sheet

    def confirm(self, actor: Actor) -> SheetState:
        self.contest.workspace.do(actor, judging.confirm_sheet, self.work, 1, self.judge)
        return self.row().state


@pytest.fixture
def sheet(workspace: Workspace, organiser: Actor) -> Sheet:
    return Sheet(Contest(workspace, organiser, entries=2, rules=plan(TWO), double_entry=True))


@pytest.fixture
def counting(sheet: Sheet) -> Sheet:
    """A sheet that counts: 甲 typed it, 乙 typed it again."""
    for actor, typed in ((JIA, sheet.first), (YI, sheet.second)):
        typed(actor, "A", 40)
        typed(actor, "B", 10)
    assert sheet.row().state is SheetState.CONFIRMED
    return sheet


def test_nobody_types_a_mark_of_their_own_again_on_a_sheet_two_began(sheet: Sheet) -> None:
    sheet.first(JIA, "A", 40)
    assert sheet.first(YI, "B", 10) is SheetState.ENTERED
    with pytest.raises(Refusal, match="another person"):
        sheet.second(JIA, "A", 40)
    assert sheet.second(JIA, "B", 10) is SheetState.ENTERED
    assert sheet.second(YI, "A", 40) is SheetState.CONFIRMED


def test_a_first_typing_corrected_by_the_second_person_is_typed_by_another(sheet: Sheet) -> None:
    sheet.first(JIA, "A", 40)
    sheet.first(JIA, "B", 14)
    sheet.second(YI, "A", 40)
    assert sheet.second(YI, "B", 41) is SheetState.ENTERED
    assert sheet.first(YI, "B", 41) is SheetState.ENTERED
    with pytest.raises(Refusal, match="both times"):
        sheet.confirm(BING)
    assert sheet.second(JIA, "B", 41) is SheetState.CONFIRMED


def test_one_person_under_two_names_is_one(sheet: Sheet) -> None:
    (key,) = sheet.contest._insert([Staff(name="王芳", role=Role.ORGANISER.value)])
    before, after = (Actor(name, Role.ORGANISER, "test", key) for name in ("王芳", "王方"))
    sheet.first(before, "A", 40)
    sheet.first(before, "B", 10)
    engine = database.writing(sheet.contest.workspace.path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET name = '王方'")
    engine.dispose()
    with pytest.raises(Refusal, match="another person"):
        sheet.second(after, "A", 40)


def test_a_person_is_the_same_before_and_after_entering_the_staff(sheet: Sheet) -> None:
    sheet.first(JIA, "A", 40)
    sheet.first(JIA, "B", 10)
    (key,) = sheet.contest._insert([Staff(name=JIA.name, role=Role.ORGANISER.value)])
    with pytest.raises(Refusal, match="another person"):
        sheet.second(Actor(JIA.name, Role.ORGANISER, "test", key), "A", 40)


def test_a_correction_waits_for_another_person(counting: Sheet) -> None:
    assert counting.first(JIA, "A", 5, reason="漏看") is SheetState.ENTERED
    standing = counting.contest.ask(results.event_result, counting.contest.event).divisions[0].standings[0]
    assert standing.total is None
    with pytest.raises(Refusal, match="another person"):
        counting.second(JIA, "A", 5)
    with pytest.raises(Refusal, match="differ in A"):
        counting.confirm(YI)
    assert counting.second(YI, "A", 5) is SheetState.CONFIRMED


def test_a_correction_undone_counts_again(counting: Sheet) -> None:
    counting.first(JIA, "A", 5, reason="漏看")
    do = counting.contest.workspace.do
    assert do(JIA, judging.restore_mark, counting.place("A"), 1).sheet is SheetState.CONFIRMED
