"""What the pages say is so: every command is documented, every link and picture is there."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from competition_app.cli import parser

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ("zh", "en")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def guide(language: str) -> str:
    return (ROOT / "docs" / "guide" / language / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("command", parser.COMMANDS)
def test_every_command_is_documented(language: str, command: str) -> None:
    assert re.search(rf"^\| `{command}\b", guide(language), re.MULTILINE), f"{command} is not in {language}"


@pytest.mark.parametrize("language", GUIDES)
def test_every_option_is_documented(language: str) -> None:
    options = parser.options()
    text = guide(language)
    missing = [f"{command} {option}" for command, option in options if f"{option}" not in text]
    assert not missing, missing


@pytest.mark.parametrize("language", GUIDES)
def test_no_command_is_documented_that_is_not_there(language: str) -> None:
    named = re.findall(r"^\| `([a-z-]+)", guide(language), re.MULTILINE)
    assert {name for name in named if not name.startswith("-")} == set(parser.COMMANDS)


def test_the_guides_have_the_same_pages() -> None:
    pages = [{file.name for file in (ROOT / "docs" / "guide" / language).glob("*.md")} for language in GUIDES]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for file in folder.glob("[0-9]*.md"):
        assert file.name in listed, file.name


def test_the_readme_names_the_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py run" in readme
    assert "python3 dev.py test" in readme
    assert "py dev.py run" in readme
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts == {"competition-app": "competition_app.__main__:main"}


def words_of_the_window(language: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """Every sentence of the window in a language, those with places as patterns; the blank plan's names."""
    said: list[str] = []
    for file in (ROOT / "resources" / "locale" / "zh").glob("*.json"):
        for key, text in json.loads(file.read_text(encoding="utf-8")).items():
            said += (
                text.split("|") if language == "zh" else key.rpartition("@")[0].split("|") + key.split("|")
            )
    blank = (ROOT / "resources" / "presets" / "plans" / "blank.json").read_text(encoding="utf-8")
    names = re.findall(r'"name": "([^"]+)"', blank)
    if language == "en":
        known = json.loads((ROOT / "resources/presets/words/en.json").read_text(encoding="utf-8"))
        names = [known[name] for name in names]
    parts = [re.split(r"\{[a-z_]+\}", text) for text in said]
    placed = [one for one in parts if len(one) > 1 and len("".join(one).strip()) > 1]
    return {*said, *names}, [re.compile(".+".join(map(re.escape, one))) for one in placed]


@pytest.mark.parametrize("page", ["plan-by-hand.md", "rules.md"])
@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_to_the_rules_names_what_the_window_says(language: str, page: str) -> None:
    """Each word in quotation marks is one of the window's: a label, a choice, a button, a check."""
    text = (ROOT / "docs" / "guide" / language / page).read_text(encoding="utf-8")
    marks = r"「([^」]+)」" if language == "zh" else r"“([^”]+)”"
    quoted = [" ".join(one.split()) for one in re.findall(marks, text)]
    whole, placed = words_of_the_window(language)
    strange = [one for one in quoted if one not in whole and not any(p.fullmatch(one) for p in placed)]
    assert len(quoted) > (100 if page == "plan-by-hand.md" else 10)
    assert not strange, strange
