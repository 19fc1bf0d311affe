"""Every sentence a person can meet has its Chinese, and no Chinese is left without its sentence."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from competition_app.i18n import LANGUAGES, words

ROOT = Path(__file__).resolve().parent.parent
SPEAKERS = {"tr", "words", "_words", "Refusal", "Said"}
CATALOGUES = sorted((ROOT / "resources" / "locale" / "zh").glob("*.json"))

# Latin words a Chinese organiser reads every day; anything else must be Chinese.
LATIN = set(
    re.findall(
        r"\w+",
        "Excel PDF QR ID WPS JSON SQLite CSV ZIP xlsx xls xlsb ods csv pdf zip json Ctrl Enter Tab Shift Alt "
        "Esc F2 GB UTF KB MB Wi Fi A4 OneDrive SHA Windows Linux Qt OK DNF",
    )
)


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    files = sorted((ROOT / "competition_app").rglob("*.py"))
    return [(file, ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def spoken(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The sentences of this module: first arguments of the calls that speak, with their line."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        for literal in literals(node.args[0]) if name in SPEAKERS else ():
            if literal not in LANGUAGES:
                yield node.lineno, literal


def literals(argument: ast.expr) -> Iterator[str]:
    """The texts an argument can be: a literal, or either branch of a choice."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from literals(argument.body)
        yield from literals(argument.orelse)


def catalogue() -> dict[str, str]:
    merged: dict[str, str] = {}
    for file in CATALOGUES:
        merged.update(json.loads(file.read_text(encoding="utf-8")))
    return merged


def places(text: str) -> set[str]:
    return {found.split(":")[0].split("!")[0] for found in re.findall(r"(?<!\{)\{(\w[^{}]*)\}(?!\})", text)}


def test_every_sentence_has_its_chinese() -> None:
    known = catalogue()
    missing = [
        f"{file.relative_to(ROOT)}:{line}: {text!r}"
        for file, module in sources()
        for line, text in spoken(module)
        if text not in known
    ]
    assert not missing, f"{len(missing)} without Chinese:\n" + "\n".join(missing)


def test_no_chinese_is_left_without_its_sentence() -> None:
    everything = {
        node.value
        for _, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = [text for text in catalogue() if text not in everything]
    assert not unused, f"{len(unused)} unused:\n" + "\n".join(unused)


def test_no_sentence_is_made_by_joining() -> None:
    """An f-string, a sum or a format call as a key would never be found in a catalogue."""
    for file, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name):
                made = isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
                assert not (made and node.func.id in SPEAKERS), f"{file.name}:{node.lineno}"


def test_a_sentence_has_one_chinese() -> None:
    seen: dict[str, str] = {}
    for file in CATALOGUES:
        for text, chinese in json.loads(file.read_text(encoding="utf-8")).items():
            assert seen.setdefault(text, chinese) == chinese, (
                f"{file.name}: {text!r} has two Chinese sentences"
            )


def test_no_catalogue_says_a_sentence_twice() -> None:
    for file in CATALOGUES:
        pairs = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=lambda pairs: pairs)
        twice = [text for text, times in Counter(text for text, _ in pairs).items() if times > 1]
        assert not twice, f"{file.name}: {twice}"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_both_languages_fill_the_same_places(file: Path) -> None:
    for text, chinese in json.loads(file.read_text(encoding="utf-8")).items():
        assert places(text) == places(chinese), f"{text!r} / {chinese!r}"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_the_chinese_is_chinese(file: Path) -> None:
    for text, chinese in json.loads(file.read_text(encoding="utf-8")).items():
        assert chinese.strip(), f"{text!r} has no words"
        plain = re.sub(r"\{[^{}]*\}|<[^<>]*>|--?[\w-]+", " ", chinese)
        latin = [word for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", plain) if word not in LATIN]
        assert not latin, f"{chinese!r} says {latin}"
        assert not re.search(r"[一-鿿],|[一-鿿];|[一-鿿]\?|[一-鿿]!", plain), f"half-width: {chinese!r}"


def test_the_english_is_english() -> None:
    """Chinese inside an English sentence is only a word that stands in the workbook itself, in quotes."""
    for file, module in sources():
        for line, text in spoken(module):
            outside = re.sub(r"“[^”]*”|\([^)]*\)", "", text)
            assert not re.search(r"[一-鿿]", outside), f"{file.name}:{line}: {text!r}"


def test_every_sentence_can_be_said() -> None:
    """Each sentence fills its places in both languages without an error."""
    for text in catalogue():
        values = dict.fromkeys(places(text), 2)
        for language in LANGUAGES:
            said = words(language)(text, **values)
            assert not places(said), said
