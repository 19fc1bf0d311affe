"""Rows of a timetable as a spreadsheet gives them: day, from, to, place, content, and perhaps the event."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

from competition_app.domain.errors import Refusal
from competition_app.services.competitions.schedule import Kind, Slot

COLUMNS = ("day", "starts", "ends", "place", "name")
"""The columns of a table without a head, in this order."""

_HEADS: Mapping[str, str] = {
    "日期": "day", "开始": "starts", "开始时间": "starts", "结束": "ends", "结束时间": "ends", "时间": "span",
    "地点": "place", "场地": "place", "内容": "name", "事项": "name", "赛项": "event",
    "date": "day", "day": "day", "start": "starts", "from": "starts", "end": "ends", "to": "ends",
    "time": "span", "place": "place", "venue": "place", "content": "name", "item": "name", "event": "event",
}  # fmt: skip
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("申诉", "appeals"), ("颁奖", "ceremony"), ("开幕", "ceremony"), ("闭幕", "ceremony"), ("会", "meeting"),
    ("检录", "meeting"), ("报到", "meeting"), ("培训", "meeting"), ("用餐", "other"), ("午餐", "other"),
    ("休息", "other"), ("午休", "other"),
)  # fmt: skip
_SPAN = re.compile("[-–—~～至到]")


def rows(text: str, events: Mapping[str, int], first: date | None, today: date) -> tuple[Slot, ...]:
    """The items in text copied from a spreadsheet (cells parted by tabs), under a head or in ``COLUMNS``.

    An empty day or place is that of the row above, as merged cells leave it. A day without a year is of the
    year of the competition's ``first`` day, else of ``today``. ``events`` are the events' keys by name; a
    content that begins with such a name belongs to it. Raises Refusal naming the first row that is wrong.
    """
    lines = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
    heads = _heads(lines[0]) if lines else None
    columns = heads or COLUMNS
    year = (first or today).year
    found: list[Slot] = []
    for number, line in enumerate(lines[1:] if heads else lines, 2 if heads else 1):
        cells = dict(zip(columns, (cell.strip() for cell in line), strict=False))
        above = found[-1] if found else None
        found.append(_slot(number, cells, above, events, year))
    if not found:
        raise Refusal("Nothing was copied: copy rows with day, beginning, end, place and content first.")
    return tuple(found)


def _heads(cells: Sequence[str]) -> tuple[str, ...] | None:
    """The columns a head names; None where the first row is none."""
    named = tuple(_HEADS.get(cell.strip().lower(), "") for cell in cells)
    return named if sum(map(bool, named)) > 1 else None


def _slot(
    number: int, cells: Mapping[str, str], above: Slot | None, events: Mapping[str, int], year: int
) -> Slot:
    day = day_of(cells.get("day", ""), year)
    if day is None and not cells.get("day") and above is not None:
        day = above.day
    if day is None:
        raise Refusal("Row {n}: {text} is no day. Write it as 2026-09-18.", n=number,
                      text=f"“{cells.get('day', '')}”")  # fmt: skip
    starts, ends = _times(number, cells)
    name = cells.get("name", "")
    if not name:
        raise Refusal("Row {n} has no content: write what takes place.", n=number)
    if ends <= starts:
        raise Refusal("Row {n} ends at {ends}, which is not later than its beginning at {starts}.", n=number,
                      starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}")  # fmt: skip
    place = cells.get("place", "") or (above.place if above is not None else "")
    return Slot(name, day, starts, ends, place, event_of(cells.get("event") or name, events), kind_of(name))


def _times(number: int, cells: Mapping[str, str]) -> tuple[time, time]:
    texts = [cells.get("starts", ""), cells.get("ends", "")]
    if not any(texts) and cells.get("span"):
        texts = parted(cells["span"])
    times = [time_of(text) for text in texts]
    for text, at in zip(texts, times, strict=True):
        if at is None:
            raise Refusal("Row {n}: {text} is no time of the day. Write it as 8:30.", n=number,
                          text=f"“{text}”")  # fmt: skip
    starts, ends = times
    assert starts is not None
    assert ends is not None
    return starts, ends


def parted(span: str) -> list[str]:
    """The two ends of a span as text: 8:30–11:30, 8:30至11:30; the second is empty where there is one."""
    return [*_SPAN.split(span, maxsplit=1), ""][:2]


def time_of(text: str) -> time | None:
    """A time of the day: 8:30, 08：30:00, 8点30分, 下午2:30 or 8.30; None for anything else."""
    plain = text.strip().replace("：", ":").replace("点", ":").replace("时", ":").rstrip("分").rstrip(":")
    after = re.match("(上午|下午|晚上)?(.*)", plain)
    assert after is not None
    figures = re.fullmatch(r"(\d{1,2})(?:[:.](\d{1,2}))?(?::\d{2})?", after[2].strip())
    if figures is None:
        return None
    hour, minute = int(figures[1]), int(figures[2] or 0)
    if after[1] in ("下午", "晚上") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def day_of(text: str, year: int) -> date | None:
    """A day: 2026-09-18, 2026/9/18, 2026年9月18日, 9月18日, 9-18 or 9.18; None for anything else."""
    plain = re.sub("[（(].*|星期.*|周.*", "", text).strip()
    figures = re.fullmatch(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?(?: 0{1,2}:00(?::00)?)?", plain)
    if figures is None:
        return None
    try:
        return date(int(figures[1] or year), int(figures[2]), int(figures[3]))
    except ValueError:
        return None


def event_of(text: str, events: Mapping[str, int]) -> int | None:
    """The event whose name the text begins with, the longest such name; None for none."""
    return next(
        (events[name] for name in sorted(events, key=len, reverse=True) if text.startswith(name)), None
    )


def kind_of(name: str) -> Kind:
    """The kind an item's words tell: 申诉受理, 颁奖, 领队会; a contest where they tell nothing else."""
    return next(_told(name), "contest")


def _told(name: str) -> Iterator[Kind]:
    return (kind for word, kind in _KINDS if word in name)
