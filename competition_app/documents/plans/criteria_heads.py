"""表头: the columns of a table of criteria, the names under which people write them, and their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competition_app.domain.errors import Said
from competition_app.domain.registration.writing import key


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is written: the criterion's key it holds, its head, its width in characters."""

    key: str
    head: Said
    width: int


COLUMNS: tuple[Column, ...] = (
    Column("heading", Said("Heading@criteria"), 16),
    Column("name", Said("Point examined@criteria"), 28),
    Column("min", Said("Least points@criteria"), 10),
    Column("max", Said("Most points@criteria"), 10),
    Column("standard", Said("Standard@criteria"), 44),
    Column("step", Said("Step@criteria"), 8),
    Column("kind", Said("Way of marking@criteria"), 10),
    Column("unit", Said("Unit of measure@criteria"), 8),
    Column("each", Said("Off for each@criteria"), 10),
    Column("scale", Said("Scale@criteria"), 18),
    Column("between", Said("Between two values@criteria"), 10),
    Column("levels", Said("Texts of the levels@criteria"), 30),
    Column("factor", Said("Factor@criteria"), 8),
    Column("max_spread", Said("Judges at most apart@criteria"), 12),
    Column("code", Said("Code@criteria"), 8),
    Column("more", Said("Other settings@criteria"), 16),
)
"""The columns in the order in which they are written; the first six are those people know."""

HEADS: Mapping[str, Said] = {column.key: column.head for column in COLUMNS}

KINDS: Mapping[str, Said] = {
    "points": Said("points@kind"), "check": Said("yes or no@kind"), "judgement": Said("0 to 3@kind"),
    "measured": Said("measured@kind"), "deduction": Said("deduction@kind"), "bonus": Said("bonus@kind"),
}  # fmt: skip
"""How a kind of criterion is written."""

BETWEEN: Mapping[str, Said] = {
    "linear": Said("straight line@between"),
    "step": Said("in steps@between"),
}
"""How points between two values of a scale are written."""

_NAMES: Sequence[str] = (
    """
    考核点 评分点 考核要点 评分要点 采分点 得分点 评分项 评分细项 测评点 检查点 检测点 评价点
    二级指标 评分项名称 名称
    考点 criterion name item aspect pointexamined
    """,
    """
    考核内容 评分内容 内容 考核内容及要求 测评内容 评价内容 检测内容 检查内容 评分项内容
    """,
    """
    考核项目 评分项目 项目 考核模块 评分模块 评分大项 大项 类别 一级指标 模块 分类
    heading group section subcriterion
    """,
)
"""Names of what is examined, the most particular first: the first two found are name and heading."""

_OTHERS: Mapping[str, str] = {
    "min": "最小分值 最小分 最低分 最低分值 最少分值 下限 min minimum leastpoints",
    "max": """
        最大分值 最大分 最高分 最高分值 分值 配分 满分 标准分 标准分值 分数 上限 配分值
        max maximum points full fullmarks mostpoints maxmark
    """,
    "standard": """
        评分标准 评分细则 评分说明 评分要求 评分方法 扣分标准 评分标准及要求 评判标准 评分依据 标准 要求 说明
        评分标准说明 standard description requirement
    """,
    "step": "步长 最小单位 级差 分档 打分步长 评分步长 step",
    "kind": "打分方式 评分方式 怎样打分 评分类型 打分类型 类型 题型 kind type wayofmarking howitismarked",
    "unit": "单位 计量单位 量值单位 unit unitofmeasure",
    "each": "每处分值 每处扣分 每处扣 每项扣分 每次扣分 每个扣分 扣分值 each offforeach",
    "scale": "换算表 量值换算 换算 量值换算表 scale",
    "between": "两点之间 两值之间 插值方式 between betweentwovalues",
    "levels": "等级说明 各级说明 等级标准 levels textsofthelevels",
    "factor": "系数 权重系数 难度系数 factor",
    "max_spread": "裁判最多相差 允许相差 最大相差 maxspread judgesatmostapart",
    "code": "编码 编号 代码 考题id 题号 评分项编号 id code",
    "more": "其他设置 其他设定 othersettings",
}

_OF_NO_USE = "序号 序 顺序号 no no. # 得分 实得分 扣分 评分 裁判 裁判签名 签名 备注 remark note score"
"""Columns of score sheets that say nothing about a criterion."""

_KIND_NAMES: Mapping[str, str] = {
    "points": "打分 评分 给分 分数 主观 主观分 主观评分 points mark",
    "check": "是否 是非 判断 是/否 有无 对错 yesorno check yes/no",
    "judgement": "等级 评价 评价分 等级评价 0-3 0to3 0到3 judgement judgment",
    "measured": "测量 测量分 量值 检测 measured measurement",
    "deduction": "扣分 减分 倒扣 deduction",
    "bonus": "加分 附加分 奖励分 bonus",
}
_BETWEEN_NAMES: Mapping[str, str] = {
    "linear": "直线 按直线折算 直线折算 线性 线性插值 linear straightline",
    "step": "台阶 按台阶 分段 阶梯 分档 step insteps",
}


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return {key(name): column for column, several in names.items() for name in several.split()}


_KEYS, _KIND_KEYS, _BETWEEN_KEYS = _by_name(_OTHERS), _by_name(_KIND_NAMES), _by_name(_BETWEEN_NAMES)
_RANKS = {key(name): rank for rank, names in enumerate(_NAMES) for name in names.split()}
_USELESS = frozenset(key(name) for name in _OF_NO_USE.split())


def kind_of(text: str) -> str | None:
    """The kind of criterion a word means, or None."""
    return _KIND_KEYS.get(_bare(text))


def between_of(text: str) -> str | None:
    """How points between two values are found, or None."""
    return _BETWEEN_KEYS.get(_bare(text))


def _bare(head: str) -> str:
    """A head without its unit in brackets: 最大分值（分）."""
    text = key(head)
    return text.partition("(")[0] or text


def columns_of(heads: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Which column holds what, by its head, and the heads nobody knows; no ``name`` where none is one."""
    found: dict[str, int] = {}
    named: list[tuple[int, int]] = []
    unknown: list[str] = []
    for place, head in enumerate(heads):
        text = _bare(head)
        if text in _RANKS:
            named.append((_RANKS[text], place))
        elif text in _KEYS:
            found.setdefault(_KEYS[text], place)
        elif text and text not in _USELESS:
            unknown.append(head)
    ranks = sorted(dict(sorted(named, reverse=True)).items())  # of equal ones the first counts
    for column, (_, place) in zip(("name", "heading"), ranks, strict=False):
        found[column] = place
    return found, unknown
