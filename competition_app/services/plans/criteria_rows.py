"""Criteria of a plan to and from tables: rows pasted from a spreadsheet, workbooks read and written."""

import re
from collections.abc import Collection
from pathlib import Path

from competition_app.documents.plans.criteria_book import (
    CriteriaSheet,
    ModuleCriteria,
    read_book,
    write_book,
)
from competition_app.documents.plans.criteria_table import CriteriaRead, read_table
from competition_app.documents.reading.reading import read_workbook
from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Module, Plan, Stage
from competition_app.i18n import Words

__all__ = [
    "CriteriaRead", "CriteriaSheet", "pasted_rows", "read_criteria", "read_criteria_book",
    "write_criteria_book",
]  # fmt: skip


def read_criteria(text: str, taken: Collection[str] = ()) -> CriteriaRead:
    """The criteria of rows pasted from a spreadsheet (cells parted by tabs), with heads or without.

    ``taken`` are the codes the module has already; criteria without a code get one that is free. Everything
    wrong is named by row and column with its remedy, and then nothing is taken at all.
    """
    return read_table(pasted_rows(text), taken)


_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)')
_PLAIN = re.compile(r"[^\t\n]*")


def pasted_rows(text: str) -> list[list[str]]:
    """The cells of pasted text; one with line breaks or tabs stands in quotes, as spreadsheets copy it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(text):
        plain = _PLAIN.match(text, place)
        assert plain is not None  # it matches nothing at all, too
        goes_on = plain[0].startswith('"') and plain[0].count('"') % 2
        quoted = _QUOTED.match(text, place) if goes_on else None
        rows[-1].append(plain[0] if quoted is None else quoted[1].replace('""', '"'))
        place = (quoted or plain).end()
        if text.startswith("\n", place):
            rows.append([])
        place += 1
    return rows


def read_criteria_book(path: Path) -> tuple[CriteriaSheet, ...]:
    """The criteria of each sheet of a workbook (.xlsx, .xls, .ods, .csv …), read in a process of its own.

    A sheet the program wrote knows its stage and module. Raises Refusal for a file that cannot be read, or
    holds no table of criteria; what is wrong with a row stands in its sheet's ``read``.
    """
    return read_book(read_workbook(path))


def write_criteria_book(target: Path, plan: Plan, words: Words) -> int:
    """All criteria of a plan as a workbook, a sheet a module, with a sheet of instructions; how many.

    Raises Refusal for a plan in which no module is marked by judges, and where the file cannot be saved.
    """
    modules = [
        ModuleCriteria(stage.code, module.code, _title(plan, stage, module), module.criteria)
        for stage in plan.stages
        for module in stage.modules
        if module.kind == "sheets"
    ]
    if not modules:
        raise Refusal("No module of these rules is marked by judges, so there are no criteria to write.")
    return write_book(target, modules, words)


def _title(plan: Plan, stage: Stage, module: Module) -> str:
    """A sheet's name: the module's, after its stage's where there are several."""
    name = module.name or module.code
    return f"{stage.name or stage.code} {name}" if len(plan.stages) > 1 else name
