"""参赛条件: the conditions an event sets for its contestants, and which of them a person meets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from competition_app.domain.errors import Said

LEVELS = ("学徒工", "初级工", "中级工", "高级工", "高级技师", "特级技师", "首席技师", "技师")
"""职业技能等级, the longer names first where one holds another."""

_GRADES = {"五级": "初级工", "四级": "中级工", "三级": "高级工", "二级": "技师", "一级": "高级技师"}
_FIGURES = str.maketrans("12345", "一二三四五")

LEVEL_HEADS = (
    "现技能等级",
    "职业技能等级",
    "技能等级",
    "职业资格等级",
    "现职业资格等级",
    "现职业技能等级",
    "等级",
)
"""Heads under which a form carries the skill level."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """An event's conditions. Ages count in full years on ``age_on`` (the cut-off date); None is no rule."""

    age_min: int | None = None
    age_max: int | None = None
    age_max_women: int | None = None
    age_on: str | None = None
    born_from: str | None = None
    born_until: str | None = None
    levels: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    one_event: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any], starts_on: str | None = None) -> "Eligibility":
        """From an event's JSON (the keys are the fields' names); the cut-off date is else the first day."""
        known = {name: given[name] for name in cls.__slots__ if given.get(name) is not None}
        for name in ("levels", "employment"):
            if name in known:
                known[name] = tuple(known[name])
        known.setdefault("age_on", starts_on)
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition and whether it is met; ``met`` is None where the fact it asks for is not known."""

    said: Said
    met: bool | None


def level(fields: Mapping[str, object]) -> str | None:
    """The skill level among a contestant's other columns, whatever its head; None where there is none."""
    return next((str(fields[head]) for head in LEVEL_HEADS if fields.get(head)), None)


def level_head(fields: Mapping[str, object]) -> str | None:
    """The head of the column in which the skill level stands."""
    return next((head for head in LEVEL_HEADS if fields.get(head)), None)


def known_level(text: str) -> str | None:
    """The level a text names (高级工/三级 names 高级工); None where it names none."""
    return next((name for name in LEVELS if name in text), None)


def meant_level(text: str) -> str | None:
    """The level a grade of the national scale stands for (三级 is 高级工), to be offered, never taken."""
    plain = text.translate(_FIGURES)
    return next((name for grade, name in _GRADES.items() if grade in plain), None)


def age(born: str, on: str) -> int:
    """Full years between two ISO dates."""
    birth, day = date.fromisoformat(born), date.fromisoformat(on)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def conditions(
    rules: Eligibility,
    *,
    born: str | None,
    sex: str | None,
    skill: str | None,
    employment: str | None,
) -> tuple[Rule, ...]:
    """Each condition of the event with whether this person meets it."""
    found = _age_rules(rules, born, sex)
    if rules.levels:
        met = None if skill is None else known_level(skill) in rules.levels
        found.append(Rule(Said("Skill level: {levels}", {"levels": "、".join(rules.levels)}), met))
    if rules.employment:
        met = None if employment is None else employment in rules.employment
        found.append(Rule(Said("Employment: {kinds}", {"kinds": "、".join(rules.employment)}), met))
    return tuple(found)


def _age_rules(rules: Eligibility, born: str | None, sex: str | None) -> list[Rule]:
    found = []
    years = age(born, rules.age_on) if born and rules.age_on else None
    if rules.age_min is not None:
        said = Said("At least {years} years old", {"years": rules.age_min})
        found.append(Rule(said, None if years is None else years >= rules.age_min))
    most = rules.age_max_women if sex == "女" and rules.age_max_women is not None else rules.age_max
    if most is not None:
        said = Said("Not older than {years} years", {"years": most})
        found.append(Rule(said, None if years is None else years <= most))
    if rules.born_from:
        said = Said("Born on or after {date}", {"date": rules.born_from})
        found.append(Rule(said, None if born is None else born >= rules.born_from))
    if rules.born_until:
        said = Said("Born on or before {date}", {"date": rules.born_until})
        found.append(Rule(said, None if born is None else born <= rules.born_until))
    return found
