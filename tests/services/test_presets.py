"""The eight presets: places, prizes and tables as reckoned by hand, no warning in a plan, there and back."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from competition_app.documents.packages.package import package_bytes, read_package
from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan_warnings import plan_warnings
from competition_app.domain.ranking.result import CompetitionResult, EventResult, Standing, TableRow
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, setting_up
from competition_app.services.competitions.setting_up import Beginning
from competition_app.services.exchange import exchange
from competition_app.services.plans import plans
from competition_app.services.results import results
from competition_app.services.results.ranking_file import results_of
from competition_app.services.workspace import Workspace

PRESETS = Path(__file__).resolve().parents[2] / "resources" / "presets"
KEYS = [row.key for row in setting_up.presets()]
Row = tuple[str, int | None, str | None, str | None]


def file(key: str) -> Path:
    return PRESETS / f"{key}.json"


def ranked(key: str) -> CompetitionResult:
    return results_of(read_package(file(key)).package)


def rows(event: EventResult, place: int = -1) -> list[Row]:
    """Number, place, total and award of one division or stage, as printed."""
    return [(row.number, row.place, row.total, row.award) for row in event.divisions[place].standings]


def standing(event: EventResult, number: str) -> Standing:
    return next(row for row in event.divisions[-1].standings if row.number == number)


def table(found: tuple[TableRow, ...], starts: str) -> list[tuple[str, int, bool, Decimal]]:
    return [(r.code, r.place, r.shared, Decimal(r.points)) for r in found if r.code.startswith(starts)]


def test_every_preset_has_its_file_and_every_file_its_card() -> None:
    assert sorted(KEYS) == sorted(found.stem for found in PRESETS.glob("*.json"))
    assert len(KEYS) == 8


@pytest.mark.parametrize("key", KEYS)
def test_a_plan_of_a_preset_has_no_warning_and_its_card_tells_what_competes(key: str) -> None:
    package = read_package(file(key)).package
    for event in package.events:
        assert plan_warnings(event.plan) == [], event.code
    kind = next(row.kind for row in setting_up.presets() if row.key == key)
    assert kind in {event.plan.entry for event in package.events}


@pytest.mark.parametrize("key", KEYS)
def test_a_sample_leaves_nothing_open(key: str) -> None:
    for event in ranked(key).events:
        for division in event.divisions:
            assert division.open_questions == ()
            assert [row.number for row in division.standings if row.problems] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_preset_goes_through_the_store_and_comes_back_the_same(
    key: str, workspace: Workspace, organiser: Actor, tmp_path: Path
) -> None:
    taken = exchange.import_package(workspace, organiser, file(key))
    out = tmp_path / "out.competition.json"
    exchange.export_package(workspace, taken.code, out, "2026-09-19T18:00:00+08:00")
    back = read_package(out).package
    assert results_of(back) == ranked(key)
    again = back.model_copy(update={"exported_at": None})
    assert again.events[0].plan == read_package(file(key)).package.events[0].plan
    assert package_bytes(read_package(out).package) == out.read_bytes()


def test_individual_skills() -> None:
    """Theory × 0.3 + practical × 0.7, five judges without highest and lowest.

    001: 80 and 89 92 91 91 90 → (91 + 91 + 90) / 3 = 90.67: 24.00 + 63.47. 002: (88 + 86 + 87) / 3 − 2 off
    = 85: 27.00 + 59.50. 003: 76 and 91: 22.80 + 63.70, the same 86.50, before 002 by the practical. 004: a
    judge absent, 80 82 84 86 → 83: 21.00 + 58.10. 008: 15 + 56. 005: 18 + 52.5. 007 had a telephone, 006 did
    not come to the practical. Seven took part: 10 % → 1, 20 % → 2, 30 % → 3 prizes.
    """
    event = ranked("individual-skills").events[0]
    assert rows(event) == [
        ("001", 1, "87.47", "一等奖"), ("003", 2, "86.50", "二等奖"), ("002", 3, "86.50", "二等奖"),
        ("004", 4, "79.10", "三等奖"), ("008", 5, "71.00", "三等奖"), ("005", 6, "70.50", "三等奖"),
        ("007", None, None, None), ("006", None, None, None),
    ]  # fmt: skip
    # 003 holds the title already and is passed over
    assert [row.number for row in event.divisions[0].standings if row.titles] == ["001", "002"]
    assert standing(event, "007").status == "disqualified"
    assert standing(event, "006").status == "absent"


def test_pair_modules() -> None:
    """Modules × 0.2 0.3 0.3 0.2, judgement = mean of three ÷ 3 × most, rounded to 2.

    T1: A = 0.10 mm → 50, wired 20, (2+2+3)/9 × 20 = 15.56 → 85.56; B = 64 + 7/9 × 30 = 87.33; C = 72 + 13.33;
    D = 60 + 35.56: 17.11 + 26.20 + 25.60 + 19.11 = 88.02. T2: 14 + 30 + 24 + 18 (one judge absent in B) = 86;
    T3: 20 + 24 + 25.2 + 16.8 = 86, before T2 by C (84 > 80). T4 left before D: 20 + 27 + 30 + 0. T5: 63 − 3.
    T6, out of competition, has everything. Five took part: 1, 1, 2 prizes.
    """
    event = ranked("pair-modules").events[0]
    assert rows(event) == [
        ("T1", 1, "88.02", "一等奖"), ("T3", 2, "86.00", "二等奖"), ("T2", 3, "86.00", "三等奖"),
        ("T4", 4, "77.00", "三等奖"), ("T5", 5, "60.00", None), ("T6", 1, "100.00", None),
    ]  # fmt: skip


def test_team_of_three() -> None:
    """Posts ranked apart; a team is the sum of its three; a member without a total counts 0.

    A: 101 27 + 63, 201 24 + 64.4, 301 and 401 both 21 + 56: 3500 s before 3600 s. B: 202 27 + 63, 302 25.5 +
    (87 − 2) × 0.7, 102 24 + 56, 402 24.6 + 50.4. C: 303 26.4 + 61.6 = 28.5 + 59.5 of 403, practical first;
    103 21 + 49; 203 fell ill. Teams: T3 77 + 85 + 88 = 250; T1 90 + 80 + 70 and T4 77 + 75 + 88 both 240,
    practical 240 > 237; T2 88.4 + 90 + 0.
    """
    result = ranked("team-of-three")
    posts, teams = result.events
    assert rows(posts, 0) == [
        ("101", 1, "90.00", "一等奖"), ("201", 2, "88.40", "二等奖"), ("301", 3, "77.00", "三等奖"),
        ("401", 4, "77.00", "三等奖"),
    ]  # fmt: skip
    assert rows(posts, 1) == [
        ("202", 1, "90.00", "一等奖"), ("302", 2, "85.00", "二等奖"), ("102", 3, "80.00", "三等奖"),
        ("402", 4, "75.00", "三等奖"),
    ]  # fmt: skip
    assert rows(posts, 2) == [
        ("303", 1, "88.00", "一等奖"), ("403", 2, "88.00", "二等奖"), ("103", 3, "70.00", "三等奖"),
        ("203", None, None, None),
    ]  # fmt: skip
    assert rows(teams) == [
        ("T3", 1, "250.00", "一等奖"), ("T1", 2, "240.00", "二等奖"), ("T4", 3, "240.00", "三等奖"),
        ("T2", 4, "178.40", "三等奖"),
    ]  # fmt: skip
    # first 8, second 4, third 2. E3: 2+4+8+8, E1: 8+2+2+4, E2: 4+8+0+2, E4: 2+2+4+2
    assert table(result.organisations, "E") == [
        ("E3", 1, False, Decimal(22)), ("E1", 2, False, Decimal(16)), ("E2", 3, False, Decimal(14)),
        ("E4", 4, False, Decimal(10)),
    ]  # fmt: skip


def test_prelim_and_final() -> None:
    """Half of the seven who took part, upwards: 4; at most two a unit passes over 003; 84 = 84 lets both in.

    Theory × 0.3 + practical × 0.7: 002 27.9 + 63, 005 25.2 + 64.4, 004 27 + 59.5, 001 28.5 + 56, 006 25.2 +
    (64 − 4) × 0.7. Five in the final: 1, 1, 2 prizes.
    """
    event = ranked("prelim-and-final").events[0]
    first = event.divisions[0].standings
    assert [row.number for row in first if row.advances] == ["001", "002", "004", "005", "006"]
    assert [(row.number, row.place, row.shared) for row in first][4:6] == [("005", 5, True), ("006", 5, True)]
    assert rows(event) == [
        ("002", 1, "90.90", "一等奖"), ("005", 2, "89.60", "二等奖"), ("004", 3, "86.50", "三等奖"),
        ("001", 4, "84.50", "三等奖"), ("006", 5, "67.20", None),
    ]  # fmt: skip


def test_prelim_and_final_names_the_same_five_by_the_rule_alone() -> None:
    package = read_package(file("prelim-and-final")).package
    unconfirmed = package.events[0].model_copy(update={"advanced": {}})
    result = results_of(package.model_copy(update={"events": (unconfirmed,)}))
    going = [row.number for row in result.events[0].divisions[0].standings if row.advances]
    assert going == ["001", "002", "004", "005", "006"]


def test_innovation_roadshow() -> None:
    """Paper × 0.3 + show × 0.4 + defence × 0.3, highest and lowest dropped.

    P2: 90, 88, 86 → 27 + 35.2 + 25.8. P3: 85, 93 − 3 (over time), 85 → 25.5 + 36 + 25.5 = 87. P1: J5 is of
    the same unit and keeps away, the middle two of four: 87, 90, 83 → 26.1 + 36 + 24.9 = 87; the show is
    equal, the defence puts P3 first. P5: 70, 75 (a judge absent), 70 → 72. P4 missed the defence.
    """
    event = ranked("innovation-roadshow").events[0]
    assert rows(event) == [
        ("P2", 1, "88.00", "一等奖"), ("P3", 2, "87.00", "二等奖"), ("P1", 3, "87.00", "二等奖"),
        ("P5", 4, "72.00", "三等奖"), ("P4", None, None, None),
    ]  # fmt: skip


def test_speech() -> None:
    """Mean of seven without highest and lowest, three digits; six to eight minutes, 0.2 off from 8:11 on.

    02 spoke 8:12: 93 − 0.2 and 03: 92.8 are equal, who ran over time comes second. 01: 457.5 / 5.
    04: six judges, (89 + 90 + 91 + 92) / 4. 06: (85.1 + 85.2 + 85.2 + 85.4) / 4. 05 came late.
    """
    event = ranked("speech").events[0]
    assert rows(event) == [
        ("03", 1, "92.800", "特等奖"), ("02", 2, "92.800", "一等奖"), ("01", 3, "91.500", "一等奖"),
        ("04", 4, "90.500", "一等奖"), ("06", 5, "85.225", "二等奖"), ("05", None, None, None),
    ]  # fmt: skip


def test_work_team_season() -> None:
    """A quarter of each month: 2 points a percent of output over 80, 6 of quality over 95, 1.5 of energy.

    1: 81, 91, 95, 100 (a bonus never lifts over the full marks). 2: 65 75 85 91 → 79. 3: 81 in each month − 2
    for an accident = 79, after 2, which has no penalty. 4: 43, nothing in July, 62, 62.
    """
    result = ranked("work-team-season")
    assert rows(result.events[0]) == [
        ("1", 1, "91.75", "优胜班组"), ("2", 2, "79.00", "先进班组"), ("3", 3, "79.00", "先进班组"),
        ("4", 4, "41.75", None),
    ]  # fmt: skip
    assert standing(result.events[0], "1").titles == ("工人先锋号",)
    # 5 3 2 1 by place, added up to the enterprises
    assert table(result.organisations, "E") == [("E2", 1, False, Decimal(8)), ("E3", 2, False, Decimal(3))]


def test_paired_units() -> None:
    """Scheme × 0.4 + site × 0.6; points to both units.

    3 and 2: 34 + 54, equal in all, the chief judge decided for 3; 1: 36 + 48; 4: 28 + (71 − 1) × 0.6; of 5
    half did not come. 7 5 4 3 by place: 3 → E5 7, E6 7; 2 → E3 5 × 0.6, E4 5 × 0.4; 1 → E1 4, E2 4; 4 → E1 3,
    E4 3. E5 and E6 have a first, E1 has none.
    """
    result = ranked("paired-units")
    assert rows(result.events[0]) == [
        ("3", 1, "88.00", "一等奖"), ("2", 2, "88.00", "二等奖"), ("1", 3, "84.00", "二等奖"),
        ("4", 4, "70.00", "三等奖"), ("5", None, None, None),
    ]  # fmt: skip
    assert table(result.organisations, "E") == [
        ("E5", 1, True, Decimal(7)), ("E6", 1, True, Decimal(7)), ("E1", 3, False, Decimal(7)),
        ("E4", 4, False, Decimal(5)), ("E2", 5, False, Decimal(4)), ("E3", 6, False, Decimal(3)),
    ]  # fmt: skip


TOLD = Beginning("JS2026", "城建系统技能竞赛", "职业技术学院", "2026-09-18", "2026-09-19", ("市总工会",))


@pytest.mark.parametrize("key", KEYS)
def test_rules_only_bring_plans_and_no_people(key: str, workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, setting_up.set_up, TOLD, preset=key)
    made = workspace.ask(competitions.competition, "JS2026")
    assert (made.name, made.place, made.organisers, made.entries) == (TOLD.name, TOLD.place, ("市总工会",), 0)
    package = workspace.ask(exchange.package_of, "JS2026", "2026-09-01T00:00:00+08:00")
    assert (package.contestants, package.organisations, package.events[0].judges) == ((), (), ())
    own = read_package(file(key)).package
    assert [event.plan for event in package.events] == [event.plan for event in own.events]
    assert package.tables == own.tables


@pytest.mark.parametrize("key", KEYS)
def test_a_sample_can_be_taken_twice_and_shows_its_result(
    key: str, workspace: Workspace, organiser: Actor
) -> None:
    for code in ("A", "B"):
        told = Beginning(code, "试用")
        assert workspace.do(organiser, setting_up.set_up, told, preset=key, sample=True) == code
    own = ranked(key)
    for event in own.events:
        key_there = workspace.ask(competitions.find_event, event.event, "B")
        assert workspace.ask(results.event_result, key_there) == event


def test_named_events_keep_the_presets_rules_and_further_ones_take_the_first(
    workspace: Workspace, organiser: Actor
) -> None:
    names = ("电工岗位赛", "电工团体", "焊工岗位赛")
    workspace.do(organiser, setting_up.set_up, TOLD, preset="team-of-three", events=names)
    competition = workspace.ask(competitions.competition, "JS2026")
    events = workspace.ask(competitions.events, competition.id)
    assert [(event.name, event.code, event.entry) for event in events] == [
        ("电工岗位赛", "POST", "individual"), ("电工团体", "TEAM", "team"),
        ("焊工岗位赛", "E3", "individual"),
    ]  # fmt: skip
    third = workspace.ask(plans.plan_of, events[2].id)
    assert third == workspace.ask(plans.plan_of, events[0].id)


def test_an_earlier_competition_gives_rules_units_and_judges(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, setting_up.set_up, Beginning("OLD", "去年"), preset="speech", sample=True)
    workspace.do(organiser, setting_up.set_up, TOLD, previous="OLD")
    package = workspace.ask(exchange.package_of, "JS2026", "2026-09-01T00:00:00+08:00")
    event = package.events[0]
    assert (package.contestants, event.entries, event.marks, event.penalties) == ((), (), (), ())
    assert len(package.organisations) == 5
    assert [judge.code for judge in event.judges] == [f"J{n}" for n in range(1, 8)]
    assert event.plan == read_package(file("speech")).package.events[0].plan


def test_what_the_form_leaves_out_comes_from_the_sample_or_the_earlier_one(
    workspace: Workspace, organiser: Actor
) -> None:
    workspace.do(organiser, setting_up.set_up, Beginning("OLD", "去年"), preset="speech", sample=True)
    workspace.do(organiser, setting_up.set_up, Beginning("NEW", "今年"), previous="OLD")
    workspace.do(organiser, setting_up.set_up, Beginning("BARE", "空的"), preset="speech")
    found = {code: workspace.ask(competitions.competition, code) for code in ("OLD", "NEW", "BARE")}
    told = {code: (row.organisers, row.place, row.starts_on) for code, row in found.items()}
    assert told == {
        "OLD": (("云澜市总工会",), "云澜市工人文化宫", "2026-09-18"),
        "NEW": (("云澜市总工会",), "云澜市工人文化宫", None),
        "BARE": ((), None, None),
    }


def test_a_blank_competition_has_no_event(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, setting_up.set_up, TOLD)
    assert workspace.ask(competitions.competition, "JS2026").events == 0


def test_what_cannot_begin_is_refused(workspace: Workspace, organiser: Actor) -> None:
    with pytest.raises(Refusal, match="There is no preset chess"):
        workspace.do(organiser, setting_up.set_up, TOLD, preset="chess")
    with pytest.raises(Refusal, match="The name is missing"):
        workspace.do(organiser, setting_up.set_up, Beginning("X", " "), preset="speech")
    with pytest.raises(Refusal, match="This is no day"):
        workspace.do(organiser, setting_up.set_up, Beginning("X", "X", starts_on="20260918"), preset="speech")
    with pytest.raises(Refusal, match="has no event X"):
        setting_up.preset_plan("speech", "X")


def test_a_plan_can_be_taken_for_an_event_of_its_own() -> None:
    read = read_package(file("team-of-three")).package
    assert plans.plan_from(setting_up.preset_plan("team-of-three", "TEAM")) == read.events[1].plan
    assert plans.plan_from(setting_up.preset_plan("team-of-three")) == read.events[0].plan
    events = [
        (event.code, event.entry, event.team_max) for event in setting_up.preset_events("team-of-three")
    ]
    assert events == [("POST", "individual", 1), ("TEAM", "team", 3)]


@pytest.mark.parametrize("key", KEYS)
def test_in_english_the_rules_are_english_and_the_result_is_the_same(
    key: str, workspace: Workspace, organiser: Actor
) -> None:
    for event in setting_up.preset_events(key, "en"):
        assert not re.search("[一-鿿]", event.name + setting_up.preset_plan(key, event.code, "en"))
    workspace.do(
        organiser, setting_up.set_up, Beginning("EN", "Trial"), preset=key, sample=True, language="en"
    )
    package = workspace.ask(exchange.package_of, "EN", "2026-09-01T00:00:00+08:00")
    tables = [(row.code, row.place, row.points) for row in results_of(package).organisations]
    own = ranked(key)
    assert tables == [(row.code, row.place, row.points) for row in own.organisations]
    totals = [[row.total for d in event.divisions for row in d.standings] for event in own.events]
    there = results_of(package).events
    assert [[row.total for d in event.divisions for row in d.standings] for event in there] == totals
