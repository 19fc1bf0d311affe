"""A competition for the tests of pages, as the package an organiser would import."""

import json
from pathlib import Path
from typing import Any

NAMES = [
    "沈砚秋", "欧阳靖宇", "苗雨桐", "裴若溪", "阿依努尔·买买提江", "关景山", "尹乐之", "霍佳音",
    "陆承泽", "邵文博", "康立言", "靳小川",
]  # fmt: skip
UNITS = ["沈东轨道装备检修中心", "沈东公交集团第三客运公司", "云栈数据服务有限公司"]
LEVELS = [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 2}, {"name": "三等奖", "count": 3}]


def plan() -> dict[str, Any]:
    """Theory 30, practical 70 by three judges."""
    criteria = [{"code": "P1", "name": "总评", "kind": "points", "max": 100, "step": "0.5"}]
    modules = [
        {"code": "theory", "name": "理论", "full": 100, "weight": "0.3", "kind": "direct",
         "round": {"module": 2}},
        {"code": "practical", "name": "实操", "full": 100, "weight": "0.7", "kind": "sheets",
         "criteria": criteria, "round": {"module": 2},
         "panel": {"across": "sheet", "combine": "mean", "drop_high": 1, "drop_low": 1}},
    ]  # fmt: skip
    stage = {"code": "final", "name": "决赛", "modules": modules, "round": {"weighted": 2, "total": 2}}
    stage |= {"ties": [{"by": "module", "module": "practical"}, {"by": "decision"}], "no_shared_top": 3}
    return {"entry": "individual", "stages": [stage], "awards": {"percent_of": "took_part", "levels": LEVELS}}


def package(*, tied: bool = False, entries: int = len(NAMES)) -> dict[str, Any]:
    """``entries`` marked by J1–J3, best first; ``tied``: the first two are equal in everything."""
    numbers = [f"{n:03}" for n in range(1, entries + 1)]
    people = [
        {
            "code": f"C{number}",
            "name": NAMES[place % len(NAMES)],
            "sex": "男",
            "organisation": f"E{place % 3}",
        }
        for place, number in enumerate(numbers)
    ]
    competition = {
        "code": "SZ2025", "name": "沈东市数智技术应用劳动竞赛", "organisers": ["沈东市总工会"],
        "starts_on": "2025-09-01", "ends_on": "2025-09-02",
    }  # fmt: skip
    units = [{"code": f"E{i}", "name": name, "kind": "enterprise"} for i, name in enumerate(UNITS)]
    return {
        "format": "competition-package", "version": 1, "competition": competition, "organisations": units,
        "contestants": people, "events": [event(numbers, tied=tied)],
    }  # fmt: skip


def event(numbers: list[str], *, tied: bool) -> dict[str, Any]:
    """The one event, with its judges, entries, marks and theory scores."""
    best = {number: 95 - (0 if tied and place < 2 else place) for place, number in enumerate(numbers)}
    return {
        "code": "AI", "name": "人工智能训练师", "plan": plan(),
        "divisions": [{"code": "W", "name": "职工组"}],
        "judges": [{"code": f"J{i}", "name": f"裁判{i}", "modules": ["practical"]} for i in (1, 2, 3)],
        "entries": [
            {"number": number, "division": "W", "organisation": f"E{place % 3}",
             "contestants": [f"C{number}"]}
            for place, number in enumerate(numbers)
        ],
        "marks": [
            {"entry": number, "module": "practical", "judge": judge, "criterion": "P1", "value": top + off}
            for number, top in best.items()
            for judge, off in (("J1", 0), ("J2", 2), ("J3", -1))
        ],
        "scores": [{"entry": number, "module": "theory", "value": 90} for number in numbers],
    }  # fmt: skip


def write(folder: Path, **how: Any) -> Path:
    """The package as a file."""
    file = folder / "sample.competition.json"
    file.write_text(json.dumps(package(**how), ensure_ascii=False), encoding="utf-8")
    return file
