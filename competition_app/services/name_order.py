"""The orders Chinese names are listed in: by pinyin, and by the strokes of the surname (姓氏笔画)."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import groupby

from competition_app import paths

Place = tuple[int, int, str, str]
"""Where one sign stands: figures by value, then other signs, then Chinese characters."""
Key = tuple[Place, ...]

FIGURES, OTHERS, CHINESE = range(3)
UNKNOWN = "6"
"""Stands after the five kinds of stroke: the order of these strokes is not known."""


def pinyin_of_person(name: str) -> Key:
    """The key of a person's name by pinyin: the surname as it is read as a surname, 单 shàn, 曾 zēng."""
    known = _surnames()
    surname = known.get(name[:2]) or known.get(name[:1]) or ()
    return _by_sound(name, [*surname, *map(_sound, name[len(surname) :])])


@lru_cache(maxsize=20_000)
def pinyin_of_words(words: str) -> Key:
    """The key of an organisation's name by pinyin: each sign as it is read in its word, 重庆 chóngqìng."""
    from pypinyin import Style, lazy_pinyin

    sounds: list[str] = []
    for is_chinese, run in groupby(words, chinese):
        said = "".join(run)
        read = lazy_pinyin(said, style=Style.TONE3, neutral_tone_with_five=True) if is_chinese else [*said]
        sounds += read if len(read) == len(said) else map(_sound, said)
    return _by_sound(words, sounds)


def strokes(name: str) -> Key:
    """The key of a name by strokes: their number, then their kinds 一丨丿丶乛, sign by sign."""
    return _key(name, lambda _place, sign: _written(sign))


def _by_sound(text: str, sounds: list[str]) -> Key:
    """By sound and tone; of one sound by strokes, so that one surname stands together."""
    return _key(text, lambda place, _sign: sounds[place])


def _key(text: str, first: Callable[[int, str], str]) -> Key:
    """Figures count as wholes; ``first`` gives what a Chinese character is ordered by."""
    found: list[Place] = []
    for part in re.finditer(r"[0-9]+|.", text, re.DOTALL):
        sign = part.group()
        if sign[0] in "0123456789":
            found.append((FIGURES, int(sign), "", sign))
        elif chinese(sign):
            found.append((CHINESE, 0, first(part.start(), sign), _written(sign) + sign))
        else:
            found.append((OTHERS, 0, sign.casefold(), sign))
    return tuple(found)


def chinese(sign: str) -> bool:
    """Whether a sign is a Chinese character."""
    return sign == "〇" or "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000"


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    """Surnames with sounds of their own: single and double ones."""
    lines = (paths.resources() / "names" / "surnames.txt").read_text(encoding="utf-8").splitlines()
    told = (line.split() for line in lines if not line.startswith("#"))
    return {surname: tuple(sounds) for surname, *sounds in told}


@cache
def _sound(sign: str) -> str:
    """The usual sound of one character with its tone's number, ``zhang1``; other signs stay."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(sign, style=Style.TONE3, neutral_tone_with_five=True))


@cache
def _written(sign: str) -> str:
    """Number and kinds of a character's strokes as text that sorts: ``08 43251112``; unknown ones last."""
    return _table().get(sign, "99")


@cache
def _table() -> dict[str, str]:
    """Characters and their strokes, from resources/names."""
    found: dict[str, str] = {}
    for line in (paths.resources() / "names" / "strokes.txt").read_text(encoding="utf-8").splitlines():
        told, _, signs = line.partition("\t")
        if not line.startswith("#"):
            known = not told.startswith("=")
            key = f"{len(told):02} {told}" if known else f"{int(told[1:]):02} {UNKNOWN}"
            found |= dict.fromkeys(signs, key)
    return found
