"""裁判宽严: each judge beside the panel as a chart, those far from it named in a sentence."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.chart_card import picture_button, save_chart
from competition_app.desktop.parts.charts.severity import JudgeSpread, Severity
from competition_app.desktop.parts.controls import Text
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import clear, column, on_click, row
from competition_app.desktop.results.results_table import minus
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.looking_back import after_lock
from competition_app.services.looking_back.after_lock import JudgeSeverity

_BAND = 2.0
"""Half of the band where a module has no full mark to take 2 of 100 of."""


class JudgesView(QWidget):
    """A chart for each module of the stage."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.charts: list[Severity] = []
        self.inner = QVBoxLayout(self)
        self.inner.setContentsMargins(0, 0, 0, 0)
        self.inner.setSpacing(theme.space(2))

    def show_event(self, event: EventRow, stage: str) -> None:
        """Show the judges of the stage's modules."""
        clear(self.inner)
        self.charts = []
        found = [
            one
            for one in self._context.workspace.ask(after_lock.judge_severity, event.id)
            if one.profile.stage == stage and one.profile.deviation is not None
        ]
        if not found:
            why = tr("No two judges marked the same work here, so nothing can be compared.")
            self.inner.addWidget(Text(why, "body", "inkSecondary", wrap=True))
        for module in dict.fromkeys(one.profile.module for one in found):
            self._module([one for one in found if one.profile.module == module])
        self.inner.addStretch(1)

    def _module(self, judges: Sequence[JudgeSeverity]) -> None:
        name = tr("Judges of {module}", module=judges[0].module_name)
        chart = Severity(name)
        band = judges[0].profile.band
        chart.show_judges([_spread(one) for one in judges], _BAND if band is None else float(band))
        lines = theme.px("height.rowCompact") * len(judges) + theme.line_height("caption")
        chart.setFixedHeight(min(theme.px("measure.chartMost"), lines + theme.space(2)))
        chart.can_be_saved = True
        save = on_click(picture_button(), lambda: save_chart(chart, self._context.asking))
        chart.wanted.connect(save.click)
        self.charts.append(chart)
        caption = tr("Points above or below the others' mean, grey: usual")
        head = row(Text(name, "strong"), None, save)
        self.inner.addLayout(column(head, Text(caption, "caption", "inkTertiary", wrap=True), chart, gap=1))
        for one in judges:
            if one.profile.far:
                self.inner.addWidget(Well("triangle-alert", _far(one), "wait"))


def _spread(one: JudgeSeverity) -> JudgeSpread:
    profile = one.profile
    return JudgeSpread(
        f"{profile.judge} {one.name}" if one.name else profile.judge,
        float(profile.deviation or 0), float(profile.spread or 0), outlier=profile.far,
    )  # fmt: skip


def _far(one: JudgeSeverity) -> str:
    """Who is far from the panel, by how much, over how many sheets, how often dropped."""
    profile = one.profile
    who = f"{profile.judge} {one.name}" if one.name else profile.judge
    points = minus((profile.deviation_text or "").lstrip("+-"))
    return (
        tr("{judge} gave {points} more than the others on {n} sheet, on average.|"
           "{judge} gave {points} more than the others on {n} sheets, on average.",
           judge=who, points=points, n=profile.compared)
        if (profile.deviation or 0) > 0
        else tr("{judge} gave {points} less than the others on {n} sheet, on average.|"
                "{judge} gave {points} less than the others on {n} sheets, on average.",
                judge=who, points=points, n=profile.compared)
    )  # fmt: skip
