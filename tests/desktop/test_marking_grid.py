"""The recorder's grid: what each key does, what each cell looks like, what a refresh leaves where it is."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from competition_app.desktop.look import theme
from competition_app.desktop.marking.marking_grid import MarkingGrid
from competition_app.desktop.marking.marking_model import FACE, STATE, MarkingModel
from competition_app.desktop.marking.marking_values import Column, Face, Look, Row, Wrong
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Said

NONE = Face(Look.NOT_BEGUN)
COLUMNS = (
    Column("P1", "装配质量", Said("0–40")),
    Column("P2", "接地检查", Said("yes / no"), check=True),
    Column("P3", "尺寸误差", Said("mm"), unit="mm"),
)


def _row(key: int, *cells: Face, total: str | None = None, begun: bool = False, **more: object) -> Row:
    cells = cells or (NONE, NONE, NONE)
    return Row(key, f"B-{key:03}", cells, total, pills.NOT_ENTERED, begun, **more)  # type: ignore[arg-type]


ROWS = (
    _row(1, Face(Look.FIGURE, "31.5"), Face(Look.YES), Face(Look.FIGURE, "0"), total="61.50", begun=True),
    _row(2, Face(Look.FIGURE, "28.5"), NONE, NONE, begun=True),
    _row(3),
    _row(4),
)


class Desk:
    """A grid on the screen and everything it asked for."""

    def __init__(self) -> None:
        self.entered: list[tuple[int, str, str]] = []
        self.model = MarkingModel(lambda *what: self.entered.append(what))
        self.grid = MarkingGrid(self.model)
        self.model.show(COLUMNS, ROWS)

    def press(self, text: str) -> None:
        """Press these keys wherever the keyboard is."""
        for letter in text:
            QTest.keyClicks(self.focus(), letter)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key wherever the keyboard is."""
        QTest.keyClick(self.focus(), key, modifier)

    @staticmethod
    def focus() -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def here(self) -> tuple[int, int]:
        """The current cell."""
        return self.grid.currentIndex().row(), self.grid.currentIndex().column()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    theme.apply(qapp, "light")
    made = Desk()
    qtbot.addWidget(made.grid)
    made.grid.resize(900, 500)
    with qtbot.waitExposed(made.grid):
        made.grid.show()
    made.grid.activateWindow()
    made.grid.setFocus()
    qtbot.waitUntil(made.grid.hasFocus)
    return made


def test_the_model_keeps_qts_rules(desk: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(desk.model)
    desk.model.show(COLUMNS, ROWS[:2])
    desk.model.keep_wrong((2, "P1"), Wrong("99", Said("too much")))


def test_typing_and_enter_goes_along_the_sheet_then_to_the_next(desk: Desk) -> None:
    desk.grid.go((3, "P1"))
    desk.press("34.5")
    desk.key(Qt.Key.Key_Return)
    assert desk.entered == [(3, "P1", "34.5")]
    assert desk.here == (2, 1)
    desk.key(Qt.Key.Key_Return)
    desk.press("0.1")
    desk.key(Qt.Key.Key_Enter)
    assert desk.entered[-1] == (3, "P3", "0.1")
    assert desk.here == (3, 0)


def test_typing_replaces_what_stood_there_and_f2_edits_it(desk: Desk) -> None:
    desk.grid.go((1, "P1"))
    desk.press("7")
    desk.key(Qt.Key.Key_Down)
    assert desk.entered == [(1, "P1", "7")]
    desk.grid.go((1, "P1"))
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_End)
    desk.key(Qt.Key.Key_Left)
    desk.key(Qt.Key.Key_Backspace)
    desk.key(Qt.Key.Key_Return)
    assert desk.entered[-1] == (1, "P1", "315")


def test_leaving_a_cell_as_it_was_enters_nothing_and_escape_takes_back_the_typing(desk: Desk) -> None:
    desk.grid.go((1, "P1"))
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_Return)
    desk.grid.go((1, "P1"))
    desk.press("99")
    desk.key(Qt.Key.Key_Escape)
    assert desk.entered == []
    assert desk.here == (0, 0)


@pytest.mark.parametrize(
    ("key", "there"),
    [
        (Qt.Key.Key_Up, (1, 1)),
        (Qt.Key.Key_Down, (3, 1)),
        (Qt.Key.Key_Left, (2, 0)),
        (Qt.Key.Key_Right, (2, 2)),
        (Qt.Key.Key_Home, (2, 0)),
        (Qt.Key.Key_End, (2, 2)),
        (Qt.Key.Key_PageUp, (0, 1)),
        (Qt.Key.Key_PageDown, (3, 1)),
    ],
)
def test_keys_move(desk: Desk, key: Qt.Key, there: tuple[int, int]) -> None:
    desk.grid.go((3, "P2"))
    desk.key(key)
    assert desk.here == there


def test_the_arrows_take_what_was_typed_and_go_where_they_point(desk: Desk) -> None:
    desk.grid.go((3, "P1"))
    desk.press("12")
    desk.key(Qt.Key.Key_Right)
    assert desk.entered == [(3, "P1", "12")]
    assert desk.here == (2, 1)


