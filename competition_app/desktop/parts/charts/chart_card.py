"""A card with one chart: its title, a caption at the right, a small button that saves the picture."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts import chart_picture
from competition_app.desktop.parts.charts.chart import Chart
from competition_app.desktop.parts.controls import Button, ElidedText, Text
from competition_app.desktop.parts.parts import Card, on_click, row
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.drawn_files import save_picture

if TYPE_CHECKING:
    from competition_app.desktop.frame.asking import Asking

KINDS = "SVG (*.svg);;PNG (*.png)"


class ChartCard(Card):
    """Title, caption, picture button, chart; ``right`` are further parts at the right of the title."""

    def __init__(self, title: str, chart: Chart, asking: "Asking", *right: QWidget) -> None:
        super().__init__()
        self.chart, self._asking = chart, asking
        self.caption = ElidedText("", "caption", "inkTertiary")
        self.save = on_click(picture_button(), lambda: save_chart(chart, asking, self.caption.text()))
        chart.can_be_saved = True
        chart.wanted.connect(self.save.click)
        self.title = Text(title, "section")
        head = row(self.title, None, self.caption, *right, self.save, gap=1)
        self.inner.setSpacing(theme.space(1))
        self.inner.addLayout(head)
        self.inner.addWidget(chart, 1)
        self.shown()

    def set_caption(self, words: str) -> None:
        """What the figures are: unit, scope, bounds."""
        self.caption.set_text(words)
        self.shown()

    def shown(self) -> None:
        """Call when the chart shows other values: an empty one has no picture."""
        self.save.setVisible(not self.chart.empty)


def picture_button() -> Button:
    """The small button 导出图 of a chart."""
    made = Button("", "download", "quiet", small=True, tip=tr("Save the chart as a picture"))
    made.setAccessibleName(tr("Save the chart as a picture"))
    made.setFixedSize(theme.px("measure.chartButton"), theme.px("measure.chartButton"))
    return made


def save_chart(chart: Chart, asking: "Asking", caption: str = "") -> None:
    """Ask for a file and save the picture: .png by its ending, else SVG. A refusal is said."""
    if chart.empty:
        return
    title = chart.accessibleName()
    target = asking.save_file(tr("Save the chart as a picture"), f"{title}.svg", KINDS)
    if target is None:
        return
    as_png = target.suffix.lower() == ".png"
    if target.suffix.lower() not in (".svg", ".png"):
        target = target.with_name(target.name + ".svg")
    try:
        drawn = chart_picture.png if as_png else chart_picture.svg
        save_picture(target, drawn(chart, caption))
    except Refusal as refusal:
        asking.refused(refusal)
        return
    finally:
        chart.update()  # tips follow what is painted on the screen
    asking.note(tr("Saved: {file}", file=target.name))
