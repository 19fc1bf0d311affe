"""Criteria of a plan to and from tables: rows pasted from a spreadsheet, workbooks read and written."""

import re
from collections.abc import Collection

from competition_app.documents.plans.criteria_table import CriteriaRead, read_table

__all__ = ["CriteriaRead", "read_criteria"]


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
        quoted = _QUOTED.match(text, place) if text.startswith('"', place) else None
        if quoted is not None and ("\n" in quoted[1] or "\t" in quoted[1]):
            rows[-1].append(quoted[1].replace('""', '"'))
            place = quoted.end()
        else:
            plain = _PLAIN.match(text, place)
            assert plain is not None  # it matches nothing at all, too
            rows[-1].append(plain[0])
            place = plain.end()
        if text.startswith("\n", place):
            rows.append([])
        place += 1
    return rows