def test_space_and_one_and_nought_answer_a_check(desk: Desk, qtbot: QtBot) -> None:
    answers: list[tuple[object, bool]] = []
    desk.grid.answered.connect(lambda place, yes: answers.append((place, yes)))
    desk.grid.go((3, "P2"))
    desk.key(Qt.Key.Key_Space)
    desk.press("0")
    qtbot.waitUntil(lambda: len(answers) == 2)
    desk.press("1")
    desk.key(Qt.Key.Key_Up)
    desk.grid.go((1, "P2"))
    desk.key(Qt.Key.Key_Space)
    assert answers == [((3, "P2"), True), ((3, "P2"), False), ((3, "P2"), True), ((1, "P2"), False)]
    assert desk.entered == []


def test_what_a_scanner_types_is_no_answer_to_a_check(desk: Desk, qtbot: QtBot) -> None:
    answers: list[object] = []
    led: list[tuple[str, bool]] = []
    desk.grid.answered.connect(lambda place, _yes: answers.append(place))
    desk.grid.lead(lambda text, fast: partial(led.append, (text, fast)) if text == "001" else None)
    desk.grid.go((3, "P2"))
    desk.press("001")
    desk.key(Qt.Key.Key_Return)
    assert led == [("001", True)]
    assert (answers, desk.entered, desk.grid.being_typed()) == ([], [], None)


def test_q_undo_and_paste_are_told(desk: Desk, qtbot: QtBot) -> None:
    desk.grid.go((3, "P1"))
    with qtbot.waitSignal(desk.grid.absent) as absent:
        desk.press("q")
    assert absent.args == [(3, "P1")]
    with qtbot.waitSignal(desk.grid.undone):
        desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().setText("1\n2\n")
    with qtbot.waitSignal(desk.grid.pasted) as pasted:
        desk.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [(3, "P1"), "1\n2\n"]


def test_copied_cells_are_text_for_a_spreadsheet(desk: Desk) -> None:
    desk.grid.go((1, "P1"))
    desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "31.5\t是\n28.5\t"


def _look(desk: Desk, row: int, column: int) -> Look:
    face = desk.model.index(row, column).data(FACE)
    assert isinstance(face, Face)
    return face.look


def test_a_gap_a_zero_and_a_sheet_not_begun_look_different(desk: Desk) -> None:
    assert _look(desk, 0, 2) is Look.FIGURE
    assert _look(desk, 1, 2) is Look.GAP
    assert _look(desk, 2, 2) is Look.NOT_BEGUN


def test_a_wrong_figure_stays_as_typed_takes_the_total_and_outlives_a_refresh(desk: Desk) -> None:
    desk.model.keep_wrong((1, "P1"), Wrong("43.5", Said("too much"), "34.5"))
    desk.model.show(COLUMNS, ROWS[:3])
    assert desk.model.index(0, 0).data() == "43.5"
    assert _look(desk, 0, 0) is Look.WRONG
    assert desk.model.index(0, 3).data() == "—"
    assert desk.model.index(0, 4).data(STATE) == pills.OUT_OF_RANGE
    desk.model.keep_wrong((1, "P1"), None)
    assert desk.model.index(0, 0).data() == "31.5"
    assert desk.model.index(0, 3).data() == "61.50"


def test_a_refresh_keeps_the_place_even_when_sheets_come_before_it(desk: Desk) -> None:
    desk.grid.go((3, "P3"))
    desk.model.show(COLUMNS, (_row(9), *ROWS))
    assert desk.grid.place() == (3, "P3")
    changed = (ROWS[0], ROWS[1], _row(3, Face(Look.FIGURE, "1"), NONE, NONE, begun=True), ROWS[3])
    desk.model.show(COLUMNS, changed)
    assert desk.grid.place() == (3, "P3")


def test_a_locked_sheet_takes_no_typing(desk: Desk) -> None:
    desk.model.show(COLUMNS, (_row(1, locked=Said("locked")), *ROWS[1:]))
    desk.grid.go((1, "P1"))
    desk.press("5")
    desk.key(Qt.Key.Key_Return)
    assert desk.entered == []


def test_seventeen_rows_stand_in_their_room(desk: Desk) -> None:
    desk.model.show(COLUMNS, [_row(i) for i in range(30)])
    desk.grid.resize(900, theme.px("height.gridHead") + 17 * theme.px("height.rowNormal"))
    QApplication.processEvents()
    assert desk.grid.rowAt(desk.grid.viewport().height() - 1) == 16


def test_the_same_figure_is_a_deed_only_where_a_sheet_is_typed_again() -> None:
    entered: list[tuple[int, str, str]] = []
    model = MarkingModel(lambda *what: entered.append(what))
    figure = Face(Look.FIGURE, "30")
    model.show(COLUMNS, [_row(1, figure, NONE, NONE), _row(2, figure, NONE, NONE, again=True)])
    for row in (0, 1):
        assert model.setData(model.index(row, 0), "30")
    assert entered == [(2, "P1", "30")]
