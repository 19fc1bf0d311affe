"""What the pages say is so: every command is documented, every link and picture is there."""

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
