"""Which blank score sheets there are, and what their codes say when they are scanned again."""

from pathlib import Path
from typing import Any

import pytest
from contest import Contest, plan

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.judging import rulings, score_sheets
from competition_app.services.judging.score_sheets import Scanned, ScoreSheets
from competition_app.services.workspace import Workspace

ZH = words("zh")


def sheets(contest: Contest, module: str = "practical", **more: Any) -> ScoreSheets:
    asked = (contest.event, "final", module, "2025-09-01 18:20", ZH)
    return contest.ask(score_sheets.score_sheets, *asked, **more)


def whose(made: ScoreSheets) -> list[tuple[str, str]]:
    return [(head.judge, head.work) for head in made.heads]


def test_every_judge_has_a_sheet_for_each_work_they_owe(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=2, judges=2, conflict=True)
    contest.do(rulings.record_absence, contest.entries[1], "final", "practical")
    assert whose(sheets(contest)) == [("J2", "001")], "J1 is kept from 001, and 002 is not there"


def test_the_code_of_a_sheet_leads_back_to_it(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=2, coded=True, rules=plan(attempts={"count": 2}))
    made = sheets(contest)
    assert len({head.number for head in made.heads}) == 4
    head = made.heads[1]
    assert score_sheets.read_code(f"{head.code}:1\r\n") == Scanned(
        "UAV", "final", "practical", "J1", head.work, 2
    )
    assert head.code.isascii()
    assert made.form.coded
    assert score_sheets.read_code("001") is None


def test_spare_sheets_have_numbers_of_their_own(workspace: Workspace, organiser: Actor) -> None:
    made = sheets(Contest(workspace, organiser, entries=1), spare=2)
    assert [head.number for head in made.heads[1:]] == ["UAV-practical-备用-01", "UAV-practical-备用-02"]
    spare = score_sheets.read_code(made.heads[1].code)
    assert spare is not None
    assert (spare.work, spare.judge) == ("", "")


def test_where_there_is_nothing_to_print_it_is_said(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=1)
    with pytest.raises(Refusal, match="not marked on sheets"):
        sheets(contest, "theory")
    with pytest.raises(Refusal, match="J9 does not mark"):
        sheets(contest, only=["J9"])
    assert contest.ask(score_sheets.sheet_module, contest.event, None, None) == ("final", "practical")
    with pytest.raises(Refusal, match="No such module"):
        contest.ask(score_sheets.sheet_module, contest.event, None, "theory")


def test_sheets_are_saved_as_one_file(workspace: Workspace, organiser: Actor, tmp_path: Path) -> None:
    made = sheets(Contest(workspace, organiser, entries=2))
    assert score_sheets.save_sheets(made, tmp_path / "评分表.pdf", ZH) == 2
    assert (tmp_path / "评分表.pdf").read_bytes().startswith(b"%PDF")
