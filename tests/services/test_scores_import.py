"""Workbooks of scores: rows found by entry number or ID number, wrong ones refused by row and cell."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from contest import Contest

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.judging import direct_scores, scores_import
from competition_app.services.judging.scores_import import ScoreReport
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

THEORY = ("final", "theory")


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser, entries=12)


def book(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("成绩")
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(line, column, value)
    return path


def taken(contest: Contest, file: Path, **more: Any) -> ScoreReport:
    return scores_import.import_scores(
        contest.workspace, contest.actor, file, contest.event, "theory", **more
    )


def scores(contest: Contest) -> dict[str, str | None]:
    sheet = contest.ask(direct_scores.score_sheet, contest.event, *THEORY)
    return {row.number: "缺考" if row.absent else row.scores[0].text for row in sheet}


def test_scores_by_number_and_by_id_number(contest: Contest, tmp_path: Path) -> None:
    file = book(
        tmp_path / "理论.xlsx",
        [
            ["2025年理论考试成绩表"],
            [],
            ["序号", "参赛编号", "姓名", "身份证号码", "理论成绩"],
            [1, "001", "选手1", None, 88.5],
            [2, None, "选手2", "110101199001010001", "９０分"],
            [3, 3, "选手3", None, "缺考"],
            ["备注：满分100"],
        ],
    )
    report = taken(contest, file)
    assert (report.accepted, report.refused, report.column) == (3, 0, "理论成绩")
    assert [row.row for row in report.rows] == [4, 5, 6]
    found = scores(contest)
    assert (found["001"], found["002"], found["003"], found["004"]) == ("88.5", "90", "缺考", None)
    facts = contest.ask(results.facts_for, contest.event)
    assert ("final", "theory", "003") in facts.absences


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["099", "某人", 80], "entry_unknown", "编号"),
        (["001", "选手1", 101], "score_out_of_range", "成绩"),
        (["001", "选手1", "八十"], "score_unreadable", "成绩"),
        (["001", "选手1", None], "score_missing", "成绩"),
        (["001", "选手2", 80], "name_differs", None),
        (["002", "选手2", 80], "entry_repeated", "编号"),
    ],
)
def test_a_wrong_row_is_refused_and_the_others_are_taken(
    contest: Contest, tmp_path: Path, row: list[Any], code: str, column: str | None
) -> None:
    file = book(tmp_path / "s.xlsx", [["编号", "姓名", "成绩"], ["002", "选手2", 70], row])
    report = taken(contest, file)
    assert (report.accepted, report.refused) == (1, 1)
    (problem,) = report.rows[1].problems
    assert (problem.code, problem.more["column"], report.rows[1].row) == (code, column, 3)
    found = scores(contest)
    assert (found["001"], found["002"]) == (None, "70")
    document = scores_import.scores_document(report, words("en"))
    assert document["rows"][1]["problems"][0]["code"] == code


def test_all_or_nothing_holds_back_the_whole_file(contest: Contest, tmp_path: Path) -> None:
    file = book(tmp_path / "s.xlsx", [["编号", "成绩"], ["001", 70], ["099", 80]])
    report = taken(contest, file, all_or_nothing=True)
    assert (report.accepted, report.refused) == (0, 2)
    assert scores(contest)["001"] is None


def test_the_same_file_again_changes_nothing_and_another_score_needs_a_reason(
    contest: Contest, tmp_path: Path
) -> None:
    file = book(tmp_path / "s.xlsx", [["编号", "成绩"], ["001", 70]])
    assert [row.changed for row in taken(contest, file).rows] == [True]
    assert [row.changed for row in taken(contest, file).rows] == [False]
    other = book(tmp_path / "t.xlsx", [["编号", "成绩"], ["001", 75]])
    assert taken(contest, other).rows[0].problems[0].code == "score_differs"
    assert taken(contest, other, reason="复核改分").accepted == 1
    assert scores(contest)["001"] == "75"


def sheet_of(tmp_path: Path, value: Any) -> Path:
    return book(tmp_path / "s.xlsx", [["编号", "成绩"], ["001", value], ["002", 60]])


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [("缺考", 95, "95"), ("缺考", "DNF", "DNF"), (90, "缺考", "缺考"), ("DNF", "缺考", "缺考"),
     ("DNF", 80, "80"), (80, "DNF", "DNF")],
)  # fmt: skip
def test_absence_failure_and_score_take_each_others_place_only_with_a_reason(
    contest: Contest, tmp_path: Path, first: Any, second: Any, stands: str
) -> None:
    taken(contest, sheet_of(tmp_path, first))
    before = scores(contest)["001"]
    report = taken(contest, sheet_of(tmp_path, second))
    assert [[problem.code for problem in row.problems] for row in report.rows] == [["score_differs"], []]
    assert scores(contest)["001"] == before
    assert [row.changed for row in taken(contest, sheet_of(tmp_path, first)).rows] == [False, False]
    report = taken(contest, sheet_of(tmp_path, second), reason="登记有误")
    assert [row.changed for row in report.rows] == [True, False]
    assert scores(contest)["001"] == stands
    held = contest.ask(direct_scores.score_sheet, contest.event, *THEORY)[0]
    assert (held.absent, held.scores[0].text) == (stands == "缺考", None if stands == "缺考" else stands)


def test_a_score_is_not_entered_over_a_recorded_absence(contest: Contest, tmp_path: Path) -> None:
    taken(contest, sheet_of(tmp_path, "缺考"))
    place = (contest.event, *THEORY, contest.entries[0])
    with pytest.raises(Refusal, match="001 is recorded as absent"):
        contest.do(direct_scores.enter_score, *place, Decimal(80), reason="补录")
    assert contest.do(direct_scores.enter_score, *place, None) == 0


def test_an_id_number_stored_as_a_number_is_never_guessed(contest: Contest, tmp_path: Path) -> None:
    file = book(tmp_path / "s.xlsx", [["身份证号", "成绩"], [110101199001010001, 70]])
    assert taken(contest, file).rows[0].problems[0].code == "id_digits_lost"


def test_among_several_columns_the_one_named_like_the_module_is_taken(
    contest: Contest, tmp_path: Path
) -> None:
    file = book(tmp_path / "s.xlsx", [["编号", "理论成绩", "实操成绩"], ["001", 70, 80]])
    assert taken(contest, file).column == "理论成绩"
    two = book(tmp_path / "t.xlsx", [["编号", "第一次成绩", "第二次成绩"], ["001", 70, 80]])
    with pytest.raises(Refusal, match="第一次成绩"):
        taken(contest, two)


def test_a_workbook_without_heads_and_a_module_with_sheets_are_refused(
    contest: Contest, tmp_path: Path
) -> None:
    file = book(tmp_path / "s.xlsx", [["001", 70]])
    with pytest.raises(Refusal, match=r"s\.xlsx has no line of heads"):
        taken(contest, file)
    with pytest.raises(Refusal, match="marked on sheets"):
        scores_import.import_scores(contest.workspace, contest.actor, file, contest.event, "practical")
