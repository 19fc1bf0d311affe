"""The house keeps its own rules: floors, linters, sizes, version, and nothing of anybody's machine."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import competition_app

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ("competition_app", "tests", "bench")
OURS = (*WRITTEN, "migrations")
TEXTS = {".py", ".md", ".toml", ".json", ".spec", ".cfg", ".svg", ".txt", ".lock", ".yml", ".yaml", ""}


def python_files(*folders: str) -> list[Path]:
    return [ROOT / "dev.py", *(file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))]


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def tool(*command: str) -> None:
    asked = [sys.executable, *command]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def test_the_floors_stand_in_their_order() -> None:
    tool(
        "-c", "from importlinter.cli import lint_imports_command as go; go()"
    )  # it would switch our logs off


def test_ruff_finds_nothing() -> None:
    tool("-m", "ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    tool("-m", "ruff", "format", "--check", ".")


@pytest.mark.timeout(300)
def test_mypy_strict_finds_nothing() -> None:
    tool("-m", "mypy")


def test_rules_ask_no_clock() -> None:
    asked = {"now", "today", "utcnow", "fromtimestamp"}
    for file in python_files("competition_app/domain")[1:]:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Attribute):
                assert node.attr not in asked, f"{file.name}:{node.lineno} asks the clock ({node.attr})"


@pytest.mark.parametrize("file", python_files(*WRITTEN), ids=lambda file: str(file.relative_to(ROOT)))
def test_files_and_functions_stay_readable(file: Path) -> None:
    """At most 400 lines a file and 40 lines a function, decorators and docstring aside."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, f"{file.name} is too long"
    for function in functions(tree(file)):
        assert length(function) <= 40, f"{file.name}: {function.name} has {length(function)} lines"


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("file", python_files(*OURS), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_says_what_it_is_in_one_sentence(file: Path) -> None:
    said = ast.get_docstring(tree(file))
    if file.name == "__init__.py" and not file.read_text(encoding="utf-8").strip():
        return
    assert said, f"{file.name} has no docstring"
    assert said.split("\n\n")[0].rstrip().endswith("."), f"{file.name}: {said!r}"


def test_no_vague_module_names() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "base_class", "common", "misc"}
    found = [file for file in python_files(*OURS) if file.stem in vague]
    assert not found, found


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|raise NotImpl" + r"ementedError)\b")
    for file in python_files(*OURS):
        assert not later.search(file.read_text(encoding="utf-8")), file


def test_the_newest_heading_of_the_changelog_is_the_version() -> None:
    heading = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading
    assert heading[1].strip("[]") == competition_app.__version__


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    if names:
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    inner = (ROOT / folder for folder in (*OURS, "docs", "resources"))
    return [*ROOT.glob("*.*"), *(file for folder in inner for file in folder.rglob("*") if file.is_file())]


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No home folder, no address of a package registry, no folder of a builder's machine."""
    homes = ["/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "C:\\Us" + "ers"]
    registries = ["pypi" + ".org", "index" + "-url ", "/opt/py" + "pi"]
    machine = re.compile("|".join(re.escape(word) for word in homes + registries))
    for file in tracked():
        if file.suffix in TEXTS and file.stat().st_size < 4_000_000:
            text = file.read_text(encoding="utf-8", errors="ignore")
            found = machine.search(text)
            assert not found, f"{file.relative_to(ROOT)} names {found[0] if found else ''}"


def test_the_lock_holds_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(r"^([a-z0-9][\w.-]*)==\S+.*\\$", lock, re.MULTILINE)
    assert len(pins) > 30
    assert len(re.findall(r"^[a-z0-9]\S*==", lock, re.MULTILINE)) == len(pins), "a pin has no hash"
    assert re.search(r"^pyside6-essentials==6\.9\.", lock, re.MULTILINE), "see docs/decisions/002"


def test_every_library_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.MULTILINE))
    names = {re.split(r"[<>=!\[; ]", name)[0].lower().replace("_", "-") for name in asked}
    assert names <= locked, f"not in requirements.lock, make it anew (dev.py lock): {sorted(names - locked)}"


def test_dev_py_needs_only_the_standard_library() -> None:
    for node in ast.walk(tree(ROOT / "dev.py")):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names, name
