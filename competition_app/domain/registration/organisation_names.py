"""单位名称: when two names are one unit's, and when they are so near that a person must look."""

import re
from collections.abc import Iterable

from competition_app.domain.registration.writing import key

_LEGAL = re.compile(r"(有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|集团|工会委员会|工会)$")
_PLACE = re.compile(r"^(中国|[一-鿿]{2,3}[省市](?=[一-鿿]{2}))+")
_TELLING = frozenset("一二三四五六七八九十百0123456789东南西北中甲乙丙丁上下新老内外左右前后大小")
_SHORTEST = 5


def stem(name: str) -> str:
    """A unit's name without its legal form (…有限公司) and the province or city before it."""
    found = key(name)
    while True:
        shorter = _LEGAL.sub("", found)
        if shorter == found or len(shorter) < 2:
            break
        found = shorter
    return _PLACE.sub("", found) or found


class KnownNames:
    """Names of units among which near-equal ones are found fast (by their names with one character less)."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._stems: dict[str, list[str]] = {}
        self._shorter: dict[str, list[tuple[str, str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know this name too."""
        same = key(name)
        if same in self._names:
            return
        self._names[same] = name
        core = stem(name)
        self._stems.setdefault(core, []).append(name)
        if len(core) >= _SHORTEST:
            for mark in _one_less(core):
                self._shorter.setdefault(mark, []).append((core, name))

    def same(self, name: str) -> str | None:
        """The known name that differs from this one in blanks, width or brackets only."""
        return self._names.get(key(name))

    def near(self, name: str) -> str | None:
        """A known name that is not the same but may be the same unit's; None if there is none."""
        core, same = stem(name), key(name)
        for other in self._stems.get(core, []):
            if key(other) != same:
                return other
        if len(core) < _SHORTEST:
            return None
        shorter = _one_less(core)
        for mark in (core, *shorter):
            for other_core, other in self._shorter.get(mark, []):
                if _mistyped(core, other_core):
                    return other
        return next(
            (other for mark in shorter if _mistyped(core, mark) for other in self._stems.get(mark, [])), None
        )


def _one_less(core: str) -> list[str]:
    return [core[:place] + core[place + 1 :] for place in range(len(core))]


def _mistyped(one: str, other: str) -> bool:
    """Whether two names differ by one mistyped, missing or added character that tells no units apart."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    place = next((i for i, character in enumerate(short) if character != long[i]), len(short))
    if len(short) == len(long):
        differing = {short[place], long[place]}
        fits = short[place + 1 :] == long[place + 1 :]
    else:
        differing = {long[place]}
        fits = short[place:] == long[place + 1 :]
    return fits and not differing & _TELLING
