"""Registration on a real store and real forms: read, looked through, taken in, told, sent back."""

import json
import shutil
from pathlib import Path

import pytest
from contest import plan
from registration_desk import FORMS, TRADES, Desk, desk, form, set_up

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.competitions import competitions
from competition_app.services.registration import organisations, registration
from competition_app.services.registration import registration_review as review
from competition_app.services.registration import registration_rows as lists
from competition_app.store import database
from competition_app.store.models import Contestant, Entry, Membership, Person

__all__ = ["desk", "set_up"]


@pytest.mark.parametrize("name", ["titled", "merged", "numbers", "fullwidth", "gbk", "teams"])
def test_the_document_of_an_import_is_as_expected(desk: Desk, name: str) -> None:
    expected = json.loads((FORMS / f"{name}.expect.json").read_text(encoding="utf-8"))
    told = registration.import_report_json(desk.take(form(name)), words("zh"))
    codes = {f"E{number}": trade for number, trade in enumerate(TRADES)} | {"DUO": "工业互联网应用(双人赛)"}
    rows = told["files"][0]["rows"]
    taken = [
        {key: row[key] for key in ("name", "sex", "phone", "id_number", "organisation")}
        | {"event": codes[row["event"]]}
        for row in rows if row["accepted"]
    ]  # fmt: skip
    assert taken == [{key: row[key] for key in taken[0]} for row in expected["rows"]]
    errors = [(row["row"], problem["column"]) for row in rows for problem in row["problems"]]
    assert errors == [(error["row"], error["column"]) for error in expected["errors"]]
    assert told["accepted"] == len(expected["rows"])
    assert len(desk.rows()) == len(expected["rows"])
    json.dumps(told)


def test_the_document_says_all_the_page_promises(desk: Desk) -> None:
    told = registration.import_report_json(desk.take(form("fullwidth")), words("zh"))
    assert (told["accepted"], told["refused"]) == (9, 1)
    row = next(row for row in told["files"][0]["rows"] if row["row"] == 6)
    assert row["id_number"] is None
    assert row["accepted"] is True
    problem = row["problems"][0]
    assert {
        "column": "身份证号",
        "code": "id_check_digit",
        "value": "219900197207156251",
        "cell": "D6",
    }.items() <= problem.items()
    assert "校验位不对" in problem["message"]
    merged = registration.import_report_json(desk.take(form("merged")), words("zh"))
    assert merged["files"][0]["ignored"] == [{"sheet": "填表说明", "why": "这张工作表没有报名表的表头。"}]


