"""表头: the names under which enterprises' forms carry a contestant's facts."""

import re

from competition_app.domain.registration.writing import key

_EXACT = {
    "serial": """
        序号 编号 序 No. No 号 顺序号 serial #
    """,
    "name": """
        姓名 选手姓名 参赛选手 选手 参赛者 参赛人员 参赛人 参赛选手姓名 队员姓名 人员姓名 员工姓名
        参赛队员 职工姓名 报名人 报名人员 name fullname contestant 参赛者姓名 参赛人姓名
        报名人姓名
    """,
    "sex": """
        性别 选手性别 sex gender
    """,
    "id_number": """
        身份证号 身份证号码 身份证 证件号码 证件号 身份证件号码 身份证明号码 居民身份证号
        居民身份证号码 公民身份号码 选手身份证号 选手身份证号码 有效证件号码 有效证件号 身份证件号
        idnumber id idno idcard
    """,
    "id_kind": """
        证件类型 证件种类 证件名称 有效证件类型 身份证件类型 idkind idtype papertype
    """,
    "birth_date": """
        出生年月 出生日期 生日 出生年月日 出生时间 birthdate dateofbirth birthday
    """,
    "phone": """
        联系电话 手机 手机号码 手机号 联系方式 电话 移动电话 电话号码 联系手机 本人手机 本人电话
        选手电话 选手手机 选手联系电话 本人联系电话 phone mobile mobilephone telephone
    """,
    "organisation": """
        参赛单位 选送单位 推荐单位 单位名称 单位 代表单位 报送单位 报名单位 申报单位 参赛单位名称
        选送单位名称 推荐单位名称 所属参赛单位 代表队单位 organisation organization company
        enterprise unit
    """,
    "employer": """
        工作单位 所在单位 所属单位 任职单位 就职单位 用人单位 工作单位名称 所在单位名称 所属公司
        公司 公司名称 企业名称 所属企业 工作/学习单位 劳动合同单位 employer
    """,
    "event": """
        赛项 参赛项目 竞赛项目 报名项目 比赛项目 参赛工种 竞赛工种 比赛工种 报名工种 申报工种
        参赛赛项 赛项名称 参赛项目名称 竞赛项目名称 参赛职业 竞赛职业 参赛科目 报名赛项 竞赛赛项
        赛项工种 event
    """,
    "division": """
        组别 参赛组别 竞赛组别 报名组别 division
    """,
    "team": """
        队名 参赛队 参赛队名称 参赛队名 代表队 代表队名称 队伍名称 团队名称 参赛队伍 参赛队伍名称
        队伍 团队 team teamname
    """,
    "role": """
        角色 队内角色 队员角色 队内分工 队内职务 选手角色 role
    """,
    "coaches": """
        指导教师 指导老师 教练 教练员 指导人 指导教练 带队教练 指导教师姓名 指导老师姓名 教练姓名
        coach coaches
    """,
    "employment": """
        用工形式 用工性质 用工方式 人员性质 职工性质 employment
    """,
}
_WEAK = {"event": "工种 项目 竞赛方向 参赛方向 科目 职业工种"}
"""Heads that mean this only where no other column does."""

_SHAPES = (
    ("id_number", re.compile("身份证.*号|证件号")),
    ("name", re.compile("^(参赛)?(选手|队员|人员|职工|员工|报名人).*姓名$")),
    ("phone", re.compile("^(本人|选手|个人|队员|参赛者)?.*手机")),
    ("birth_date", re.compile("^出生")),
    ("event", re.compile("(参赛|竞赛|比赛|报名|申报)(项目|工种|赛项|职业)")),
    ("organisation", re.compile("(参赛|选送|推荐|报送|代表)单位")),
    ("coaches", re.compile("^(指导教师|指导老师|教练员?)[一二三123]?(姓名)?$")),
)
_OTHERS = re.compile("领队|联系人|紧急|家庭|家属|推荐人|负责人|填报|填表|单位电话|办公")
_COACHES = re.compile("指导教师|指导老师|教练|指导人")
_ORNAMENTS = re.compile(r"\([^()]*\)|[*★※:#]|必填|选填")
_LONGEST = 24

_BY_KEY = {key(name): role for role, names in _EXACT.items() for name in names.split()}
_BY_KEY |= {"fullname": "name", "id": "id_number"}
_WEAK_BY_KEY = {key(name): role for role, names in _WEAK.items() for name in names.split()}


def plain_head(head: str) -> str:
    """A head as a key: without blanks, brackets and their notes, stars and colons."""
    found = key(head)
    return _ORNAMENTS.sub("", found) or found


def role_of(head: str) -> str | None:
    """What a column of this head holds; heads of two lines are joined by ``/``. None: some other column."""
    whole = plain_head(head)
    if not whole or len(whole) > _LONGEST:
        return None
    found = _BY_KEY.get(whole)
    if found:
        return found
    first, parted, last = whole.partition("/")
    if parted:
        return _of_two_lines(first, last.rpartition("/")[2])
    if _OTHERS.search(whole):
        return None
    return next((role for role, shape in _SHAPES if shape.search(whole)), None)


def _of_two_lines(first: str, last: str) -> str | None:
    if _COACHES.search(first):
        return "coaches" if last in ("姓名", "") else None
    if _OTHERS.search(first):
        return None
    found = _BY_KEY.get(last)
    if found is None and not _OTHERS.search(last):
        found = next((role for role, shape in _SHAPES if shape.search(last)), None)
    if found is None and _BY_KEY.get(first) == "id_number" and "号" in last:
        return "id_number"  # 身份证号/护照号
    return found


def weak_role_of(head: str) -> str | None:
    """What a column may hold where no other column holds it."""
    return _WEAK_BY_KEY.get(plain_head(head))
