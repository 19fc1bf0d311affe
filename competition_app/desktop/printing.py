"""Printing a PDF: previewed, drawn at the printer's own resolution; each printer's set-up is remembered."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.preferences import Preferences

SHARP_ENOUGH = 300
POINTS_AN_INCH = 72
UNITS = QPageLayout.Unit.Millimeter


def printer_for(pdf: Pdf, title: str, preferences: Preferences | None = None) -> QPrinter:
    """The printer used last, set up as it was left; else the system's, on the first page's paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if preferences is not None and preferences["printing"].get("last"):
        printer.setPrinterName(preferences["printing"]["last"])
    printer.setDocName(title)
    size = paper_of(pdf)
    printer.setPageLayout(QPageLayout(size, way_of(pdf, 0), QMarginsF(0, 0, 0, 0), UNITS))
    printer.setFullPage(True)
    printer.setFromTo(1, pdf.pages)
    if preferences is not None:
        recall(printer, size, preferences)
    return printer


def paper_of(pdf: Pdf) -> QPageSize:
    """The paper the first page is made for, upright."""
    short, long = sorted(pdf.size(0))
    return QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def way_of(pdf: Pdf, page: int) -> QPageLayout.Orientation:
    """How a page lies."""
    width, height = pdf.size(page)
    return QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait


def remember(printer: QPrinter, paper: QPageSize, preferences: Preferences) -> None:
    """Keep what was set up for this printer and documents on this paper."""
    layout = printer.pageLayout()
    margins = layout.margins(UNITS)
    size = layout.pageSize().size(QPageSize.Unit.Point)
    held = {
        "paper": [size.width(), size.height()],
        "margins": [margins.left(), margins.top(), margins.right(), margins.bottom()],
        "duplex": printer.duplex().name,
        "color": printer.colorMode().name,
    }
    kept = dict(preferences["printing"])
    printers = {name: dict(papers) for name, papers in kept.get("printers", {}).items()}
    printers.setdefault(printer.printerName(), {})[paper.key()] = held
    preferences["printing"] = {"last": printer.printerName(), "printers": printers}


def recall(printer: QPrinter, paper: QPageSize, preferences: Preferences) -> None:
    """Set the printer up as it was left for documents on this paper; what cannot be read is left out."""
    held: Mapping[str, Any] = (
        preferences["printing"].get("printers", {}).get(printer.printerName(), {}).get(paper.key(), {})
    )
    try:
        size = QSizeF(*held["paper"])
        margins = QMarginsF(*held["margins"])
        duplex, color = QPrinter.DuplexMode[held["duplex"]], QPrinter.ColorMode[held["color"]]
    except (KeyError, TypeError):
        return
    fuzzy = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(fuzzy, printer.pageLayout().orientation(), margins, UNITS))
    printer.setDuplex(duplex)
    printer.setColorMode(color)


def draw(pdf: Pdf, printer: QPrinter) -> int:
    """Draw the pages that were asked for, each lying as it is made, within the margins; how many."""
    first, last = printer.fromPage() or 1, printer.toPage() or pdf.pages
    pages = range(max(1, first) - 1, min(last, pdf.pages))
    painter = QPainter()
    for drawn, page in enumerate(pages):
        printer.setPageOrientation(way_of(pdf, page))
        if drawn:
            printer.newPage()
        elif not painter.begin(printer):
            return 0
        dots = min(printer.resolution(), SHARP_ENOUGH)
        painter.drawImage(fitted(pdf, page, printer), pdf.image(page, dots / POINTS_AN_INCH))
    painter.end()
    return len(pages)


def fitted(pdf: Pdf, page: int, printer: QPrinter) -> QRectF:
    """Where a page goes, in the printer's dots: as large as the margins let it be, never drawn out."""
    layout, dots = printer.pageLayout(), printer.resolution()
    paper, margins = layout.fullRectPixels(dots), layout.marginsPixels(dots)
    room = QRect(paper).marginsRemoved(margins)
    size = QSizeF(*pdf.size(page)).scaled(QSizeF(room.size()), Qt.AspectRatioMode.KeepAspectRatio)
    at = QRect(0, 0, size.toSize().width(), size.toSize().height())
    at.moveCenter(room.center())
    return QRectF(at)


def preview(host: QWidget, pdf: Pdf, title: str, show: Callable[[Any], int] | None = None) -> bool:
    """Show the print preview, the printer's dialogs behind it; True where it was printed. Closes the PDF."""
    from competition_app.desktop.parts.print_preview import PrintPreview

    window = host.window()
    preferences = getattr(window, "preferences", None)
    printer = printer_for(pdf, title, preferences)
    dialog = PrintPreview(pdf, printer, title, window)
    dialog.resize(QSize(window.size()))
    try:
        printed = (show or PrintPreview.exec)(dialog) == PrintPreview.DialogCode.Accepted
        if printed and preferences is not None:
            remember(printer, paper_of(pdf), preferences)
        return printed
    finally:
        dialog.paper.show_pdf(None)
        dialog.deleteLater()