def test_rows_for_a_locked_event_are_refused_and_the_others_taken(desk: Desk) -> None:
    engine = database.writing(desk.workspace.path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET state = 'locked' WHERE code = 'E0'")
    engine.dispose()
    report = desk.take(form("fullwidth"))
    out = [row.event for row in report.files[0].rows if not row.accepted]
    assert "E0" in out
    assert report.accepted > 0
    assert all(row.event != "E0" for row in report.files[0].rows if row.accepted)


def test_looking_first_writes_nothing(desk: Desk) -> None:
    books = registration.read_books([form("titled")])
    report = desk.workspace.ask(registration.preview, desk.competition, books)
    assert report.accepted == 14
    assert desk.rows() == ()


def test_several_files_and_what_comes_of_them(desk: Desk) -> None:
    report = desk.take(form("titled"), form("merged"), form("gbk"))
    assert report.accepted == 14 + 20 + 6
    counts = desk.workspace.ask(lists.registration_counts, desk.competition)
    assert counts.all == 40
    assert counts.units == counts.units_sent == 4
    numbers = [row.number for row in desk.rows(event="E0")]
    assert numbers == [f"{number:03}" for number in range(1, len(numbers) + 1)]


def test_the_same_file_again_adds_nothing(desk: Desk) -> None:
    desk.take(form("fullwidth"))
    before = desk.rows()
    report = desk.take(form("fullwidth"))
    assert report.accepted == 0
    assert {problem.code for file in report.files for row in file.rows for problem in row.problems} >= {
        "already_registered"
    }
    assert desk.rows() == before


def test_a_team_is_one_entry_with_roles_and_coaches(desk: Desk) -> None:
    desk.take(form("teams"))
    rows = desk.rows()
    assert [(row.team, row.role, row.number) for row in rows[:3]] == [
        ("沈东地铁一队", "队长", "001"), ("沈东地铁一队", "队员", "001"), ("浑北供热二队", "队长", "002"),
    ]  # fmt: skip
    assert desk.count(Entry) == 4
    assert desk.count(Membership) == 8
    assert desk.detail(rows[0].id).coaches == ("林晓东",)


def test_an_event_whose_plan_ranks_teams_takes_teams(desk: Desk) -> None:
    rules = json.dumps({**plan(), "entry": "team"})
    desk.workspace.do(
        desk.actor, competitions.create_event, desk.competition, code="T", name="班组赛", plan=rules
    )
    people = [
        [name, "", number, "", "甲厂", "班组赛", "一班"]
        for name, number in (("卢艳", "219900197510233145"), ("郭勇", "219900197108113698"))
    ]
    assert desk.take(desk.file(*people)).accepted == 2
    assert {(row.team, row.number) for row in desk.rows()} == {("一班", "001")}


def test_a_person_in_two_events_is_one_person(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师"]
    desk.take(desk.file(one))
    desk.take(desk.file([*one[:5], "数据安全管理员"], name="b.xlsx"))
    assert len(desk.rows()) == 2
    assert desk.count(Person) == desk.count(Contestant) == 1
    assert desk.count(Entry) == 2


def test_one_bad_row_may_hold_back_its_file(desk: Desk) -> None:
    report = desk.take(form("fullwidth"), form("gbk"), all_or_nothing=True)
    assert report.accepted == 6
    assert report.files[0].held
    assert len(desk.rows()) == 6


def test_an_event_for_rows_that_name_none(desk: Desk) -> None:
    path = desk.file(["张三", "女", "219900197510233145", "13812345678", "甲厂", ""])
    assert desk.take(path).accepted == 0
    assert desk.take(path, event="E2").accepted == 1
    with pytest.raises(Refusal, match="no event X"):
        desk.take(path, event="X")


def test_a_broken_file_among_sound_ones(desk: Desk) -> None:
    broken = desk.folder / "坏.xlsx"
    broken.write_bytes(b"%PDF")
    report = desk.take(broken, form("gbk"))
    assert report.accepted == 6
    told = registration.import_report_json(report, words("zh"))
    assert "坏.xlsx" in told["files"][0]["refused"]
    assert "refused" not in told["files"][1]


def test_reading_can_be_stopped() -> None:
    heard: list[tuple[int, int, str]] = []

    def progress(done: int, of: int, name: str) -> bool:
        heard.append((done, of, name))
        return done < 1

    books = registration.read_books([form("gbk"), form("titled")], progress)
    assert [book.file for book in books] == ["gbk.csv"]
    assert heard == [(0, 2, "gbk.csv"), (1, 2, "titled.xlsx")]


def test_marked_workbooks_go_back_one_or_several(desk: Desk) -> None:
    one = desk.folder / "back.xlsx"
    (marked,) = registration.write_reports([form("numbers")], desk.take(form("numbers")), one, words("zh"))
    assert (marked.path, marked.cells, marked.converted) == (one, 2, False)
    other = desk.folder / "b"
    other.mkdir()
    twin = Path(shutil.copy(form("fullwidth"), other / "numbers.xls"))
    report = desk.take(form("numbers"), twin)
    several = registration.write_reports([form("numbers"), twin], report, desk.folder / "out", words("zh"))
    assert [found.path.name for found in several] == ["numbers.xlsx", "numbers (2).xlsx"]
    assert [found.converted for found in several] == [False, True]


def test_forms_go_out_to_each_unit_and_only_to_their_competition(desk: Desk) -> None:
    add = organisations.add_organisation
    units = [desk.workspace.do(desk.actor, add, name) for name in ("甲/乙厂", "丙厂")]
    forms = desk.workspace.ask(registration.registration_forms, desk.competition, units)
    paths = registration.write_forms(forms, desk.folder / "out", words("zh"))
    assert [path.name for path in paths] == ["甲_乙厂.xlsx", "丙厂.xlsx"]
    assert desk.take(*paths).accepted == 0
    other = desk.workspace.do(desk.actor, competitions.create_competition, "B", "别的竞赛")
    report = desk.workspace.ask(registration.preview, other, registration.read_books(paths[:1]))
    assert "SZ2025" in str(report.files[0].refusal)
    with pytest.raises(Refusal, match="no events"):
        desk.workspace.ask(registration.registration_forms, other)


SAME = [
    ["张伟", "", "219900197510233145", "13812345678", "甲厂", "人工智能训练师"],
    ["张伟", "", "219900197108113698", "13912345678", "甲厂", "人工智能训练师"],
]


def test_two_of_one_name_stay_two_people(desk: Desk) -> None:
    desk.take(desk.file(["张伟", "", 219900196001011000.0, "13712345678", "甲厂", "人工智能训练师"]))
    first = desk.rows()[0].id
    report = desk.take(desk.file(*SAME, name="b.xlsx"))
    assert [row.resumes for row in report.files[0].rows] == [None, None]
    assert desk.count(Person) == len(desk.rows()) == 3
    assert desk.detail(first).phone == "13712345678"
    for row in desk.rows()[1:]:
        assert [problem.code for problem in desk.detail(row.id).problems] == ["namesake"]
        desk.workspace.do(desk.actor, review.correct, row.id, "phone", "13612345678")
        assert [problem.code for problem in desk.detail(row.id).problems] == ["namesake"]


def test_one_of_two_of_one_name_takes_up_what_agrees(desk: Desk) -> None:
    desk.take(desk.file(["张伟", "", float(SAME[0][2]), "", "甲厂", "人工智能训练师"]))
    first = desk.rows()[0].id
    report = desk.take(desk.file(*SAME, name="b.xlsx"))
    assert [row.resumes for row in report.files[0].rows] == [first, None]
    assert [desk.detail(row.id).id_number for row in desk.rows()] == [SAME[0][2], SAME[1][2]]


NASTY = "<b>R&D</b> =cmd|' /C calc'!A0 <img src=\"file:///x\">"


def test_a_nasty_text_goes_through_every_field_and_comes_back(desk: Desk) -> None:
    desk.event("N", NASTY, team_min=1, team_max=2)
    desk.take(
        desk.file([NASTY, "女", "219900197510233145", "13812345678", NASTY, NASTY, NASTY, NASTY + "\x01"])
    )
    (row,) = desk.rows()
    assert (row.name, row.organisation, row.event, row.team) == (NASTY, NASTY, NASTY, NASTY)
    assert row.level == NASTY + "\x01"
    detail = desk.detail(row.id)
    assert detail.fields["现技能等级"] == NASTY + "\x01"
    assert NASTY in words("zh").say(detail.problems[0])
