"""A whole small package for tests, and ways to change and read it."""

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

from competition_app.documents.packages.package import check_package

FILES = Path(__file__).resolve().parent.parent / "files" / "packages"

WHOLE: dict[str, Any] = {
    "format": "competition-package",
    "version": 1,
    "competition": {
        "code": "SZ",
        "name": "竞赛",
        "organisers": ["市总工会"],
        "starts_on": "2025-09-01",
        "ends_on": "2025-09-02",
    },
    "organisations": [
        {"code": "U1", "name": "工会", "kind": "union", "parent": None},
        {"code": "E1", "name": "地铁", "kind": "enterprise", "parent": "U1", "credit_code": None},
    ],
    "contestants": [
        {
            "code": "C1",
            "name": "张三",
            "sex": "男",
            "birth_date": "1990-01-01",
            "organisation": "E1",
            "fields": {"现技能等级": "高级工"},
            "photo": "C1.jpg",
        }
    ],
    "events": [
        {
            "code": "UAV",
            "name": "无人机",
            "plan": {
                "stages": [
                    {
                        "code": "final",
                        "modules": [
                            {"code": "theory", "kind": "direct", "full": 100, "weight": "0.30"},
                            {
                                "code": "practical",
                                "kind": "sheets",
                                "full": 100,
                                "weight": 0.7,
                                "attempts": {"count": 2},
                                "criteria": [
                                    {"code": "P1", "kind": "points", "max": 40, "step": "0.5"},
                                    {"code": "P2", "kind": "check", "max": 4},
                                    {"code": "P3", "kind": "judgement", "max": 6},
                                ],
                            },
                        ],
                        "round": {"total": 2},
                    }
                ]
            },
            "divisions": [{"code": "W", "name": "职工组"}],
            "judges": [
                {
                    "code": "J1",
                    "name": "甲",
                    "modules": ["practical"],
                    "role": "judge",
                    "group": "A",
                    "persons": [],
                },
                {"code": "J2", "modules": []},
            ],
            "entries": [
                {
                    "number": "001",
                    "division": "W",
                    "organisation": "E1",
                    "organisations": [{"code": "E1", "share": 1}],
                    "contestants": ["C1"],
                    "coaches": ["李四"],
                    "group": "A",
                    "status": "ranked",
                    "fields": {},
                },
                {"number": "002", "division": "W", "group": "B"},
            ],
            "marks": [
                {
                    "entry": "001",
                    "module": "practical",
                    "attempt": 1,
                    "judge": "J1",
                    "criterion": "P1",
                    "value": 35.5,
                },
                {
                    "entry": "001",
                    "module": "practical",
                    "attempt": 1,
                    "judge": "J1",
                    "criterion": "P2",
                    "value": True,
                },
                {
                    "entry": "001",
                    "module": "practical",
                    "attempt": 1,
                    "judge": "J1",
                    "criterion": "P3",
                    "value": "2",
                },
            ],
            "scores": [{"entry": "001", "module": "theory", "attempt": 1, "value": 80}],
            "times": [{"entry": "001", "module": "practical", "seconds": 5400}],
            "penalties": [
                {
                    "entry": "001",
                    "stage": "final",
                    "module": "practical",
                    "attempt": None,
                    "points": 2,
                    "reason": "r",
                }
            ],
            "absences": [{"entry": "002", "module": "practical", "reason": "r"}],
            "submitted": [{"entry": "001", "module": "practical", "at": "2025-09-01T10:42:00+08:00"}],
            "lots": [["001", "002"]],
            "advanced": {"final": ["001", "002"]},
            "accepted": [{"code": "judge_gap", "entry": "001", "reason": "r"}],
            "decisions": [{"entries": ["001", "002"], "reason": "r"}],
        }
    ],
    "tables": [{"code": "T1", "name": "团体总分", "points_by_award": {"一等奖": 8}}],
    "exported_at": "2025-09-02T18:00:00+08:00",
}


def exact(values: dict[str, Any]) -> Any:
    return json.loads(json.dumps(values), parse_float=Decimal)


def changed(path: str, value: Any, *, remove: bool = False) -> dict[str, Any]:
    values = deepcopy(WHOLE)
    *steps, last = path.split(".")
    found: Any = values
    for step in steps:
        found = found[int(step)] if step.isdigit() else found[step]
    key: Any = int(last) if last.isdigit() else last
    if remove:
        del found[key]
    elif last == "+":
        found.append(value)
    else:
        found[key] = value
    return values


def errors(values: dict[str, Any]) -> dict[str, str]:
    return {error.path: str(error.said) for error in check_package(exact(values))[1]}


def saved(folder: Path, data: bytes, name: str = "p.json") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file
