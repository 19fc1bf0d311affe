"""Charts: values in words, round axes, rows that do not overlap, now behind the blocks, pictures on white."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts import chart_picture
from competition_app.desktop.parts.charts.axis import nice_top
from competition_app.desktop.parts.charts.bars import Bars, Distribution, Pillar
from competition_app.desktop.parts.charts.chart import Chart, signed
from competition_app.desktop.parts.charts.chart_card import ChartCard
from competition_app.desktop.parts.charts.dots import DotLine
from competition_app.desktop.parts.charts.over_time import OverTime, Point
from competition_app.desktop.parts.charts.progress_lines import ProgressLine, ProgressLines
from competition_app.desktop.parts.charts.severity import JudgeSpread, Severity
from competition_app.desktop.parts.charts.timetable import Block, Timetable, hours, lanes

MORNING = Block("无人机第 1 场", "A201", 510, 690)
NOON = Block("无人机第 2 场", "A201", 690, 780)
APPEALS = Block("申诉受理", "机房", 600, 620, urgent=True)


def bars() -> Chart:
    made = Bars("各单位人数")
    made.show_pillars([Pillar("电力", 12), Pillar("燃气", 0.5, strong=True)])
    return made


def distribution() -> Chart:
    made = Distribution("得分分布")
    made.show_bins([Pillar("60", 3), Pillar("70", 12, strong=True), Pillar("80", 0)], "90")
    return made


def severity() -> Chart:
    made = Severity("裁判宽严")
    made.show_judges([JudgeSpread("J1 宋知行", 0.4, 0.8), JudgeSpread("J3 范启明", -2.6, 1.0, outlier=True)])
    return made


def over_time() -> Chart:
    made = OverTime("收分速度", "")
    made.show_points([Point(0, 0, "8:30"), Point(10, 150, "8:40")])
    return made


def progress_lines() -> Chart:
    made = ProgressLines("裁判交表")
    made.show_lines([ProgressLine("J1", 1, 1200), ProgressLine("J2", 0, 0)], "")
    return made


def dot_line() -> Chart:
    made = DotLine("场内位置")
    made.show_values([0.0, 0.5, 1.0], 0.5, ("61.2", "94.5"), "三人中第二")
    return made


def timetable() -> Chart:
    made = Timetable("今日日程")
    made.show_blocks([MORNING, NOON, APPEALS], 610)
    return made


ALL: list[Callable[[], Chart]] = [
    bars, distribution, severity, over_time, progress_lines, dot_line, timetable,
]  # fmt: skip
SAID = {
    "bars": "电力  12\n燃气  0.5",
    "distribution": "60 到 70：3\n70 到 80：12\n80 到 90：0",
    "severity": "J1 宋知行：+0.4，离散 ±0.8\nJ3 范启明：−2.6，离散 ±1.0，与其他裁判相差较大",
    "over_time": "8:30 0\n8:40 150",
    "progress_lines": "J1 1/1,200\nJ2 0/0",
    "dot_line": "三人中第二",
    "timetable": "8:30–11:30  A201  无人机第 1 场  正在进行\n"
    "10:00–10:20  机房  申诉受理  正在进行\n11:30–13:00  A201  无人机第 2 场",
}


def image_of(chart: Chart, wide: int = 560, high: int = 124) -> QImage:
    chart.resize(wide, high)
    made = QImage(wide, high, QImage.Format.Format_RGB32)
    made.fill(theme.color("surface"))
    painter = QPainter(made)
    chart.draw(painter, QRect(0, 0, wide, high))
    painter.end()
    return made


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_every_chart_says_its_values_and_keeps_its_picture_white(
    make: Callable[[], Chart], qapp: QApplication, qtbot
) -> None:
    chart = make()
    qtbot.addWidget(chart)
    assert chart.accessibleDescription() == SAID[make.__name__]
    assert chart.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert chart.maximumHeight() <= 200
    pictures = []
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        seen = image_of(chart)
        colours = {seen.pixelColor(x, y).name() for x in range(0, 560, 2) for y in range(124)}
        assert len(colours) > 3
        pictures.append((chart_picture.svg(chart, "单位：分"), chart_picture.png(chart)))
    assert pictures[0] == pictures[1]  # paper, whatever the theme
    texts = [node.text for node in ET.fromstring(pictures[0][0]).iter("{http://www.w3.org/2000/svg}text")]
    assert chart.accessibleName() in texts
    assert "单位：分" in texts
    png = QImage.fromData(pictures[0][1])
    assert png.size() == chart_picture.picture_size(chart) * 2
    assert png.pixelColor(0, 0).name() == theme.Theme("light").colors["surface"].name()


def test_an_empty_chart_says_so_and_is_no_stop(qtbot) -> None:
    chart = OverTime("收分速度", "还没有评分表")
    qtbot.addWidget(chart)
    chart.show_points([])
    assert chart.accessibleDescription() == "还没有评分表"
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(("most", "top"), [(1, 2), (3, 4), (7, 10), (12, 20), (150, 200), (3000, 4000)])
def test_an_axis_ends_at_a_round_figure(most: int, top: int) -> None:
    assert nice_top(most) == top


@pytest.mark.parametrize(("value", "said"), [(0.4, "+0.4"), (-2.55, "−2.5"), (0.04, "0.0"), (-0.04, "0.0")])
def test_a_difference_has_its_sign_and_a_real_minus(value: float, said: str) -> None:
    assert signed(value) == said


def test_what_overlaps_at_one_place_has_rows_of_its_own() -> None:
    during = Block("领队会", "A201", 600, 660)
    found = lanes([NOON, MORNING, during, APPEALS])
    assert [(row.name, [block.words for block in row.blocks]) for row in found] == [
        ("A201", ["无人机第 1 场", "无人机第 2 场"]), ("", ["领队会"]), ("机房", ["申诉受理"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "axis"),
    [(None, (480, 780)), (610, (480, 780)), (430, (420, 780)), (1300, (480, 780)), (1440, (480, 780))],
)
def test_the_hours_hold_all_blocks_and_a_near_now(now: int | None, axis: tuple[int, int]) -> None:
    assert hours([MORNING, NOON], now) == axis


def test_an_axis_of_one_short_block_still_spans_four_hours() -> None:
    first, last = hours([APPEALS], None)
    assert (last - first, first <= 600, last >= 620) == (240, True, True)
    assert hours([Block("夜班", "", 1380, 1440)], None)[1] >= 1440


def test_now_lies_behind_the_blocks(qtbot) -> None:
    chart = Timetable("今日日程")
    qtbot.addWidget(chart)
    chart.show_blocks([Block("", "A", 480, 720), Block("", "B", 660, 720)], 600)
    image = image_of(chart)
    line = theme.color("accentInk").name()
    column = [
        [image.pixelColor(x, y).name() == line for y in range(image.height())] for x in range(image.width())
    ]
    (through, *_more) = [ys for ys in column if sum(ys) > 20]
    first, second = (chart_block for chart_block in chart.boxes())
    assert not any(through[int(first.top()) + 1 : int(first.bottom()) - 1])
    assert all(through[int(second.top()) + 1 : int(second.bottom()) - 1])


def test_words_too_wide_for_their_block_stand_at_its_right(qtbot) -> None:
    chart = timetable()
    qtbot.addWidget(chart)
    image = image_of(chart)
    (box,) = [box for box, block in zip(chart.boxes(), (MORNING, NOON, APPEALS), strict=True)
              if block is APPEALS]  # fmt: skip
    ground = theme.color("surface").name()
    right = [
        image.pixelColor(x, y).name() != ground
        for x in range(int(box.right()) + 4, int(box.right()) + 44)
        for y in range(int(box.top()), int(box.bottom()))
    ]
    assert sum(right) > 100
    assert chart.tip_at(QPoint(int(box.center().x()), int(box.center().y()))).startswith("10:00–10:20")


def test_rows_that_are_over_go_first_where_not_all_have_room(qtbot) -> None:
    chart = Timetable("今日日程")
    qtbot.addWidget(chart)
    chart.show_blocks([Block(f"{n}", f"P{n}", 480 + n, 490 + n * 60) for n in range(9)], 700)
    image_of(chart)
    assert len(chart.boxes()) == 4
    assert chart.shown_words()[-1] == "7"
    assert "3" not in chart.shown_words()


def test_the_card_saves_what_is_asked_for(asking: Asking, presses, tmp_path: Path, qtbot) -> None:
    chart = bars()
    card = ChartCard("各单位人数", chart, asking)
    qtbot.addWidget(card)
    for wanted, made, head in (
        ("图.png", "图.png", b"\x89PNG"), ("图.svg", "图.svg", b"<?xml"), ("图", "图.svg", b"<?xml"),
    ):  # fmt: skip
        asking.choose_save = lambda _title, _name, _kinds, wanted=wanted: str(tmp_path / wanted)
        card.save.click()
        assert (tmp_path / made).read_bytes().startswith(head)
        (tmp_path / made).unlink()
    asking.choose_save = lambda _title, _name, _kinds: str(tmp_path / "nowhere" / "图.png")
    presses(asking, "知道了")
    card.save.click()
    assert asking.record[-1].kind == "refusal"


def test_the_menu_of_a_chart_saves_it_too(asking: Asking, qtbot) -> None:
    chart = bars()
    assert chart.menu() is None
    card = ChartCard("各单位人数", chart, asking)
    qtbot.addWidget(card)
    asked = []
    asking.choose_save = lambda _title, name, _kinds: asked.append(name) or ""
    chart.menu().actions()[0].trigger()
    assert asked == ["各单位人数.svg"]
    chart.show_pillars([])
    assert chart.menu() is None


def test_an_empty_card_offers_no_picture(asking: Asking, qtbot) -> None:
    chart = Bars("各单位人数", "还没有报名")
    card = ChartCard("各单位人数", chart, asking)
    qtbot.addWidget(card)
    assert card.save.isHidden()
    chart.show_pillars([Pillar("电力", 12)])
    card.shown()
    assert not card.save.isHidden()
