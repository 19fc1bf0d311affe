"""What stands above a registration table: ``参赛单位(盖章):某公司``, the event's name."""

import re
from typing import NamedTuple

from competition_app.domain.registration.writing import Cell, trimmed

_UNIT = (
    "参赛单位名称|选送单位名称|推荐单位名称|参赛单位|单位名称|选送单位|推荐单位|工作单位|所在单位|代表单位|报名单位|填报单位|申报单位|"
    "报送单位|企业名称|单位全称|代表队|单位"
)
_EVENT = "参赛项目|竞赛项目|报名项目|比赛项目|参赛工种|竞赛工种|比赛工种|报名工种|赛项名称|参赛赛项|赛项"
_NOTE = r"\s*(?:[（(][^（）()]*[)）])?\s*"
_LABEL = re.compile(rf"(?:^|(?<=\s))(?:(?P<unit>{_UNIT})|(?P<event>{_EVENT})){_NOTE}[:：]\s*")
_BARE = re.compile(rf"(?:(?P<unit>{_UNIT})|(?P<event>{_EVENT})){_NOTE}[:：]?")
_NEXT_LABEL = re.compile(r"\s{2,}|\s+(?=\S{1,12}[:：])|[_＿]{2,}")


class Labels(NamedTuple):
    """The event and the unit named beside a table; None where none is."""

    event: str | None
    organisation: str | None


def labels(rows: list[list[Cell]]) -> Labels:
    """The first event and the first unit named in these lines, in one cell or in a cell and its neighbour."""
    found: dict[str, str] = {}
    for row in rows:
        texts = [trimmed(cell) for cell in row]
        for place, text in enumerate(texts):
            for kind, value in _named(text, texts[place + 1 :]):
                found.setdefault(kind, value)
    return Labels(found.get("event"), found.get("unit"))


def _named(text: str, after: list[str]) -> list[tuple[str, str]]:
    if not text:
        return []
    bare = _BARE.fullmatch(text)
    if bare:
        value = next((other for other in after if other), "")
        kind = bare.lastgroup
        return [(kind, value)] if kind and value and not re.search("[:：]", value) else []
    found = []
    for label in _LABEL.finditer(text):
        value = _NEXT_LABEL.split(text[label.end() :], maxsplit=1)[0].strip()
        if value and label.lastgroup:
            found.append((label.lastgroup, value))
    return found
