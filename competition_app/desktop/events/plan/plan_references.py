"""Who names whom in a plan: tie keys, carried totals and titles, held fast while parts move, go or double."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from competition_app.domain.errors import Said

Part = dict[str, Any]


def stages_of(values: Part) -> list[Part]:
    """The stages that can be read."""
    return parts_of(values, "stages")


def parts_of(holder: Part, key: str) -> list[Part]:
    """The parts of a list that can be read."""
    held = holder.get(key)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def modules_of(values: Part) -> list[Part]:
    """The modules of all stages."""
    return [module for stage in stages_of(values) for module in parts_of(stage, "modules")]


def fresh_code(prefix: str, parts: list[Part]) -> str:
    """The next code of this kind that none of the parts has: P1, P2 …"""
    used = {str(part.get("code")) for part in parts}
    return next(code for n in range(1, len(parts) + 2) if (code := f"{prefix}{n}") not in used)


@dataclass(frozen=True, slots=True)
class _Tie:
    holder: Part
    key: Part
    stage: Part | None
    module: Part | None
    criterion: Part | None
    several: tuple[tuple[Any, Part | None], ...] = ()
    """The modules a sum names, each with its code; None for a code that names none."""


class References:
    """Taken before a change; ``mend`` afterwards writes the codes anew and drops what names nothing more.

    Parts are told apart by being the same object, so a change must move them, not copy them.
    """

    def __init__(self, values: Part) -> None:
        self._ties = list(_ties(values))
        self._carries = [
            (stage, earlier)
            for stage in stages_of(values)
            if isinstance(carry := stage.get("carry"), dict)
            for earlier in stages_of(values)
            if earlier.get("code") == carry.get("stage")
        ]
        self._titles = [
            (title, _modules_of_code(values, title["needs"]["pass"]))
            for title in parts_of(values, "titles")
            if isinstance(title.get("needs"), dict) and isinstance(title["needs"].get("pass"), list)
        ]

    def mend(self, values: Part) -> list[Said]:
        """Write the codes as they are now; what was dropped because its part is gone, in words."""
        there = _Places(values)
        ties = sum(not self._mend_tie(tie, there) for tie in self._ties)
        carries = sum(not self._mend_carry(one, there) for one in self._carries)
        needs = sum(self._mend_title(one, there) for one in self._titles)
        said = []
        if ties:
            said.append(
                Said("{n} rule for equal totals went with it|{n} rules for equal totals went with it",
                     {"n": ties}))  # fmt: skip
        if any(_shrunk(tie, there) for tie in self._ties):
            said.append(Said("a sum of modules counts it no longer"))
        if carries:
            said.append(Said("nothing is brought along from it any more"))
        if needs:
            said.append(Said("{n} title needs it no longer|{n} titles need it no longer", {"n": needs}))
        return said

    @staticmethod
    def _mend_tie(tie: _Tie, there: "_Places") -> bool:
        """Name the parts anew; False where the key went because its part is gone."""
        if id(tie.holder) not in there.stages or not _holds(tie.holder.get("ties"), tie.key):
            return True
        if not there.all_there(tie):
            tie.holder["ties"] = [one for one in tie.holder["ties"] if one is not tie.key]
            return False
        home, module = tie.stage, tie.module
        if tie.several:
            home = there.home_of(tie)
            tie.key["modules"] = there.codes_of(tie)
        if tie.criterion is not None:
            tie.key["criterion"] = tie.criterion["code"]
            module = there.criteria[id(tie.criterion)]
        if module is not None:
            tie.key["module"] = module["code"]
            home = there.modules[id(module)]
        if tie.key.get("by") != "stage" and home is tie.holder:
            tie.key.pop("stage", None)
        elif home is not None and (tie.key.get("by") == "stage" or home is not tie.holder):
            tie.key["stage"] = home["code"]
        return True

    @staticmethod
    def _mend_carry(one: tuple[Part, Part], there: "_Places") -> bool:
        stage, earlier = one
        if id(stage) not in there.stages or not isinstance(stage.get("carry"), dict):
            return True
        if id(earlier) not in there.stages:
            stage.pop("carry")
            return False
        stage["carry"]["stage"] = earlier["code"]
        return True

    @staticmethod
    def _mend_title(one: tuple[Part, list[list[Part]]], there: "_Places") -> bool:
        """Name the modules anew; True where one is gone."""
        title, named = one
        alive = [[part for part in parts if id(part) in there.modules] for parts in named]
        lost = any(parts and not left for parts, left in zip(named, alive, strict=True))
        old = title["needs"]["pass"]
        codes = [left[0]["code"] if left else code for code, left, parts in
                 zip(old, alive, named, strict=True) if left or not parts]  # fmt: skip
        if codes != old:
            title["needs"]["pass"] = codes
        return lost


class _Places:
    """Which parts are there, by identity; a module knows its stage, a criterion its module."""

    def __init__(self, values: Part) -> None:
        self.stages: dict[int, Part] = {}
        self.modules: dict[int, Part] = {}
        self.criteria: dict[int, Part] = {}
        for stage in stages_of(values):
            self.stages[id(stage)] = stage
            for module in parts_of(stage, "modules"):
                self.modules[id(module)] = stage
                self.criteria |= {id(one): module for one in parts_of(module, "criteria")}

    def all_there(self, tie: _Tie) -> bool:
        """Whether everything the key names is still there."""
        return (
            (tie.stage is None or id(tie.stage) in self.stages or tie.module is not None)
            and (tie.criterion is not None or tie.module is None or id(tie.module) in self.modules)
            and (tie.criterion is None or id(tie.criterion) in self.criteria)
            and (not tie.several or bool(self.codes_of(tie)))
        )

    def home_of(self, tie: _Tie) -> Part | None:
        """The stage whose modules a sum adds up: its own while one of them is there, else where they went."""
        homes = [self.modules[id(part)] for _, part in tie.several if id(part) in self.modules]
        own = tie.stage or tie.holder
        return own if not homes or any(home is own for home in homes) else homes[0]

    def codes_of(self, tie: _Tie) -> list[Any]:
        """The codes a sum names now; what was no module before stays as it was typed."""
        home = self.home_of(tie)
        return [
            code if part is None else part["code"] for code, part in tie.several
            if part is None or self.modules.get(id(part)) is home
        ]  # fmt: skip


def _shrunk(tie: _Tie, there: _Places) -> bool:
    """Whether a sum lost some of its modules and stands all the same."""
    alive = id(tie.holder) in there.stages and _holds(tie.holder.get("ties"), tie.key)
    return alive and len(there.codes_of(tie)) < len(tie.several)


def _holds(rows: Any, wanted: Part) -> bool:
    return isinstance(rows, list) and any(one is wanted for one in rows)


def _ties(values: Part) -> Iterator[_Tie]:
    for holder in stages_of(values):
        for key in parts_of(holder, "ties"):
            named = _coded(stages_of(values), key["stage"]) if key.get("stage") else None
            home = named or holder
            module = _coded(parts_of(home, "modules"), key.get("module"))
            criterion = _coded(parts_of(module, "criteria"), key.get("criterion")) if module else None
            yield _Tie(holder, key, named, module, criterion, tuple(_summed(home, key)))


def _summed(home: Part, key: Part) -> Iterator[tuple[Any, Part | None]]:
    codes = key.get("modules")
    for code in codes if isinstance(codes, list) else ():
        yield code, _coded(parts_of(home, "modules"), code)


def _coded(parts: list[Part], code: object) -> Part | None:
    return next((part for part in parts if code is not None and part.get("code") == code), None)


def _modules_of_code(values: Part, codes: list[Any]) -> list[list[Part]]:
    found = [[module for module in modules_of(values) if module.get("code") == code] for code in codes]
    passing = [[module for module in modules if module.get("pass") is not None] for modules in found]
    return [with_pass or modules for with_pass, modules in zip(passing, found, strict=True)]
