"""The rows of the history as the table shows them: numbers alone, their words fetched page by page."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import neg

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.tables.tables import Column
from competition_app.i18n import in_use, tr
from competition_app.services.history import history_told
from competition_app.services.history.history_told import LogRow

PAGE = 40
KEPT = 4_000


class LogPages:
    """Fetches the words of operations forty at a time when the table comes to paint them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seqs: Sequence[int] = ()
        self._rows: dict[int, LogRow] = {}

    def use(self, seqs: Sequence[int]) -> None:
        """From now on these operations are shown, newest first."""
        self._seqs = seqs
        self._rows.clear()

    def row(self, seq: int) -> LogRow | None:
        """An operation in words; None where it is missing from the store."""
        if seq not in self._rows:
            if len(self._rows) > KEPT:
                self._rows.clear()
            start = bisect_left(self._seqs, -seq, key=neg) // PAGE * PAGE
            block = list(self._seqs[start : start + PAGE])
            found = self._context.workspace.ask(history_told.log_rows, block, in_use())
            self._rows |= {row.seq: row for row in found}
        return self._rows.get(seq)


def local(at: str) -> datetime:
    """A time of the history by the clock on the wall."""
    return datetime.fromisoformat(at).astimezone()


def history_columns(pages: LogPages) -> list[Column[int]]:
    """The columns; a narrow window leaves out the role, a wide one adds the device."""

    def of(words: Callable[[LogRow], str]) -> Callable[[int], str]:
        def said(seq: int) -> str:
            row = pages.row(seq)
            return words(row) if row is not None else "—"

        return said

    px = theme.px

    def quiet(_seq: int) -> str:
        return "inkSecondary"

    return [
        Column("seq", tr("No.@of an operation"), str, px("column.logNumber"), figures=True, ink=quiet,
               sortable=False),
        Column("at", tr("Time"), of(lambda row: f"{local(row.at):%m-%d %H:%M:%S}"), px("column.logTime"),
               sort=lambda seq: seq, ink=quiet, tip=of(lambda row: f"{local(row.at):%Y-%m-%d %H:%M:%S}")),
        Column("actor", tr("Name"), of(lambda row: row.actor), px("column.logActor"), grow=1,
               maximum=px("column.nameMax"), sortable=False),
        Column("role", tr("Role"), of(lambda row: row.role), px("column.logRole"), hide_under=1, ink=quiet,
               sortable=False),
        Column("device", tr("Device"), of(lambda row: row.device), px("column.logDevice"), wide=True,
               ink=quiet, sortable=False),
        Column("done", tr("Deed"), of(lambda row: row.done), px("column.logDeed"), grow=2,
               maximum=px("column.organisationMax"), sortable=False),
        Column("subject", tr("About"), of(lambda row: row.subject or "—"), px("column.logSubject"), grow=4,
               maximum=px("column.fieldMax"), sortable=False),
        Column("change", tr("Old and new"), of(lambda row: row.change or "—"), px("column.logChange"), grow=4,
               ink=quiet, sortable=False),
    ]  # fmt: skip
