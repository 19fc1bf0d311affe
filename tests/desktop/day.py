"""A small competition on the screen: people brought in as from a form, judges seated, a window open on it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from stdnum.cn import ric

from competition_app.desktop.bridge import Bridge
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.domain.registration.registration import BookRead, Column, RowRead, TableRead
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import judging
from competition_app.services.registration import registration
from competition_app.services.workspace import Workspace

EVENT = "无人机装调检修工"
CRITERIA = [
    {"code": "P1", "name": "装配质量", "kind": "points", "max": 40, "step": 0.5},
    {"code": "P2", "name": "接地检查", "kind": "check", "max": 4},
    {
        "code": "P3",
        "name": "尺寸误差",
        "kind": "measured",
        "max": 56,
        "unit": "mm",
        "scale": [[0.2, 56], [0.5, 0]],
    },
]
PLAN = {
    "stages": [
        {
            "code": "final",
            "name": "决赛",
            "modules": [
                {"code": "theory", "name": "理论", "kind": "direct", "full": 100, "weight": 0.3},
                {
                    "code": "practical", "name": "实操", "kind": "sheets", "full": 100, "weight": 0.7,
                    "criteria": CRITERIA, "round": {"module": 2}, "panel": {"min_judges": 1},
                },
            ],
            "round": {"weighted": 2, "total": 2},
        }
    ]
}  # fmt: skip
HEADS = {
    "name": "姓名", "sex": "性别", "id_number": "身份证号码", "organisation": "参赛单位", "event": "参赛项目",
    "phone": "联系电话",
}  # fmt: skip


def id_number(n: int) -> str:
    """A right ID number of a man born in 1990."""
    digits = f"21010219900101{n:02d}1"
    return digits + str(ric.calc_check_digit(digits + "0"))


def person(n: int, **other: str) -> dict[str, str]:
    """A row of a form without a fault, save what ``other`` changes."""
    return {
        "name": f"选手{chr(0x4E00 + n)}", "sex": "男", "id_number": id_number(n),
        "organisation": f"单位{n % 3}公司",
        "event": EVENT, "phone": f"138000010{n:02d}", **other,
    }  # fmt: skip


def form(rows: Sequence[dict[str, str]], file: str = "报名表.xlsx") -> BookRead:
    """A form as it is read, with these rows."""
    columns = {role: Column(head, place) for place, (role, head) in enumerate(HEADS.items())}
    read = tuple(RowRead(4 + at, {k: v for k, v in row.items() if v}, {}) for at, row in enumerate(rows))
    return BookRead(file, (TableRead("报名汇总表", columns, {}, read),))


class Day:
    """A competition with one event; ``open`` shows a page of it in the program's own window."""

    def __init__(
        self, workspace: Workspace, actor: Actor, preferences: Preferences, *, double: bool = False
    ) -> None:
        self.workspace, self.actor, self.preferences = workspace, actor, preferences
        self.competition = self.do(
            competitions.create_competition, "SZ2025", "数智竞赛", starts_on="2025-09-01"
        )
        self.event = self.do(
            competitions.create_event, self.competition, code="UAV", name=EVENT, plan=json.dumps(PLAN),
            double_entry=double,
        )  # fmt: skip
        self.window: MainWindow | None = None

    def do(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        return self.workspace.do(self.actor, use_case, *args, **kwargs)

    def ask(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self.workspace.ask(query, *args, **kwargs)

    def bring(self, rows: Sequence[dict[str, str]]) -> None:
        """Take these people in."""
        self.do(registration.accept, self.competition, [form(rows)])

    def seat(self, *names: str) -> list[int]:
        """Judges J1 … on the practical module, which is opened under the entries' numbers."""
        here = [("final", "practical")]
        seats = [
            self.do(panels.add_judge, self.event, f"J{n}", name=name, modules=here)
            for n, name in enumerate(names, 1)
        ]
        self.do(judging.open_module, self.event, "final", "practical")
        return seats

    def open(self, qtbot: Any, key: str) -> Page:
        """The window on a page of the competition."""
        self.window = window = MainWindow(self.preferences)
        qtbot.addWidget(window)
        bridge = Bridge(self.workspace, window)
        context = Context(
            self.workspace, bridge, window.asking, window.jobs, self.preferences, self.competition, self.actor
        )
        context.setParent(window)
        window.show_competition(context, key)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        assert window.frame is not None
        page = window.frame.page()
        assert page is not None
        return page


def answer(page: Page, deed: Callable[[Sheet], None]) -> None:
    """Answer the next sheets with this; a deed that fails leaves no sheet standing, so that the test ends."""

    def safely(sheet: Sheet) -> None:
        try:
            deed(sheet)
        except BaseException:
            sheet.reject()
            raise

    page.context.asking.answerer = safely


def focus() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(text: str) -> None:
    """Press these keys wherever the keyboard is."""
    for letter in text:
        QTest.keyClicks(focus(), letter)


def write(text: str) -> None:
    """Commit this text from an input method, as Chinese is typed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus(), event)


def key(which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key wherever the keyboard is."""
    QTest.keyClick(focus(), which, modifier)
