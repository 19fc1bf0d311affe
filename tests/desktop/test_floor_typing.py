"""Typed times and hand-ins: every way a desk writes them, and what is no time."""

from datetime import date, timedelta, timezone
from decimal import Decimal

import pytest

from competition_app.desktop.marking.floor.floor_typing import read_moment, read_time, shown_moment
from competition_app.domain.errors import Refusal

DAY, ZONE = date(2025, 9, 1), timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("8:15", "495"), ("08:15", "495"), ("0:08:15", "495"), ("495", "495"), (" 495 ", "495"),
        ("8：15", "495"), ("８：１５", "495"), ("8分15秒", "495"), ("8分15", "495"), ("8 分 15 秒", "495"),
        ("8分钟", "480"), ("15秒", "15"), ("8'15\"", "495"), ("8′15″", "495"), ("8m15s", "495"),
        ("1:02:03", "3723"), ("1小时2分3秒", "3723"), ("1时2分", "3720"), ("1h", "3600"), ("81:19", "4879"),
        ("8:15.25", "495.25"), ("12.5", "12.5"), ("0", "0"), ("0:00", "0"), ("90秒", "90"), ("90分", "5400"),
        ("99:59:59", "359999"), ("8:5", "485"),
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_way_it_is_written(text: str, seconds: str) -> None:
    assert read_time(text) == Decimal(seconds)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "8:75",
        "1:60:00",
        "8:",
        ":15",
        "-5",
        "8:15:",
        "1:2:3:4",
        "8分75秒",
        "8,15,3",
        "8-15",
        "分",
        "8:15 AM",
    ],
)
def test_what_is_no_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refusal, match="is not a time: type minutes"):
        read_time(text)


@pytest.mark.parametrize("text", ["100:00:00", "360000", "99999999"])
def test_a_time_of_days_is_a_slip(text: str) -> None:
    with pytest.raises(Refusal, match="100 hours or more"):
        read_time(text)


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_blank_is_none(text: str) -> None:
    assert read_time(text) is None
    assert read_moment(text, DAY, ZONE) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:32", "2025-09-01T14:32:00+08:00"), ("14:32:05", "2025-09-01T14:32:05+08:00"),
        ("9：05", "2025-09-01T09:05:00+08:00"), ("14时32分", "2025-09-01T14:32:00+08:00"),
        ("14点32分5秒", "2025-09-01T14:32:05+08:00"), ("14点", "2025-09-01T14:00:00+08:00"),
        ("2025-09-02 08:00", "2025-09-02T08:00:00+08:00"), ("2025/9/2 8:00:01", "2025-09-02T08:00:01+08:00"),
        ("2025-09-01T10:42:00+02:00", "2025-09-01T10:42:00+02:00"),
    ],
)  # fmt: skip
def test_a_hand_in_stands_on_the_day_with_its_offset(text: str, at: str) -> None:
    assert read_moment(text, DAY, ZONE) == at


@pytest.mark.parametrize("text", ["24:00", "14:60", "1432", "half past two", "2025-02-30 10:00", "14:32:61"])
def test_what_is_no_moment_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refusal, match="is not a time of day"):
        read_moment(text, DAY, ZONE)


def test_a_hand_in_is_shown_as_the_wall_clock_had_it() -> None:
    assert shown_moment("2025-09-01T10:42:00+08:00", DAY) == "10:42"
    assert shown_moment("2025-09-01T10:42:07+08:00", DAY) == "10:42:07"
    assert shown_moment("2025-09-02T10:42:00+08:00", DAY) == "2025-09-02 10:42"
