"""Rows of forms held against the rules: each problem code, which keep a row out, what is never guessed."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from competition_app.domain.registration.eligibility import Eligibility
from competition_app.domain.registration.registration import (
    BLOCKING,
    HEADS,
    BookRead,
    Column,
    EventRules,
    ImportReport,
    Known,
    RowRead,
    ScreenedRow,
    Standing,
    TableRead,
    cell_name,
)
from competition_app.domain.registration.registration_screening import screen
from competition_app.domain.registration.writing import Cell

PLACES = {role: place for place, role in enumerate(HEADS)}
COLUMNS = {role: Column(HEADS[role], place) for role, place in PLACES.items()}
UAV = EventRules("UAV", "无人机装调检修工", ("无人机",))
DUO = EventRules("DUO", "工业互联网应用(双人赛)", team_min=2, team_max=2)


def number(order: int = 1, born: str = "19900101") -> str:
    body = f"219900{born}{order:03}"
    return body + calc_check_digit(body + "0")


def person(order: int = 1, **cells: Cell) -> dict[str, Cell]:
    row: dict[str, Cell] = {
        "name": "张三李四王五赵六"[order % 7 : order % 7 + 2], "id_number": number(order),
        "organisation": "甲厂", "event": "无人机装调检修工",
    }  # fmt: skip
    row.update(cells)
    return {role: cell for role, cell in row.items() if cell != ""}


def book(*rows: Mapping[str, Cell], file: str = "a.xlsx", sheet: str = "表", **above: str) -> BookRead:
    reads = tuple(
        RowRead(line, {role: cell for role, cell in row.items() if role in HEADS},
                {role: str(cell) for role, cell in row.items() if role not in HEADS})
        for line, row in enumerate(rows, 2)
    )  # fmt: skip
    others = {"现技能等级": Column("现技能等级", 20)}
    return BookRead(
        file, (TableRead(sheet, COLUMNS, others, reads, above.get("event"), above.get("organisation")),)
    )


def rows(report: ImportReport) -> list[ScreenedRow]:
    return [row for file in report.files for row in file.rows]


def codes(*given_rows: Mapping[str, Cell], known: Known | None = None) -> list[list[str]]:
    report = screen([book(*given_rows)], known or Known((UAV, DUO)))
    return [[problem.code for problem in row.problems] for row in rows(report)]


def only(row: Mapping[str, Cell], known: Known | None = None) -> ScreenedRow:
    return rows(screen([book(row)], known or Known((UAV, DUO))))[0]


def test_a_sound_row() -> None:
    row = only(person(1, phone="138-1234-5678", birth_date="1990.1", sex="男", 现技能等级="高级工"))
    assert row.problems == ()
    assert row.accepted
    assert (row.phone, row.birth_date, row.event) == ("13812345678", "1990-01-01", "UAV")
    assert row.fields == {"现技能等级": "高级工"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": ""}, "name_missing"),
        ({"id_number": ""}, "id_missing"),
        ({"id_number": 2.19900197904218e17}, "id_digits_lost"),
        ({"id_number": "219900197207156251"}, "id_check_digit"),
        ({"id_number": "2199001987080460"}, "id_length"),
        ({"organisation": ""}, "organisation_missing"),
        ({"event": ""}, "event_missing"),
        ({"event": "有人机"}, "event_unknown"),
        ({"birth_date": "1991.1"}, "birth_mismatch"),
        ({"sex": "女"}, "sex_mismatch"),
        ({"sex": "?"}, "not_in_list"),
        ({"phone": "12345"}, "phone_invalid"),
        ({"现技能等级": "三级"}, "not_in_list"),
    ],
)
def test_each_problem_of_a_row(cells: dict[str, Cell], code: str) -> None:
    row = only(person(1, **cells))
    assert [problem.code for problem in row.problems] == [code]
    assert row.accepted is (code not in BLOCKING)


def test_a_problem_names_column_cell_and_what_was_typed() -> None:
    problem = only(person(1, id_number=" 2199001987080460")).problems[0]
    assert problem.more == {
        "role": "id_number",
        "column": "身份证号码",
        "value": " 2199001987080460",
        "cell": "C2",
    }


def test_a_form_without_the_column_has_no_cell() -> None:
    bare = TableRead("表", {"name": Column("姓名", 0)}, {}, (RowRead(2, {"name": "张三"}, {}),))
    row = rows(screen([BookRead("a.xlsx", (bare,))], Known((UAV,))))[0]
    assert [problem.code for problem in row.problems] == [
        "id_missing",
        "organisation_missing",
        "event_missing",
    ]
    assert [problem.more["column"] for problem in row.problems] == ["身份证号码", "参赛单位", "参赛项目"]
    assert all("cell" not in problem.more for problem in row.problems)


@given(st.integers(0, 99))
def test_a_number_that_cannot_be_trusted_is_never_handed_on(order: int) -> None:
    wrong = number(order)[:-1] + ("0" if number(order)[-1] != "0" else "1")
    row = only(person(order % 7, id_number=wrong))
    assert row.id_number is None
    assert row.birth_date is None


@pytest.mark.parametrize(
    "typed", ["无人机装调检修工", " 无人机装调 检修工", "无人机", "uav", "无人机装调检修工赛项"]
)
def test_names_of_an_event(typed: str) -> None:
    assert only(person(1, event=typed)).event == "UAV"


def test_an_event_nearly_named_is_offered_not_taken() -> None:
    row = only(person(1, event="无人机装调检修"))
    assert row.event is None
    assert "无人机装调检修工" in str(row.problems[0].said)


def test_where_an_event_is_named() -> None:
    bare = person(1, event="")
    known = Known((UAV, DUO))
    assert rows(screen([book(bare, event="无人机")], known))[0].event == "UAV"
    assert rows(screen([book(bare, sheet="无人机装调检修工")], known))[0].event == "UAV"
    assert rows(screen([book(bare)], known, default_event="UAV"))[0].event == "UAV"


def test_the_unit_above_the_table_counts() -> None:
    assert (
        rows(screen([book(person(1, organisation=""), organisation="乙厂")], Known((UAV,))))[0].organisation
        == "乙厂"
    )


def test_the_later_of_two_rows_is_out() -> None:
    report = screen([book(person(1), person(1)), book(person(1), file="b.xlsx")], Known((UAV,)))
    assert [row.accepted for row in rows(report)] == [True, False, False]
    again = rows(report)[2].problems[0]
    assert again.code == "id_repeated"
    assert "a.xlsx" in str(again.said)
    assert "2" in str(again.said)


def test_one_person_in_two_events() -> None:
    other = EventRules("AI", "人工智能训练师")
    assert codes(person(1), person(1, event="AI"), known=Known((UAV, other))) == [[], []]
    strict = EventRules("AI", "人工智能训练师", eligibility=Eligibility(one_event=True))
    assert codes(person(1), person(1, event="AI"), known=Known((UAV, strict))) == [[], ["not_eligible"]]


def test_one_number_beside_two_names() -> None:
    other = EventRules("AI", "人工智能训练师")
    found = codes(person(1), person(1, name="别人", event="AI"), known=Known((UAV, other)))
    assert found == [[], ["id_repeated"]]
    assert codes(person(1), known=Known((UAV,), people={number(1): "别人"})) == [["id_repeated"]]


def test_already_registered() -> None:
    standing = Standing(7, "UAV", "乙厂", "三李", number(1), "waiting")
    row = only(person(1), Known((UAV,), (standing,)))
    assert [problem.code for problem in row.problems] == ["already_registered"]
    assert "乙厂" in str(row.problems[0].said)


@pytest.mark.parametrize(
    ("state", "stored", "typed", "resumes"),
    [
        ("returned", number(1), None, True),
        ("waiting", number(1), None, False),
        ("problem", None, "219900199001010000", True),
        ("waiting", None, "219900199001010000", False),
    ],
)
def test_a_returned_row_is_taken_up_again(
    state: str, stored: str | None, typed: str | None, resumes: bool
) -> None:
    name = str(person(1)["name"])
    standing = Standing(7, "UAV", "甲厂", name, stored, state, typed)
    row = only(person(1), Known((UAV,), (standing,)))
    assert row.resumes == (7 if resumes else None)
    assert row.accepted is resumes


WEI = Standing(
    7, "UAV", "甲厂", "张伟", None, "problem", "219900196001011000", None, "13812345678", "1960-01-01"
)


@pytest.mark.parametrize(
    ("cells", "others", "resumes"),
    [
        ({}, (), None),
        ({"phone": "13812345678"}, (), 7),
        ({"id_number": number(1, "19600101")}, (), 7),
        ({"phone": "13812345678"}, (WEI._replace(registration=8),), None),
    ],
    ids=["name only", "phone", "birth date", "two of the name"],
)
def test_a_name_alone_takes_up_nobody(
    cells: dict[str, Cell], others: tuple[Standing, ...], resumes: int | None
) -> None:
    row = only(person(1, name="张伟", **cells), Known((UAV,), (WEI, *others)))
    assert (row.accepted, row.resumes) == (True, resumes)
    assert [problem.code for problem in row.problems] == ([] if resumes else ["namesake"])


@pytest.mark.parametrize("state", ["returned", "problem"])
def test_a_registration_is_taken_up_once(state: str) -> None:
    known = Known((UAV,), (WEI._replace(state=state),))
    rows = [person(order, name="张伟", phone="13812345678") for order in (1, 2)]
    assert codes(*rows, known=known) == [[], ["id_repeated"]]


def test_the_same_wrong_number_sent_again_is_already_registered() -> None:
    wrong = "219900197207156251"
    standing = Standing(7, "UAV", "甲厂", str(person(1)["name"]), None, "problem", wrong)
    row = only(person(1, id_number=wrong), Known((UAV,), (standing,)))
    assert "already_registered" in [problem.code for problem in row.problems]


def test_quotas_count_what_stands_already() -> None:
    limited = EventRules("UAV", "无人机装调检修工", quota=2)
    standing = Standing(7, "UAV", "甲 厂", "某", number(9), "passed")
    found = codes(person(1), person(2), person(3, organisation="乙厂"), known=Known((limited,), (standing,)))
    assert found == [[], ["quota_exceeded"], []]


def test_rows_for_a_locked_event_are_refused_one_by_one() -> None:
    known = Known((UAV, EventRules("ROBOT", "工业机器人", locked=True)))
    assert codes(person(1), person(2, event="工业机器人"), known=known) == [[], ["event_locked"]]


def pair(team: str, one: int, other: int) -> list[dict[str, Cell]]:
    return [person(order, event="DUO", team=team) for order in (one, other)]


def test_teams_of_the_right_size() -> None:
    assert codes(*pair("一队", 1, 2), *pair("二队", 3, 4)) == [[], [], [], []]
    assert codes(*pair("一队", 1, 2), person(3, event="DUO", team="一队")) == [["team_size"]] * 3
    assert codes(person(1, event="DUO", team="一队")) == [["team_size"]]


def test_a_team_with_a_blocked_member_stays_out_whole() -> None:
    one, other = pair("一队", 1, 2)
    assert codes(one, {**other, "id_number": ""}) == [["team_size"], ["id_missing"]]


def test_quotas_of_teams_count_teams() -> None:
    limited = EventRules("DUO", "工业互联网应用(双人赛)", team_min=2, team_max=2, quota=1)
    found = codes(*pair("一队", 1, 2), *pair("二队", 3, 4), known=Known((limited,)))
    assert found == [[], [], ["quota_exceeded"], ["quota_exceeded"]]


def test_units_nearly_alike_are_asked_about_never_merged() -> None:
    near = ("沈东燃气安装集团", "沈东然气安装集团有限公司", "沈阳市沈东燃气安装集团有限公司")
    known = Known((UAV,), organisations=("沈东燃气安装集团有限公司",))
    for name in near:
        row = only(person(1, organisation=name), known)
        assert [problem.code for problem in row.problems] == ["organisation_similar"]
        assert row.accepted
        assert row.organisation == name
    for name in ("沈东燃气安装集团有限公司", "沈东燃气安装集团 有限公司", "沈东公交第二分公司"):
        assert only(person(1, organisation=name), known).problems == ()


def test_units_told_apart_by_a_numeral_are_not_alike() -> None:
    known = Known((UAV,), organisations=("沈东公交第一客运公司", "浑南供热公司"))
    assert only(person(1, organisation="沈东公交第二客运公司"), known).problems == ()
    assert only(person(1, organisation="浑北供热公司"), known).problems == ()


@pytest.mark.parametrize(
    ("rules", "born", "met"),
    [
        ({"age_min": 16}, "20090901", True),
        ({"age_min": 16}, "20090902", False),
        ({"age_max": 45}, "19800901", True),
        ({"age_max": 45}, "19790901", False),
        ({"born_from": "1980-01-01"}, "19791231", False),
        ({"born_until": "2000-01-01"}, "20000101", True),
    ],
)
def test_eligibility_counts_at_the_cut_off_date(rules: dict[str, object], born: str, met: bool) -> None:
    event = EventRules("UAV", "无人机装调检修工", eligibility=Eligibility.of(rules, "2025-09-01"))
    row = only(person(1, id_number=number(1, born)), Known((event,)))
    assert [problem.code for problem in row.problems] == ([] if met else ["not_eligible"])


@pytest.mark.parametrize(("typed", "near"), [("三级", "高级工"), ("2级", "技师"), ("高工", None)])
def test_a_grade_is_offered_as_the_level_it_stands_for(typed: str, near: str | None) -> None:
    problem = only(person(1, 现技能等级=typed)).problems[0]
    assert problem.code == "not_in_list"
    assert problem.more.get("near") == near


def test_levels_and_employment_as_conditions() -> None:
    rules = Eligibility.of({"levels": ["高级工", "技师"], "employment": ["在职"]})
    known = Known((EventRules("UAV", "无人机装调检修工", eligibility=rules),))
    assert only(person(1, 现技能等级="高级工/三级", employment="在职"), known).accepted
    assert not only(person(1, 现技能等级="中级工"), known).accepted
    assert not only(person(1, employment="退休"), known).accepted
    assert only(person(1), known).accepted


def test_divisions() -> None:
    event = EventRules("UAV", "无人机装调检修工", divisions=(("W", "职工组"), ("S", "学生组")))
    assert only(person(1, division=" 职工组"), Known((event,))).division == "W"
    wrong = only(person(1, division="青年组"), Known((event,)))
    assert [problem.code for problem in wrong.problems] == ["not_in_list"]
    assert wrong.accepted
    assert [problem.code for problem in only(person(1), Known((event,))).problems] == ["not_in_list"]
    single = EventRules("UAV", "无人机装调检修工", divisions=(("W", "职工组"),))
    assert only(person(1), Known((single,))).division == "W"


def test_one_bad_row_may_hold_back_its_file() -> None:
    books = [book(person(1), person(2, name="")), book(person(3), file="b.xlsx")]
    report = screen(books, Known((UAV,)), all_or_nothing=True)
    assert [file.held for file in report.files] == [True, False]
    assert (report.accepted, report.refused) == (1, 2)


def test_other_papers() -> None:
    row = only(person(1, id_kind="护照", id_number="E12345678", birth_date=date(1990, 1, 1), sex="女"))
    assert (row.id_kind, row.id_number, row.birth_date, row.sex) == (
        "passport",
        "E12345678",
        "1990-01-01",
        "女",
    )
    assert row.problems == ()
    typed = only(person(1, id_kind="护照", id_number="E12345678", birth_date=datetime(1990, 1, 2)))  # noqa: DTZ001
    assert typed.birth_date == "1990-01-02"


def test_a_birth_date_nobody_can_read_is_kept_as_it_stands() -> None:
    row = only(person(1, birth_date="属马"))
    assert row.fields == {"出生年月": "属马"}
    assert row.problems == ()


def test_coaches_are_parted() -> None:
    assert only(person(1, coaches="林晓东、郑 建国；林晓东")).coaches == ("林晓东", "郑建国")


@given(st.permutations(range(5)))
def test_who_is_taken_does_not_depend_on_the_order_of_strangers(order: list[int]) -> None:
    found = screen([book(*(person(number) for number in order))], Known((UAV,)))
    assert found.accepted == 5


@pytest.mark.parametrize(("place", "name"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7")])
def test_cell_names(place: int, name: str) -> None:
    assert cell_name(7, place) == name


NASTY = "<b>&amp;</b>R&D =cmd|' /C calc'!A0 <img src=x>"


def test_a_nasty_text_stays_itself_in_every_field() -> None:
    row = only(
        person(1, name=NASTY, organisation=NASTY, team=NASTY, role=NASTY, coaches=NASTY, 备注=NASTY + "\x01")
    )
    assert (row.name, row.organisation, row.team, row.role, row.coaches) == (
        NASTY,
        NASTY,
        NASTY,
        NASTY,
        (NASTY,),
    )
    assert row.fields["备注"] == NASTY + "\x01"
