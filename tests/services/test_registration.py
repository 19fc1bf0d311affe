"""Registration on a real store and real forms: taken in, told, reviewed, corrected, taken back."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from contest import plan

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services import competitions, organisations, registration
from competition_app.services import registration_review as review
from competition_app.services import registration_rows as lists
from competition_app.services.access import Actor
from competition_app.services.workspace import Workspace
from competition_app.store.models import Contestant, Entry, Membership, Organisation, Person

FORMS = Path(__file__).parents[1] / "files" / "forms"
TRADES = ("无人机装调检修工", "工业机器人系统操作员", "人工智能训练师", "数据安全管理员", "智能楼宇管理员")
HEADS = ["姓名", "性别", "身份证号码", "联系电话", "参赛单位", "参赛项目", "队名", "现技能等级"]


def form(name: str) -> Path:
    return next(path for path in FORMS.glob(f"{name}.*") if path.suffix != ".json")


class Desk:
    """The organiser's desk: a competition with six events, and the deeds of registration."""

    def __init__(self, workspace: Workspace, actor: Actor, folder: Path) -> None:
        self.workspace, self.actor, self.folder = workspace, actor, folder
        self.competition = workspace.do(actor, competitions.create_competition, "SZ2025", "数智竞赛",
                                        starts_on="2025-09-01")  # fmt: skip
        for number, name in enumerate(TRADES):
            self.event(f"E{number}", name)
        self.event("DUO", "工业互联网应用(双人赛)", team_min=2, team_max=2)

    def event(self, code: str, name: str, **more: Any) -> None:
        self.workspace.do(
            self.actor,
            competitions.create_event,
            self.competition,
            code=code,
            name=name,
            plan=json.dumps(plan()),
            **more,
        )

    def take(self, *paths: Path, **options: Any) -> registration.ImportReport:
        books = registration.read_books(paths)
        return self.workspace.do(self.actor, registration.accept, self.competition, books, **options)

    def file(self, *rows: list[Any], name: str = "a.xlsx") -> Path:
        path = self.folder / name
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEADS, *rows]):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
        return path

    def rows(self, **options: Any) -> tuple[lists.RegistrationRow, ...]:
        return self.workspace.ask(lists.registrations, self.competition, **options)

    def detail(self, key: int) -> lists.RegistrationDetail:
        return self.workspace.ask(lists.registration_detail, key)

    def count(self, model: type[Any]) -> int:
        return self.workspace.ask(lambda session: session.query(model).count())


@pytest.fixture
def desk(workspace: Workspace, organiser: Actor, tmp_path: Path) -> Desk:
    return Desk(workspace, organiser, tmp_path)


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


def bad_number(desk: Desk) -> lists.RegistrationRow:
    desk.take(form("fullwidth"))
    return next(row for row in desk.rows() if row.name == "黄志强")


def test_a_row_to_be_looked_at(desk: Desk) -> None:
    row = bad_number(desk)
    assert (row.state, row.bad, row.id_number, row.phone) == (
        "problem",
        ("id_number",),
        "2199****6251",
        "130****4914",
    )
    assert "219900197207156251" in row.search
    detail = desk.detail(row.id)
    assert detail.id_number == "219900197207156251"
    assert [problem.code for problem in detail.problems] == ["id_check_digit"]
    assert "校验位不对" in words("zh").say(detail.problems[0])
    assert not detail.may_pass


def test_correcting_the_number_clears_the_row(desk: Desk) -> None:
    row = bad_number(desk)
    with pytest.raises(Refusal, match="last digit"):
        desk.workspace.do(desk.actor, review.correct, row.id, "id_number", "219900197207156252")
    mended = desk.workspace.do(desk.actor, review.correct, row.id, "id_number", "219900197207156255")
    assert (mended.before, mended.problems_left) == ("219900197207156251", 0)
    detail = desk.detail(row.id)
    assert (detail.row.state, detail.id_number, detail.birth_date) == (
        "waiting",
        "219900197207156255",
        "1972-07-15",
    )
    assert detail.age == 53


