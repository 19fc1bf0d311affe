"""Lists that people keep in tables: units and judges, by their heads, or in the usual order without heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competition_app.domain.access import Role
from competition_app.domain.registration.writing import Cell, key, person_name, shown, trimmed

_SEARCHED = 30

_UNIT_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "单位名称",
        "单位",
        "单位全称",
        "企业名称",
        "名称",
        "参赛单位",
        "工会名称",
        "organisation",
        "name",
    ),
    "parent": ("上级单位", "上级工会", "上级", "所属工会", "所属单位", "隶属", "above"),
    "kind": ("类型", "单位类型", "类别", "kind"),
    "short": ("简称", "单位简称", "shortname"),
    "credit_code": ("统一社会信用代码", "信用代码", "creditcode"),
    "contact": ("联系人", "工会联系人", "负责人", "contact"),
    "phone": ("联系电话", "电话", "手机", "手机号", "联系方式", "phone"),
}
_JUDGE_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "裁判姓名", "裁判", "裁判员", "name"),
    "unit": ("单位", "工作单位", "所在单位", "单位名称", "organisation", "unit"),
    "role": ("角色", "职务", "裁判职务", "岗位", "分工", "role"),
    "group": ("组别", "评分组", "小组", "组", "group"),
}
UNIT_COLUMNS = ("name", "parent", "kind", "short", "credit_code", "contact", "phone")
"""The columns of a list of units in their usual order."""
JUDGE_COLUMNS = ("name", "unit", "role", "group")
"""The columns of a list of judges in their usual order."""

KINDS: Mapping[str, str] = {
    "union": "union", "工会": "union", "总工会": "union", "市总工会": "union", "产业工会": "union",
    "enterprise": "enterprise", "企业": "enterprise", "企业工会": "enterprise", "单位": "enterprise",
    "workshop": "workshop", "车间": "workshop", "班组": "workshop", "车间班组": "workshop",
    "分公司": "workshop", "studio": "studio", "工作室": "studio", "创新工作室": "studio",
    "other": "other", "院校": "other", "学校": "other", "其他": "other",
}  # fmt: skip
"""What people write for the kind of a unit."""

_ROLES: Mapping[str, Role] = {
    "": Role.JUDGE, "裁判": Role.JUDGE, "裁判员": Role.JUDGE, "评委": Role.JUDGE, "judge": Role.JUDGE,
    "裁判长": Role.CHIEF_JUDGE, "评委组长": Role.CHIEF_JUDGE, "组长": Role.CHIEF_JUDGE,
    "chiefjudge": Role.CHIEF_JUDGE, "加密裁判": Role.ENCRYPTION_JUDGE, "加密": Role.ENCRYPTION_JUDGE,
    "加密员": Role.ENCRYPTION_JUDGE, "encryptionjudge": Role.ENCRYPTION_JUDGE, "监督员": Role.SUPERVISOR,
    "监督": Role.SUPERVISOR, "监督裁判": Role.SUPERVISOR, "supervisor": Role.SUPERVISOR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of a list of units; ``kind`` is union, enterprise, workshop, studio or other."""

    row: int
    name: str
    parent: str
    kind: str
    short: str
    credit_code: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A line of a list of judges; ``role`` None: what is written there is no role (``written``)."""

    row: int
    name: str
    unit: str
    role: Role | None
    written: str
    group: str


def pasted(text: str) -> tuple[tuple[str, ...], ...]:
    """What was copied from a spreadsheet, or typed with commas, as rows of cells."""
    return tuple(
        tuple(line.split("\t") if "\t" in line else line.replace("，", ",").replace("、", ",").split(","))
        for line in text.splitlines()
    )


def unit_lines(rows: Sequence[Sequence[Cell]]) -> tuple[UnitLine, ...]:
    """The lines of a list of units that name one."""
    found = []
    for number, cells in _lines(rows, _UNIT_HEADS, UNIT_COLUMNS):
        name, parent, kind, short, credit_code, contact, phone = (trimmed(cells[c]) for c in UNIT_COLUMNS)
        if name:
            plain = KINDS.get(key(kind)) or ("union" if not kind and name.endswith("工会") else "enterprise")
            found.append(UnitLine(number, name, parent, plain, short, credit_code, contact, phone))
    return tuple(found)


def judge_lines(rows: Sequence[Sequence[Cell]]) -> tuple[JudgeLine, ...]:
    """The lines of a list of judges that name one."""
    found = []
    for number, cells in _lines(rows, _JUDGE_HEADS, JUDGE_COLUMNS):
        name = person_name(cells["name"])
        unit, role, group = (trimmed(cells[column]) for column in JUDGE_COLUMNS[1:])
        if name:
            found.append(JudgeLine(number, name, unit, _ROLES.get(key(role)), role, group))
    return tuple(found)


def _lines(
    rows: Sequence[Sequence[Cell]], heads: Mapping[str, tuple[str, ...]], usual: Sequence[str]
) -> list[tuple[int, dict[str, Cell]]]:
    """The rows below the line of heads, or all of them in the usual order, each with its number from 1."""
    names = {key(head): column for column, several in heads.items() for head in several}
    start, places = 0, {column: place for place, column in enumerate(usual)}
    for at, cells in enumerate(rows[:_SEARCHED]):
        found = {
            names[key(shown(cell))]: place
            for place, cell in reversed(list(enumerate(cells)))
            if key(shown(cell)) in names
        }
        if "name" in found and (len(found) > 1 or len([cell for cell in cells if trimmed(cell)]) == 1):
            start, places = at + 1, found
            break
    return [
        (start + offset + 1, {c: _at(cells, places.get(c)) for c in usual})
        for offset, cells in enumerate(rows[start:])
    ]


def _at(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else ""
