"""A table that is shown, as a paper to print; what stands in it comes from the page that shows it."""

from competition_app.documents.results.table_print import PrintedColumn, PrintedTable, table_pdf

__all__ = ["PrintedColumn", "PrintedTable", "table_pdf"]
