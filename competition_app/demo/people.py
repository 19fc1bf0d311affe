"""The invented people of the sample competition: the same for the same seed, and belonging to nobody."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from competition_app import paths

SEED = 20260918
AREA = "439900"  # an area code that was never assigned: no such ID number was ever issued
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Worker:
    """One row as an enterprise means it. ``team`` and ``role`` only where the event is one of teams."""

    name: str
    sex: str
    id_number: str
    phone: str
    level: str
    enterprise: str
    event: str
    team: str | None = None
    role: str | None = None
    coach: str | None = None

    @property
    def birth(self) -> tuple[int, int, int]:
        """Year, month and day, from the ID number."""
        digits = self.id_number[6:14]
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])


def sample(name: str) -> Any:
    """A JSON file of resources/sample."""
    return json.loads((paths.resources() / "sample" / f"{name}.json").read_text(encoding="utf-8"))


def id_number(birth: str, order: int, sex: str) -> str:
    """A resident ID number with a right check digit, of an area that does not exist."""
    digits = f"{AREA}{birth}{order * 2 + (sex == '男'):03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[rest]


def workers(chance: Random) -> list[Worker]:
    """Everybody who registers, enterprise by enterprise in the order of the sample, teams side by side."""
    enterprises: list[Mapping[str, str]] = sample("competition")["enterprises"]
    strangers = _strangers(chance)
    found: list[Worker] = []
    for event in sample("events"):
        size: int = event["teams"][1]
        for number in range(event["registrations"] // size):
            enterprise = enterprises[number % len(enterprises)]
            members = [
                replace(next(strangers), enterprise=enterprise["name"], event=event["name"])
                for _ in range(size)
            ]
            found += members if size == 1 else _team(members, enterprise["short"], number // len(enterprises))
    order = [enterprise["name"] for enterprise in enterprises]
    return sorted(found, key=lambda worker: order.index(worker.enterprise))


def judge_names(chance: Random, count: int) -> list[str]:
    """Names for the judges' seats, none twice."""
    names = sample("names")
    found: dict[str, None] = {}
    while len(found) < count:
        found[chance.choice(names["surnames"]) + chance.choice(names["men"] + names["women"])] = None
    return list(found)


def _team(members: list[Worker], short: str, number: int) -> list[Worker]:
    name = f"{short}{'一二三四'[number]}队"
    roles = ["队长"] + ["队员"] * (len(members) - 1)
    return [replace(member, team=name, role=role) for member, role in zip(members, roles, strict=True)]


def _strangers(chance: Random) -> Iterator[Worker]:
    """People without an enterprise yet, never the same name twice."""
    names = sample("names")
    used: set[str] = set()
    whole: list[tuple[str, str]] = [(name, sex) for name, sex in names["whole"]]
    for order in range(1, 1000):
        name, sex = whole.pop(0) if whole and order % 11 == 0 else _name(names, chance, used)
        used.add(name)
        birth = f"{chance.randint(1968, 2004)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        number = id_number(birth, order % 500, sex)
        phone = f"1{chance.choice('3589')}{chance.randint(0, 9)}0000{order:04d}"
        yield Worker(name, sex, number, phone, chance.choice(names["levels"]), "", "")


def _name(names: Mapping[str, list[str]], chance: Random, used: set[str]) -> tuple[str, str]:
    while True:
        sex = "男" if chance.random() < 0.68 else "女"
        name = chance.choice(names["surnames"]) + chance.choice(names["men" if sex == "男" else "women"])
        if name not in used:
            return name, sex
