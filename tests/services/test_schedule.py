"""日程: items added, changed, taken away, undone; the day to show; rows pasted; packages with it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from competition_app.documents.packages.package import package_bytes, read_package
from competition_app.domain.errors import Refusal
from competition_app.i18n import words as zh
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, schedule, setting_up
from competition_app.services.competitions.schedule import Slot
from competition_app.services.competitions.schedule_rows import day_of, event_of, kind_of, rows, time_of
from competition_app.services.exchange import exchange
from competition_app.services.history import history_told
from competition_app.services.judging import undoing
from competition_app.services.workspace import Workspace, open_workspace
from tests.documents.packages import WHOLE, changed, errors, saved

DAY = date(2025, 9, 2)
SLOT = Slot("无人机第 1 场", DAY, time(8, 30), time(11, 30), "实训楼 A201")
SCHEDULE = [
    {"name": "颁奖", "place": "报告厅", "starts": "2025-09-02T17:00", "ends": "2025-09-02T18:00",
     "kind": "ceremony"},
    {"name": "无人机第 1 场", "event": "UAV", "starts": "2025-09-01T08:30", "ends": "2025-09-01T11:30"},
]  # fmt: skip


@pytest.fixture
def competition(workspace: Workspace, organiser: Actor) -> int:
    key = workspace.do(organiser, competitions.create_competition, "C", "竞赛", starts_on="2025-09-01")
    assert isinstance(key, int)
    return key


def words(workspace: Workspace, competition: int) -> list[str]:
    return [item.slot.name for item in workspace.ask(schedule.items, competition)]


def test_items_stand_in_the_order_of_time(workspace: Workspace, organiser: Actor, competition: int) -> None:
    late = Slot("颁奖", DAY, time(17), time(18), kind="ceremony")
    workspace.do(organiser, schedule.add_items, competition, [late, SLOT])
    first, second = workspace.ask(schedule.items, competition)
    assert (first.slot, first.minutes, first.event) == (SLOT, (510, 690), None)
    assert second.slot == late


def test_change_and_removal_are_taken_back_out_of_the_history(
    workspace: Workspace, organiser: Actor, competition: int
) -> None:
    (key,), added = workspace.numbered(organiser, schedule.add_items, competition, [SLOT])
    later = Slot("无人机第 2 场", DAY, time(13), time(16), "A305")
    _, altered = workspace.numbered(organiser, schedule.change_item, key, later)
    workspace.do(organiser, undoing.take_back, altered, "")
    assert words(workspace, competition) == ["无人机第 1 场"]
    _, gone = workspace.numbered(organiser, schedule.remove_items, [key])
    assert words(workspace, competition) == []
    workspace.do(organiser, undoing.take_back, gone, "")
    assert workspace.ask(schedule.items, competition)[0].slot == SLOT
    workspace.do(organiser, undoing.take_back, added, "")
    assert words(workspace, competition) == []


def test_the_history_tells_what_was_changed_and_taken_away(
    workspace: Workspace, organiser: Actor, competition: int
) -> None:
    (key,) = workspace.do(organiser, schedule.add_items, competition, [SLOT])
    moved = replace(SLOT, place="A305", ends=time(12))
    _, altered = workspace.numbered(organiser, schedule.change_item, key, moved)
    told = list(workspace.ask(history_told.log_rows, [altered], zh("zh")))
    _, gone = workspace.numbered(organiser, schedule.remove_items, [key])
    told += workspace.ask(history_told.log_rows, [gone], zh("zh"))
    assert [(row.done, row.subject, row.change) for row in told] == [
        ("修改了日程", "无人机第 1 场", "地点 实训楼 A201 → A305"),
        ("删除了日程", "无人机第 1 场", "内容 无人机第 1 场 → —"),
    ]


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        (Slot("  ", DAY, time(8), time(9)), "content is missing"),
        (Slot("长" * 201, DAY, time(8), time(9)), "201 characters, 200 at most"),
        (Slot("甲", DAY, time(9), time(9)), "甲 ends at 09:00, which is not later"),
        (Slot("甲", DAY, time(8, 0, 1), time(8, 0, 59)), "甲 ends at 08:00, which is not later"),
        (Slot("甲", DAY, time(8), time(9), event_id=77), "event is no longer there"),
        (Slot("甲", DAY, time(8), time(9), kind="party"), "no kind party"),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_item_is_refused_whole(
    workspace: Workspace, organiser: Actor, competition: int, slot: Slot, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        workspace.do(organiser, schedule.add_items, competition, [SLOT, slot])
    assert words(workspace, competition) == []


def test_the_same_item_is_not_added_twice(workspace: Workspace, organiser: Actor, competition: int) -> None:
    workspace.do(organiser, schedule.add_items, competition, [SLOT])
    with pytest.raises(Refusal, match="at 2025-09-02 08:30 stands in the timetable already"):
        workspace.do(organiser, schedule.add_items, competition, [SLOT])
    (other,) = workspace.do(organiser, schedule.add_items, competition, [replace(SLOT, name="另")])
    with pytest.raises(Refusal, match="stands in the timetable already"):
        workspace.do(organiser, schedule.change_item, other, SLOT)
    workspace.do(organiser, schedule.change_item, other, replace(SLOT, name="另", place="馆"))
    with pytest.raises(Refusal, match="nothing to add"):
        workspace.do(organiser, schedule.add_items, competition, [])
    with pytest.raises(Refusal, match="no longer in the timetable"):
        workspace.do(organiser, schedule.remove_items, [99])


@pytest.mark.parametrize(
    ("now", "shown", "number", "minute"),
    [
        (datetime(2025, 9, 2, 14, 32, tzinfo=UTC), date(2025, 9, 2), 2, 872),
        (datetime(2025, 8, 20, 9, 0, tzinfo=UTC), date(2025, 9, 2), 2, None),
        (datetime(2025, 9, 3, 9, 0, tzinfo=UTC), date(2025, 9, 5), 5, None),
        (datetime(2025, 9, 9, 9, 0, tzinfo=UTC), date(2025, 9, 5), 5, 1440),
    ],
)
def test_the_day_to_show(
    workspace: Workspace, organiser: Actor, competition: int,
    now: datetime, shown: date, number: int, minute: int | None,
) -> None:  # fmt: skip
    assert workspace.ask(schedule.day_plan, competition, now) is None
    workspace.do(organiser, schedule.add_items, competition,
                 [SLOT, Slot("闭幕", date(2025, 9, 5), time(9), time(10))])  # fmt: skip
    found = workspace.ask(schedule.day_plan, competition, now)
    assert found is not None
    assert (found.day, found.number, found.now, len(found.items)) == (shown, number, minute, 1)
    assert found.today is (now.date() == shown)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8:30", time(8, 30)), ("08：30", time(8, 30)), ("14:05:00", time(14, 5)), ("8点30分", time(8, 30)),
        ("下午2:30", time(14, 30)), ("上午 9点", time(9)), ("8.30", time(8, 30)), ("25:00", None),
        ("8:75", None), ("", None), ("早上", None),
    ],
)  # fmt: skip
def test_times_as_people_write_them(text: str, found: time | None) -> None:
    assert time_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-09-02", DAY), ("2025/9/2", DAY), ("2025年9月2日", DAY), ("9月2日", DAY), ("9.2", DAY),
        ("9月2日（星期二）", DAY), ("9月2日 周二", DAY), ("2025-09-02 00:00:00", DAY), ("9月31日", None),
        ("第一天", None), ("", None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text: str, found: date | None) -> None:
    assert day_of(text, 2025) == found


def test_rows_are_pasted_without_a_head_with_merged_cells_left_empty() -> None:
    text = "9月2日\t8:30\t11:30\tA201\t无人机第 1 场\r\n\t13:00\t16:00\t\t领队会\r\n\n"
    text += "9月3日\t9:00\t9:30\t厅\t颁奖\n"
    found = rows(text, {"无人机": 7, "无人": 8}, date(2025, 9, 1), date(2026, 1, 1))
    assert found == (
        Slot("无人机第 1 场", DAY, time(8, 30), time(11, 30), "A201", 7),
        Slot("领队会", DAY, time(13), time(16), "A201", None, "meeting"),
        Slot("颁奖", date(2025, 9, 3), time(9), time(9, 30), "厅", None, "ceremony"),
    )


def test_rows_are_pasted_under_a_head_in_any_order() -> None:
    text = "内容\t场地\t日期\t时间\t赛项\n第 1 场\tA201\t2026-09-02\t8:30-11:30\t无人机\n"
    (slot,) = rows(text, {"无人机": 7}, None, date(2026, 1, 1))
    assert slot == Slot("第 1 场", date(2026, 9, 2), time(8, 30), time(11, 30), "A201", 7)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing was copied"),
        ("明天\t8:30\t9:30\tA\t甲", "Row 1: “明天” is no day"),
        ("\t8:30\t9:30\tA\t甲", "Row 1: “” is no day"),
        ("9月2日\t8:30\t9:30\tA\t甲\n\t25:00\t9:30\tA\t乙", "Row 2: “25:00” is no time"),
        ("9月2日\t8:30", "Row 1: “” is no time"),
        ("9月2日\t8:30\t9:30\tA\t", "Row 1 has no content"),
        ("日期\t开始\t结束\t内容\n9月2日\t9:30\t8:30\t甲", "Row 2 ends at 08:30"),
    ],
)
def test_a_wrong_row_is_named(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        rows(text, {}, None, DAY)


def test_words_tell_the_kind_and_the_event() -> None:
    names = ("申诉受理", "颁奖", "领队会", "选手检录", "午餐", "无人机第 1 场")
    assert [kind_of(name) for name in names] == [
        "appeals", "ceremony", "meeting", "meeting", "other", "contest",
    ]  # fmt: skip
    assert event_of("信号工第 3 场", {"信号工": 3, "无人机": 7}) == 3


def test_a_package_with_a_timetable_comes_back_equal(tmp_path: Path, organiser: Actor) -> None:
    file = saved(tmp_path, json.dumps(changed("competition.schedule", SCHEDULE)).encode())
    written = []
    for n in range(2):
        with open_workspace(tmp_path / f"{n}.db") as store:
            exchange.import_package(store, organiser, file)
            file = tmp_path / f"{n}.competition.json"
            package = exchange.export_package(store, "SZ", file, "2025-09-02T18:00:00+08:00")
            written.append(file.read_bytes())
            first, second = store.ask(schedule.items, 1)
            assert (first.event, first.slot.kind, second.slot.place) == ("无人机", "contest", "报告厅")
    assert written[0] == written[1]
    assert [item.name for item in package.competition.schedule] == ["颁奖", "无人机第 1 场"]


def test_next_years_competition_begins_without_this_years_timetable(
    workspace: Workspace, organiser: Actor, competition: int
) -> None:
    workspace.do(organiser, schedule.add_items, competition, [SLOT])
    workspace.do(organiser, setting_up.set_up, setting_up.Beginning("D", "下一届"), previous="C")
    new = next(row.id for row in workspace.ask(competitions.competitions) if row.code == "D")
    assert words(workspace, new) == []
    assert words(workspace, competition) == ["无人机第 1 场"]


def test_a_package_without_one_says_nothing_of_it(tmp_path: Path) -> None:
    package = read_package(saved(tmp_path, json.dumps(WHOLE).encode())).package
    assert b"schedule" not in package_bytes(package)


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("event", "XX", "competition.schedule[0].event"),
        ("starts", "2025-02-30T08:00", "competition.schedule[0].starts"),
        ("ends", "2025-09-02T16:00", "competition.schedule[0].ends"),
        ("ends", "2025-09-03T01:00", "competition.schedule[0].ends"),
        ("starts", "8:30", "competition.schedule[0].starts"),
        ("kind", "party", "competition.schedule[0].kind"),
        ("name", "", "competition.schedule[0].name"),
    ],
)
def test_a_wrong_item_of_a_package_is_told_with_its_path(key: str, value: str, path: str) -> None:
    assert list(errors(changed("competition.schedule", [SCHEDULE[0] | {key: value}]))) == [path]
