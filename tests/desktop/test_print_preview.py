"""The print preview: pages turned and enlarged, printed to a file, each printer's set-up remembered."""

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen.canvas import Canvas

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.parts.print_preview import PrintPreview
from competition_app.desktop.preferences import Preferences

POINT_OF_DIFFERENCE = 2.0


def paper(*sizes: tuple[float, float]) -> Pdf:
    held = io.BytesIO()
    canvas = Canvas(held)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(0, 0, size[0] / 2, size[1] / 2, fill=1)
        canvas.showPage()
    canvas.save()
    return Pdf(held.getvalue())


@pytest.fixture
def window(qtbot: QtBot, preferences: Preferences) -> QWidget:
    window = QWidget()
    window.preferences = preferences
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


def to_file(dialog: PrintPreview, file: Path) -> None:
    """What a person does in the printer's dialog: print to this file."""
    dialog.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer.setOutputFileName(str(file))


def test_pages_are_turned_and_enlarged(window: QWidget, qtbot: QtBot) -> None:
    def look(dialog: PrintPreview) -> int:
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert (dialog.number.text(), dialog.before.isEnabled()) == ("第 1 页，共 3 页", False)
        qtbot.mouseClick(dialog.after, Qt.MouseButton.LeftButton)
        QTest.keyClick(dialog, Qt.Key.Key_PageDown)
        assert (dialog.number.text(), dialog.after.isEnabled()) == ("第 3 页，共 3 页", False)
        wide = dialog.paper.paper()
        assert wide.width() > wide.height(), "the third page lies"
        assert dialog.paper.rect().contains(wide), "all of it is seen"
        QTest.keyClick(dialog, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        for _ in range(9):
            qtbot.mouseClick(dialog.larger, Qt.MouseButton.LeftButton)
        assert (dialog.size_word.text(), dialog.larger.isEnabled()) == ("300 %", False)
        assert dialog.paper.paper().width() > 3 * wide.width()
        assert dialog.area.horizontalScrollBar().maximum() > 0
        qtbot.mouseClick(dialog.size_word, Qt.MouseButton.LeftButton)
        assert dialog.paper.paper() == wide
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return dialog.result()

    assert printing.preview(window, paper(A4, A4, landscape(A4)), "成绩表", look) is False


def test_it_is_printed_as_it_is_made_and_the_printer_remembered(
    window: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    def confirm(dialog: PrintPreview) -> int:
        dialog.choose_printer = lambda: to_file(dialog, tmp_path / "printed.pdf") is None
        dialog.printer.setColorMode(QPrinter.ColorMode.GrayScale)
        dialog.printer.setPageMargins(QMarginsF(10, 11, 12, 13), QPageLayout.Unit.Millimeter)
        dialog.print_button.click()
        return dialog.result()

    assert printing.preview(window, paper(landscape(A4), A4), "成绩表", confirm)
    printed = Pdf((tmp_path / "printed.pdf").read_bytes())
    assert [printed.size(page)[0] > printed.size(page)[1] for page in range(printed.pages)] == [True, False]
    printed.close()

    def look(dialog: PrintPreview) -> int:
        margins = dialog.printer.pageLayout().margins(QPageLayout.Unit.Millimeter)
        assert (round(margins.left()), round(margins.bottom())) == (10, 13)
        assert dialog.printer.colorMode() == QPrinter.ColorMode.GrayScale
        return 0

    printing.preview(window, paper(A4), "另一份", look)

    def plain(dialog: PrintPreview) -> int:
        assert dialog.printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A3
        assert dialog.printer.pageLayout().margins().left() == 0, "other paper has its own set-up"
        return 0

    printing.preview(window, paper(A3), "证书", plain)


def test_left_alone_nothing_is_printed_or_remembered(
    window: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    def leave(dialog: PrintPreview) -> int:
        dialog.choose_printer = lambda: False
        dialog.print_button.click()
        assert dialog.result() == 0
        dialog.leave_button.click()
        return dialog.result()

    assert not printing.preview(window, paper(A4), "成绩表", leave)
    assert preferences["printing"] == {}


@pytest.mark.parametrize(
    "held", [{"paper": "A4"}, {"paper": [1, 2, 3, 4], "margins": [1]}, {}, {"duplex": "x"}]
)
def test_a_broken_memory_is_no_hindrance(preferences: Preferences, held: dict[str, object]) -> None:
    pdf = paper(A4)
    name = QPrinter().printerName()
    preferences["printing"] = {"last": "gone", "printers": {name: {"A4": held}, "gone": {"A4": held}}}
    printer = printing.printer_for(pdf, "成绩表", preferences)
    assert printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A4
    pdf.close()


def test_a_page_is_never_drawn_out(tmp_path: Path) -> None:
    """On paper of another shape it keeps its own, in the middle."""
    pdf = paper(A4)
    printer = printing.printer_for(pdf, "成绩表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    at = printing.fitted(pdf, 0, printer)
    assert at.height() / at.width() == pytest.approx(A4[1] / A4[0], rel=0.01)
    full = printer.pageLayout().fullRectPixels(printer.resolution())
    assert at.center().x() == pytest.approx(full.center().x(), abs=POINT_OF_DIFFERENCE)
    pdf.close()
