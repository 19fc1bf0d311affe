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
    at = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    found = context.workspace.ask(competitions.competitions)
    about = next((one.name for one in found if one.id == context.competition_id), "")
    given, words = printed(table, title, about, at), in_use()

    def show(data: bytes) -> None:
        printing.preview(host, Pdf(data), title)

    words_of_job = JobWords(tr("Preparing the print"), title)
    context.jobs.start(words_of_job, lambda _progress: table_pdf(given, words), show)
