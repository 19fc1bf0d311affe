"""赛项与规则: the rules of a real speech contest set up from nothing through the widgets alone."""

from day import Day
from editing import add, choose, press, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from competition_app.desktop import pictures
from competition_app.desktop.events.events_page import EventsPage
from competition_app.desktop.events.forms.plan_grid import PairGrid
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.plans import plan_changes
from competition_app.services.plans.plans import plan_from
from competition_app.services.workspace import Workspace

MODULE = ("stages", 0, "modules", 0)


def speech_module(page: EventsPage, qtbot) -> None:
    """The stage, its module with panel, criteria and points off by time, through the widgets alone."""
    page.draft.load('{"stages": []}')
    page.tree.choose(("first",))
    press(page, qtbot, "添加一个阶段")
    choose(page, "加权后保留", "不取舍")
    choose(page, "总成绩保留", "3 位小数")
    page.tree.choose(MODULE)
    write(page, qtbot, "模块名称", "演讲")
    write(page, qtbot, "去掉最高分", "1")
    write(page, qtbot, "去掉最低分", "1")
    write(page, qtbot, "最少裁判数", "5")
    choose(page, "成绩保留", "3 位小数")
    QGuiApplication.clipboard().setText(
        "考核点\t最小分值\t最大分值\t步长\n主题内容\t30\t50\t0.01\n语言表达\t15\t30\t0.01\n仪表形象\t10\t20\t0.01"
    )
    qtbot.keyClick(page.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.tree.choose((*MODULE, "criteria", 0))
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    page.tree.choose(MODULE)
    press(page, qtbot, "按时间扣分")
    (grid,) = page.form.findChildren(PairGrid)
    QGuiApplication.clipboard().setText("0\t0.1\n360\t0\n481\t0.02\n491\t0.05\n501\t0.1\n")
    qtbot.keyClick(grid.lines[0][0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def speech_order(page: EventsPage, qtbot) -> None:
    """What tells equals apart, and the prizes."""
    page.tree.choose(("stages", 0, "ties"))
    write(page, qtbot, "前几名不并列", "1")
    press(page, qtbot, "比违规扣分")
    page.tree.choose(("stages", 0, "ties"))
    press(page, qtbot, "比成绩")
    choose(page, "比较什么", "演讲的“主题内容”")
    for name, count in (("特等奖", "1"), ("一等奖", "3"), ("二等奖", "7"), ("三等奖", "10")):
        add(page, "奖项")
        write(page, qtbot, "奖项名称", name)
        write(page, qtbot, "多少", count)
    page.tree.choose(("awards",))
    choose(page, "奖项分界处同分", "都得高一等的奖")


def test_the_speech_contest_is_set_up_in_the_editor_by_hand_only(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot
) -> None:
    """domain.md §13: drop one high and one low, three decimals, points off by time, 1/3/7/10 prizes."""
    day = Day(workspace, organiser, preferences)
    page = day.open(qtbot, "events")
    pictures.settle(day.window)
    speech_module(page, qtbot)
    speech_order(page, qtbot)
    assert page.side.marks() == {}
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    plan = plan_from(day.ask(plan_changes.versions, day.event)[0].text)
    (stage,) = plan.stages
    (module,) = stage.modules
    assert (module.name, module.full, module.round.module, stage.round.total) == ("演讲", 100, 3, 3)
    assert (module.panel.drop_high, module.panel.drop_low, module.panel.fewest) == (1, 1, 5)
    assert [(one.name, one.min, one.max) for one in module.criteria] == [
        ("主题内容", 30, 50), ("语言表达", 15, 30), ("仪表形象", 10, 20),
    ]  # fmt: skip
    assert [tuple(map(float, row)) for row in module.time_bands] == [
        (0, 0.1), (360, 0), (481, 0.02), (491, 0.05), (501, 0.1),
    ]  # fmt: skip
    assert [(key.by, key.criterion) for key in stage.ties] == [
        ("penalty", None), ("criterion", module.criteria[0].code), ("decision", None),
    ]  # fmt: skip
    assert [(one.name, one.count) for one in plan.awards.levels] == [
        ("特等奖", 1), ("一等奖", 3), ("二等奖", 7), ("三等奖", 10),
    ]  # fmt: skip
    assert (plan.awards.ties, stage.no_shared_top) == ("include", 1)
    day.window.jobs.close()
