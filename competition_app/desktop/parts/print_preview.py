"""The print preview: the real pages, turned and enlarged; the printer's set-up, and printing."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import PaperView, Pdf
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, ElidedText, Ground, Text, square_button
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.i18n import tr

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
"""Sizes offered, in per cent of the paper's own; besides them a page fits the window."""


class PrintPreview(QDialog):
    """Shows the pages of a PDF as they will be printed. Accepted where they were printed.

    ``choose_printer`` and ``set_up`` are the system's dialogs; each says whether it was confirmed.
    """

    def __init__(self, pdf: Pdf, printer: QPrinter, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.pdf, self.printer, self.page, self.zoom = pdf, printer, 0, 0
        self.choose_printer: Callable[[], bool] = self._system_printer
        self.set_up: Callable[[], bool] = self._system_set_up
        self.paper = PaperView(tr("Page to print"))
        self.area = QScrollArea()
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.paper)
        self.setLayout(column(self._bar(title), self.area, gap=0))
        self._make_keys()
        self.turn(0)
        self.print_button.setFocus()

    def _bar(self, title: str) -> QWidget:
        self.before = on_click(
            square_button("chevron-left", tr("Page before")), lambda: self.turn(self.page - 1)
        )
        self.after = on_click(
            square_button("chevron-right", tr("Next page")), lambda: self.turn(self.page + 1)
        )
        self.number = Text("", "body", "inkSecondary")
        self.smaller = on_click(square_button("zoom-out", tr("Smaller")), lambda: self.step(-1))
        self.larger = on_click(square_button("zoom-in", tr("Larger")), lambda: self.step(1))
        self.size_word = on_click(
            Button("", variant="quiet", tip=tr("Fit the window")), lambda: self.show_at(0)
        )
        self.set_up_button = on_click(Button(tr("Page set-up"), "settings"), self._set_up_now)
        self.leave_button = on_click(Button(tr("Do not print"), "x"), self.reject)
        self.print_button = on_click(Button(tr("Print"), "printer", "primary"), self.print_now)
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.pageHead"))
        named = ElidedText(title, "title")
        line = row(named, self.before, self.number, self.after, self.smaller, self.size_word, self.larger,
                   self.set_up_button, self.leave_button, self.print_button, gap=2,
                   margins=(4, 0, 4, 0))  # fmt: skip
        line.setStretch(0, 1)
        bar.setLayout(line)
        return bar

    def _make_keys(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "PgUp": lambda: self.turn(self.page - 1), "PgDown": lambda: self.turn(self.page + 1),
            "Home": lambda: self.turn(0), "End": lambda: self.turn(self.pdf.pages - 1),
            "Ctrl++": partial(self.step, 1), "Ctrl+=": partial(self.step, 1),
            "Ctrl+-": partial(self.step, -1),
            "Ctrl+0": partial(self.show_at, 0), "Ctrl+P": self.print_now, "Ctrl+Return": self.print_now,
        }  # fmt: skip
        for keys, deed in deeds.items():
            QShortcut(QKeySequence(keys), self).activated.connect(deed)

    def turn(self, page: int) -> None:
        """Show this page, the first, or the last."""
        self.page = max(0, min(page, self.pdf.pages - 1))
        self.paper.show_pdf(self.pdf, self.page)
        self.number.setText(tr("page {n} of {all}", n=self.page + 1, all=self.pdf.pages))
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page + 1 < self.pdf.pages)
        self.show_at(self.zoom)

    def step(self, way: int) -> None:
        """One size larger or smaller; from the fitting size to the nearest one."""
        now = self.zoom or self._fitting()
        nearer = [zoom for zoom in ZOOMS if (zoom - now) * way > 0]
        if nearer:
            self.show_at(min(nearer) if way > 0 else max(nearer))

    def show_at(self, zoom: int) -> None:
        """Show the paper at this size in per cent; 0: as large as fits."""
        self.zoom = zoom
        self.area.setWidgetResizable(not zoom)
        self.size_word.setText(f"{zoom} %" if zoom else tr("Whole page"))
        if zoom:
            width, height = self.pdf.size(self.page)
            scale, around = self._dots_a_point() * zoom / 100, 2 * theme.space(5)
            self.paper.resize(QSize(round(width * scale) + around, round(height * scale) + around))
        self.smaller.setEnabled(zoom != ZOOMS[0])
        self.larger.setEnabled(zoom != ZOOMS[-1])

    def _fitting(self) -> float:
        """The size in per cent the page has now."""
        return 100 * self.paper.paper().width() / (self.pdf.size(self.page)[0] * self._dots_a_point())

    def _dots_a_point(self) -> float:
        return self.logicalDpiX() / printing.POINTS_AN_INCH

    def print_now(self) -> None:
        """Choose the printer, then print; the preview stays where it was left or nothing could be printed."""
        if self.choose_printer() and printing.draw(self.pdf, self.printer):
            self.accept()

    def _set_up_now(self) -> None:
        self.set_up()

    def _system_printer(self) -> bool:
        dialog = QPrintDialog(self.printer, self)
        dialog.setWindowTitle(self.windowTitle())
        return bool(dialog.exec())

    def _system_set_up(self) -> bool:
        return bool(QPageSetupDialog(self.printer, self).exec())
