"""Printing a PDF: the system's preview and printer dialogs, pages drawn at the printer's own resolution."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from competition_app.desktop.certificates.paper_view import Pdf

SHARP_ENOUGH = 300
POINTS_AN_INCH = 72


def printer_for(pdf: Pdf, title: str) -> QPrinter:
    """A printer set to A4 without margins, lying as the first page lies."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    width, height = pdf.size(0)
    way = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setFromTo(1, pdf.pages)
    return printer


def draw(pdf: Pdf, printer: QPrinter) -> int:
    """Draw the pages that were asked for; how many."""
    first, last = printer.fromPage() or 1, printer.toPage() or pdf.pages
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    drawn = 0
    for page in range(max(1, first) - 1, min(last, pdf.pages)):
        if drawn:
            printer.newPage()
        dots = min(printer.resolution(), SHARP_ENOUGH)
        image = pdf.image(page, dots / POINTS_AN_INCH)
        painter.drawImage(QRectF(painter.viewport()), image)
        drawn += 1
    painter.end()
    return drawn


def preview(
    host: QWidget, pdf: Pdf, title: str, show: Callable[[QPrintPreviewDialog], int] | None = None
) -> bool:
    """Show the print preview with the printer dialog behind it; True where it was printed."""
    printer = printer_for(pdf, title)
    dialog = QPrintPreviewDialog(printer, host)
    dialog.setWindowTitle(title)
    dialog.resize(host.size())
    dialog.paintRequested.connect(lambda target: draw(pdf, target))
    return (show or QPrintPreviewDialog.exec)(dialog) == QPrintPreviewDialog.DialogCode.Accepted
