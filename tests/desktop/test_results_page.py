"""成绩: what stands in the table is the one ranking; questions, derivation, export, printing, room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel

from competition_app.desktop import pictures, printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.parts import Banner
from competition_app.desktop.results.results_words import aligned, percent
from competition_app.services.results import results
from competition_app.services.workspace import Workspace
from tests.desktop import looking

Opened = Callable[..., MainWindow]


def test_the_table_is_the_one_ranking(opened: Opened, workspace: Workspace) -> None:
    window = opened()
    page = window.frame.page()
    division = workspace.ask(results.event_result, window.context.event_id).divisions[0]
    shown = [(row.number, row.standing.place, row.standing.total) for row in page.table.rows_model.rows]
    assert shown == [(one.number, one.place, one.total) for one in division.standings]
    titles = [column.title for column in page.table.columns()]
    assert titles[4:6] == ["理论 30%", "实操 70%"]


def test_the_panel_tells_the_derivation(opened: Opened, qtbot) -> None:
    window = opened()
    page = window.frame.page()
    page.table.choose("002")
    qtbot.mouseClick(page.panel.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "002 欧阳靖宇" in text
    assert "理论 90.00 × 30% 27.00" in text
    assert "3 名裁判给实操的总分 J1 94 去高 96 去低 93" in text
    assert "其余 1 个的平均 94.00" in text
    assert "总分 92.80" in text


def test_the_panel_leads_to_the_entry_on_the_floor(opened: Opened, qtbot) -> None:
    window = opened()
    page = window.frame.page()
    page.table.choose("003")
    qtbot.mouseClick(page.panel.more_button, Qt.MouseButton.LeftButton)
    marking = window.frame.page()
    assert marking is not page
    assert marking.on_floor
    assert marking.floor.entry().number == "003"


def test_an_open_question_stands_on_the_page(opened: Opened) -> None:
    window = opened(tied=True)
    page = window.frame.page()
    words = "\n".join(banner.sentence.text() for banner in page.questions.findChildren(Banner))
    assert "001" in words
    assert page.questions.isVisible()
    asked = [row.number for row in page.table.rows_model.rows if row.asked]
    assert asked == ["001", "002"]


def test_search_and_segments_narrow_and_keep_the_choice(opened: Opened, qtbot) -> None:
    page = opened().frame.page()
    page.table.choose("003")
    page.search.setText("云栈")
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) == 4)
    page.search.setText("")
    page.segments.choose("won")
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) == 6)
    assert page.table.chosen_row().number == "003"


def test_fourteen_rows_are_seen_at_1366(opened: Opened) -> None:
    page = opened(entries=40).frame.page()
    assert page.table.viewport().height() // page.table.row_height() >= 14


@pytest.mark.parametrize(("language", "size"), looking.LOOKS)
@pytest.mark.parametrize("page", ["results", "certificates"])
def test_nothing_is_cut(opened: Opened, page: str, language: str, size: tuple[int, int]) -> None:
    window = opened(page=page, tied=page == "results")
    window.resize(*size)
    window.speak(language)
    pictures.settle(window)
    assert looking.cut_texts(window) == []
    assert looking.cells_without_tip(window) == []
    assert looking.nameless(window) == []


def test_the_result_book_and_the_pdf_are_saved(opened: Opened, tmp_path: Path) -> None:
    window = opened()
    page, event = window.frame.page(), window.frame.page().events.chosen_event()
    for deed, name, begins in ((page.export.book, "a.xlsx", b"PK"), (page.export.pdf, "a.pdf", b"%PDF")):
        window.asking.choose_save = lambda *_, name=name: str(tmp_path / name)
        deed(event)
        pictures.settle(window)
        assert (tmp_path / name).read_bytes().startswith(begins)
        assert window.asking.record[-1].words == f"已保存：{name}"


def test_a_pdf_is_drawn_on_the_printer(opened: Opened, tmp_path: Path) -> None:
    window = opened()
    page = window.frame.page()
    window.asking.choose_save = lambda *_: str(tmp_path / "a.pdf")
    page.export.pdf(page.events.chosen_event())
    pictures.settle(window)
    pdf = Pdf((tmp_path / "a.pdf").read_bytes())
    printer = printing.printer_for(pdf, "成绩表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert printing.draw(pdf, printer) == pdf.pages
    printed = Pdf((tmp_path / "printed.pdf").read_bytes())
    assert printed.pages == pdf.pages
    assert printed.size(0)[0] > printed.size(0)[1]
    for one in (pdf, printed):
        one.close()


def test_no_results_says_what_to_do(opened: Opened) -> None:
    window = opened(entries=0)
    page = window.frame.page()
    assert page.empty.isVisible()
    assert "还没有成绩" in [label.text() for label in page.empty.findChildren(QLabel)]
    assert page.empty.ways[0].text() == "录入评分"


WEIGHTS = [("0.3", "30%"), ("0.125", "12.5%"), ("1", ""), ("0.05", "5%"), ("1.5", "150%")]


@pytest.mark.parametrize(("weight", "words"), WEIGHTS)
def test_a_weight_in_per_cent(weight: str, words: str) -> None:
    assert percent(weight) == words


def test_figures_of_a_row_have_the_same_digits() -> None:
    assert aligned(["91", "88.5", "—", "-3"]) == ["91.0", "88.5", "—", "−3.0"]
