"""Printing the table that is shown: its visible columns and the rows of its filter, in its order."""

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.tables.table_view import TableView
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.list_papers import PrintedColumn, PrintedTable, table_pdf


def printed(table: TableView[Any], title: str, about: str, at: str) -> PrintedTable:
    """The table as it is shown now; columns that only paint or tick are left out."""
    model = table.rows_model
    told = [(column, i) for i, column in enumerate(table.columns()) if column.title and not column.ticks]
    shown = [
        (column, table.columnWidth(i))
        for column, i in told
        if not table.isColumnHidden(i) and (column.sortable or not column.paint)
    ]
    columns = tuple(PrintedColumn(column.title, width, column.figures) for column, width in shown)
    rows = tuple(
        tuple(model.cell_text(row, column).replace("\n", " ") for column, _ in shown) for row in model.rows
    )
    return PrintedTable(title, about, columns, rows, at)


def print_table(context: Context, host: QWidget, table: TableView[Any], title: str) -> None:
    """Show the print preview of a table; an empty one is said to be so."""
    if not table.rows_model.rows:
        context.asking.note(tr("There is nothing to print here."))
        return
    print_given(context, host, printed(table, title, *whose(context)))


def whose(context: Context) -> tuple[str, str]:
    """Of which competition a print is, and the local time at which it is made."""
    found = context.workspace.ask(competitions.competitions)
    about = next((one.name for one in found if one.id == context.competition_id), "")
    return about, f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"


def print_given(context: Context, host: QWidget, given: PrintedTable) -> None:
    """Show the print preview of a table that is told already."""
    words = in_use()

    def show(data: bytes) -> None:
        printing.preview(host, Pdf(data), given.title)

    words_of_job = JobWords(tr("Preparing the print"), given.title)
    context.jobs.start(words_of_job, lambda _progress: table_pdf(given, words), show)
