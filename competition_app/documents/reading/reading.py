"""Opens outside files in a worker process with limits: plain values come back, or one sentence why not."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from competition_app.documents import out_of_reach
from competition_app.documents.reading import reading_process
from competition_app.documents.reading.reading_process import Worker
from competition_app.domain.errors import Refusal
from competition_app.domain.registration.writing import Cell

SECONDS = 30.0
"""How long one file may take."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``rows[0]`` is row 1, ``merged`` holds (first row, column, last row, column) from 0."""

    name: str
    visible: bool
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """An outside workbook as plain values; ``kind`` is xlsx, xls, xlsb, ods or csv, found by the content."""

    path: Path
    kind: str
    sheets: tuple[Sheet, ...]


class Reader:
    """A worker process for some files, one after the other; use it in ``with``. It starts at once.

    A file that breaks the worker or takes longer than 30 s is refused and the next one gets a new worker.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._worker: Worker | None = reading_process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker:
            worker.close()

    def read(self, path: Path) -> Workbook:
        """A workbook's sheets.

        Raises a ``Refusal`` naming the file for one that is damaged, empty, protected, too large, of another
        type, or that breaks the limits of time and memory.
        """
        answer = self.order({"read": str(path)}, out_of_reach.name_of(path))
        sheets = tuple(
            Sheet(
                found["name"] or path.stem,
                found["visible"],
                found["rows"],
                tuple(map(tuple, found["merged"])),
            )
            for found in answer["sheets"]
        )
        return Workbook(path, answer["kind"], sheets)

    def order(self, order: Mapping[str, object], name: str) -> dict[str, Any]:
        """The worker's answer to an order about the file ``name``; its refusals become sentences."""
        worker = self._worker = self._worker or reading_process.start()
        late = threading.Event()

        def too_late() -> None:
            late.set()
            worker.kill()

        watch = threading.Timer(self._seconds, too_late)
        watch.start()
        try:
            body = worker.ask(json.dumps(order).encode())
        finally:
            watch.cancel()
        if body is None:
            self.close()
            raise refusal("late" if late.is_set() else "memory", name, {})
        answer: dict[str, Any] = json.loads(body.decode("utf-8", "surrogatepass"), object_hook=_dated)
        if "refused" in answer:
            raise refusal(answer["refused"], name, answer["values"])
        return answer


def read_workbook(path: Path) -> Workbook:
    """One workbook (see ``Reader.read``)."""
    with Reader() as reader:
        return reader.read(path)


def _dated(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((kind, value),) = found.items()
        if kind == "$datetime":
            return datetime.fromisoformat(value)
        if kind == "$date":
            return date.fromisoformat(value)
        if kind == "$time":
            return time.fromisoformat(value)
        if kind == "$seconds":
            return timedelta(seconds=value)
    return found


def refusal(why: str, name: str, values: Mapping[str, object]) -> Refusal:
    """The sentence for a worker's refusal."""
    match why:
        case "too_large":
            return Refusal(
                "{file} is larger than {limit} MB. Remove pictures or split it.", file=name, **values
            )
        case "expands":
            return Refusal(
                "{file} unpacks to {size} MB, far more than a form holds. Copy the rows to a new workbook.",
                file=name,
                **values,
            )
        case "too_many_cells":
            return Refusal(
                "{file} has more than {limit} cells. Delete empty rows and columns.", file=name, **values
            )
        case "empty":
            return Refusal("{file} is empty. Ask the sender for it again.", file=name)
        case "protected":
            return Refusal(
                "{file} is protected by a password. Remove the password and save it again.", file=name
            )
        case "late":
            return Refusal(
                "{file} could not be read in 30 seconds. Copy the rows to a new workbook.", file=name
            )
        case "memory":
            return Refusal("{file} needs too much memory. Copy the rows to a new workbook.", file=name)
        case _:
            return _wrong_file(why, name, values)


def _wrong_file(why: str, name: str, values: Mapping[str, object]) -> Refusal:
    match why:
        case "web_page":
            return Refusal("{file} is a web page with another name. Open it and save it as .xlsx.", file=name)
        case "xml_table":
            return Refusal("{file} is an XML table of 2003. Open it and save it as .xlsx.", file=name)
        case "wrong_type":
            return Refusal(
                "{file} is no workbook but another type of file ({found}). Send the .xlsx form.",
                file=name,
                **values,
            )
        case "not_open":
            return Refusal(
                "{file} cannot be opened ({reason}). Close it elsewhere and try again.",
                file=name,
                reason=out_of_reach.why(int(str(values["errno"] or 0))),
            )
        case _:
            return Refusal(
                "{file} is damaged. Open it in a spreadsheet program and save it again.", file=name
            )
