"""分数分布: how totals or one module's scores spread, as bars, with least, median and greatest."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.bars import Distribution, Pillar
from competition_app.desktop.parts.charts.chart_card import picture_button, save_chart
from competition_app.desktop.parts.controls import Selector, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import clear, column, facts, on_click, row
from competition_app.desktop.results.results_table import minus
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.looking_back import after_lock


class SpreadView(QWidget):
    """Chooses between the total and the modules, draws the bars, names the figures."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked: tuple[int, str, str | None] | None = None
        self.what = Selector(tr("Of what"))
        self.chart = Distribution(tr("Spread of scores"), tr("Nobody has a score here."))
        self.chart.setFixedHeight(theme.px("measure.chartMost"))
        self.chart.can_be_saved = True
        self.save = on_click(picture_button(), lambda: save_chart(self.chart, context.asking, self._word()))
        self.chart.wanted.connect(self.save.click)
        self._facts = column(gap=1)
        head = row(Text(tr("Spread of scores"), "strong"), None, self.save)
        caption = Text(tr("How many lie between two bounds, in points"), "caption", "inkTertiary", wrap=True)
        self.setLayout(column(Field(tr("Of what"), self.what), head, caption, self.chart, self._facts, None))
        self.what.currentIndexChanged.connect(lambda _at: self._show())

    def _word(self) -> str:
        return self.what.currentText()

    def show_event(
        self,
        event: EventRow,
        stage: str,
        division: str | None,
        modules: Sequence[str],
        names: Mapping[str, str],
    ) -> None:
        """Show the spread of this division's totals or of one of these modules."""
        self._asked = (event.id, stage, division)
        self.what.set_choices([("", tr("Total")), *((code, names.get(code, code)) for code in modules)])
        self._show()

    def _show(self) -> None:
        if self._asked is None:
            return
        event, stage, division = self._asked
        found = self._context.workspace.ask(
            after_lock.score_distribution, event, stage=stage,
            module=self.what.currentData() or None, division=division,
        )  # fmt: skip
        clear(self._facts)
        bins = [Pillar(minus(plain(one.low)), one.count) for one in found.bins] if found else []
        self.chart.show_bins(bins, minus(plain(found.bins[-1].high)) if found else "")
        self.save.setVisible(found is not None)
        if found is not None:
            lines = [
                (tr("Entries@spread"), f"{found.count:,}", "ink"),
                (tr("Greatest"), minus(plain(found.greatest)), "ink"),
                (tr("Median"), minus(plain(found.median)), "ink"),
                (tr("Least"), minus(plain(found.least)), "ink"),
            ]
            self._facts.addLayout(facts(lines))
