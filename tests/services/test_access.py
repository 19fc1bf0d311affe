"""Every use case has its right and its words, and writes only through its session."""

import ast
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from competition_app import services
from competition_app.services import access
from competition_app.services.history.history_words import DONE
from competition_app.services.workspace import Act


def use_cases() -> Iterator[tuple[str, Any]]:
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ != loaded.__name__ or name.startswith("_"):
                continue
            parameters = list(inspect.signature(function).parameters.values())
            hints = typing.get_type_hints(function) if parameters else {}
            if parameters and hints.get(parameters[0].name) is Act:
                yield access.name_of(function), function


def test_every_use_case_has_its_row_of_rights_and_its_words() -> None:
    named = {name for name, _ in use_cases()}
    assert {"staff.add", "history.erase_person"} <= named
    rights = {name for name in access.RIGHTS if not name.startswith("test_workspace.")}
    assert access.PARTS.issubset(named), "parts that are not there any more"
    named -= access.PARTS
    assert named - rights == set(), "use cases without a right"
    assert rights - named == set(), "rights without a use case"
    assert set(DONE) == named, "words of the history"


def test_no_use_case_writes_past_its_session() -> None:
    """Driver statements are for reading; a written one would pass the history by."""
    writing = re.compile(
        r"\s*(insert|update|delete|replace|create|drop|alter)\s+(into|or|from|table|\w+\s+set)\b", re.I
    )
    for file in sorted(Path(services.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not writing.match(node.value), f"{file.name}:{node.lineno} writes SQL"
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                taken = {name.name for name in node.names} & {"insert", "update", "delete", "text"}
                assert not taken, f"{file.name}:{node.lineno} takes {taken}"