def test_another_column_is_corrected_by_its_head(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师", "", "三级"]
    desk.take(desk.file(one))
    (row,) = desk.rows()
    assert (row.state, row.bad) == ("problem", ("现技能等级",))
    near = str(desk.detail(row.id).problems[0].more["near"])
    mended = desk.workspace.do(desk.actor, review.correct, row.id, "现技能等级", near)
    assert mended.before == "三级"
    assert (desk.rows()[0].state, desk.rows()[0].level) == ("waiting", "高级工")


def test_a_unit_is_corrected_to_another(desk: Desk) -> None:
    desk.take(form("gbk"))
    key = desk.rows()[0].id
    desk.workspace.do(desk.actor, review.correct, key, "organisation", "乙厂")
    assert desk.rows()[0].organisation == "乙厂"
    assert desk.rows()[1].organisation == "浑北建筑工程有限公司"
    desk.workspace.do(desk.actor, review.correct, key, "name", "陈 桂")
    assert desk.rows()[0].name == "陈桂"
    with pytest.raises(Refusal, match="not changed here"):
        desk.workspace.do(desk.actor, review.correct, key, "event", "E1")


def test_a_number_of_somebody_registered_is_refused_on_correcting(desk: Desk) -> None:
    row = bad_number(desk)
    other = next(found for found in desk.rows() if found.name == "卢艳")
    with pytest.raises(Refusal, match="another name"):
        desk.workspace.do(desk.actor, review.correct, row.id, "id_number", desk.detail(other.id).id_number)
    assert desk.detail(row.id).row.state == "problem"


def test_correcting_to_a_known_person_joins_the_two(desk: Desk) -> None:
    good = ["张三", "女", "219900197510233145", "13812345678", "甲厂"]
    desk.take(desk.file([*good, "人工智能训练师"]))
    desk.take(desk.file([*good[:2], "219900197510233146", *good[3:], "数据安全管理员"], name="b.xlsx"))
    assert desk.count(Person) == 2
    second = desk.rows()[1]
    desk.workspace.do(desk.actor, review.correct, second.id, "id_number", "219900197510233145")
    assert desk.count(Person) == desk.count(Contestant) == 1
    assert [row.state for row in desk.rows()] == ["waiting", "waiting"]
    assert desk.count(Membership) == 2


def test_a_returned_row_comes_back_mended(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师"]
    desk.take(desk.file(one))
    key = desk.rows()[0].id
    desk.workspace.do(desk.actor, review.hand_back, [key], "电话打不通")
    assert (desk.rows()[0].state, desk.rows()[0].reason) == ("returned", "电话打不通")
    desk.take(desk.file([*one[:3], "13912345678", *one[4:]], name="b.xlsx"))
    (row,) = desk.rows()
    assert (row.id, row.state, row.file) == (key, "waiting", "b.xlsx")
    assert desk.detail(key).phone == "13912345678"


def test_a_row_without_a_trusted_number_is_taken_up_again(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233146", "13812345678", "甲厂", "人工智能训练师"]
    desk.take(desk.file(one))
    key = desk.rows()[0].id
    report = desk.take(desk.file([*one[:2], "219900197510233145", *one[3:]], name="b.xlsx"))
    assert report.accepted == 1
    (row,) = desk.rows()
    assert (row.id, row.state, row.id_number) == (key, "waiting", "2199****3145")


def test_passing_waits_for_open_problems(desk: Desk) -> None:
    row = bad_number(desk)
    good = next(found for found in desk.rows() if found.name == "卢艳")
    with pytest.raises(Refusal, match="黄志强"):
        desk.workspace.do(desk.actor, review.pass_registrations, [good.id, row.id])
    assert next(found for found in desk.rows() if found.id == good.id).state == "waiting"
    desk.workspace.do(desk.actor, review.settle, row.id, "id_check_digit", "已核对证件原件")
    detail = desk.detail(row.id)
    assert detail.may_pass
    assert detail.settled[0].more["settled"] == "已核对证件原件"
    before = desk.workspace.do(desk.actor, review.pass_registrations, [good.id, row.id])
    assert [found.state for found in desk.rows() if found.state == "passed"] == ["passed"] * 2
    desk.workspace.do(desk.actor, review.restore, before)
    assert {found.state for found in desk.rows() if found.id in (good.id, row.id)} == {"waiting"}


def test_a_refused_entry_is_withdrawn_until_taken_back(desk: Desk) -> None:
    desk.take(form("gbk"))
    key = desk.rows()[0].id
    before = desk.workspace.do(desk.actor, review.refuse, [key], "非本单位职工")
    statuses = desk.workspace.ask(
        lambda session: [entry.status for entry in session.query(Entry).order_by(Entry.id)]
    )
    assert statuses == ["withdrawn", *["ranked"] * 5]
    desk.workspace.do(desk.actor, review.restore, before)
    assert desk.workspace.ask(lambda session: {entry.status for entry in session.query(Entry)}) == {"ranked"}


def test_a_reason_is_needed(desk: Desk) -> None:
    desk.take(form("gbk"))
    for deed in (review.hand_back, review.refuse):
        with pytest.raises(Refusal, match="reason"):
            desk.workspace.do(desk.actor, deed, [desk.rows()[0].id], " ")


def test_near_equal_units_are_joined_by_a_person_only(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "沈东燃气安装有限公司", "人工智能训练师"]
    other = ["李四", "男", "219900197108113698", "13812345679", "沈东然气安装有限公司", "人工智能训练师"]
    desk.take(desk.file(one), desk.file(other, name="b.xlsx"))
    assert desk.count(Organisation) == 2
    assert [row.state for row in desk.rows()] == ["waiting", "problem"]
    units = {row.name: row for row in desk.workspace.ask(organisations.organisations, desk.competition)}
    moved = desk.workspace.do(desk.actor, organisations.merge_organisations,
                              units["沈东然气安装有限公司"].id, units["沈东燃气安装有限公司"].id)  # fmt: skip
    assert moved == 1
    assert [(row.state, row.organisation) for row in desk.rows()] == [("waiting", "沈东燃气安装有限公司")] * 2
    (left,) = desk.workspace.ask(organisations.organisations, desk.competition)
    assert (left.code, left.entries, left.contestants) == ("E001", 2, 2)


def test_units_form_a_tree(desk: Desk) -> None:
    add = organisations.add_organisation
    city = desk.workspace.do(desk.actor, add, "市总工会", kind="union")
    branch = desk.workspace.do(desk.actor, add, "城建工会", kind="union", parent_id=city)
    desk.workspace.do(desk.actor, add, "某地铁集团", parent_id=branch, competition_id=desk.competition)
    rows = desk.workspace.ask(organisations.organisations, desk.competition)
    assert [(row.name, row.depth, row.code) for row in rows] == [
        ("市总工会", 0, None), ("城建工会", 1, None), ("某地铁集团", 2, "E001"),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="below itself"):
        desk.workspace.do(desk.actor, organisations.edit_organisation, city, parent_id=branch)
    with pytest.raises(Refusal, match="already there"):
        desk.workspace.do(desk.actor, add, " 市总 工会")
    with pytest.raises(Refusal, match="credit code"):
        desk.workspace.do(desk.actor, organisations.edit_organisation, branch, credit_code="123")


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


def test_forms_go_out_to_each_unit_and_only_to_their_competition(desk: Desk, workspace: Workspace) -> None:
    add = organisations.add_organisation
    units = [desk.workspace.do(desk.actor, add, name) for name in ("甲/乙厂", "丙厂")]
    forms = workspace.ask(registration.registration_forms, desk.competition, units)
    paths = registration.write_forms(forms, desk.folder / "out", words("zh"))
    assert [path.name for path in paths] == ["甲_乙厂.xlsx", "丙厂.xlsx"]
    assert desk.take(*paths).accepted == 0
    other = workspace.do(desk.actor, competitions.create_competition, "B", "别的竞赛")
    report = workspace.ask(registration.preview, other, registration.read_books(paths[:1]))
    assert "SZ2025" in str(report.files[0].refusal)
    with pytest.raises(Refusal, match="no events"):
        workspace.ask(registration.registration_forms, other)


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


def test_no_personal_value_stands_in_the_history(desk: Desk) -> None:
    row = bad_number(desk)
    desk.workspace.do(desk.actor, review.correct, row.id, "id_number", "219900197207156255")
    desk.workspace.do(desk.actor, review.correct, row.id, "phone", "13912345678")
    told = desk.workspace.ask(
        lambda session: " ".join(session.connection().exec_driver_sql("SELECT change FROM history").scalars())
    )
    for value in ("黄志强", "219900197207156251", "219900197207156255", "13912345678", "13038944914"):
        assert value not in told
