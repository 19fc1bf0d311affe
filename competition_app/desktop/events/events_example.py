"""The right-hand side of the plan editor: curve, worked example and plain words, following each keystroke."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from competition_app.desktop.events.events_summary import SummaryCard
from competition_app.desktop.events.example import example_words
from competition_app.desktop.events.example.example_chart import CurveChart
from competition_app.desktop.events.example.example_table import SmallTable
from competition_app.desktop.events.example.example_working import Working
from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, Text
from competition_app.desktop.parts.parts import Card, column, on_click, row
from competition_app.domain.plans.plan import Module
from competition_app.i18n import tr
from competition_app.services.plans import plan_changes
from competition_app.services.plans.plan_changes import Checked
from competition_app.services.plans.plan_curve import Curve, curve_of
from competition_app.services.plans.plan_example import Example, plan_example

Path = tuple[int | str, ...]
SOON = 40
"""Milliseconds after the last keystroke; a hand that types on is not waited for any longer."""


class CurveCard(Card):
    """换算图 with the field in which a value is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.chart = CurveChart()
        self.title = Text("", "section")
        self.trial = QLineEdit()
        self.trial.setFont(theme.font("caption"))
        self.trial.setFixedWidth(theme.px("column.field") - theme.space(6))
        self.trial.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label = Text(tr("Try@curve"), "caption", "inkSecondary")
        label.setBuddy(self.trial)
        self.trial.setAccessibleName(tr("Try@curve"))
        self.inner.addLayout(row(self.title, None, label, self.trial, gap=1))
        self.inner.addWidget(self.chart)
        self.chart.tried.connect(self._write)
        self.trial.textEdited.connect(self._read)

    def show_curve(self, curve: Curve | None) -> None:
        """Show a curve, or nothing where marks simply are points."""
        self.setVisible(curve is not None)
        if curve is not None:
            of_time = isinstance(curve.of, Module)
            self.title.setText(tr("What the time costs") if of_time else tr("From mark to points"))
            self.chart.show_curve(curve)

    def _write(self, text: str) -> None:
        self.trial.setText(text.replace("-", "−"))
        self._mark(wrong=False)

    def _read(self, text: str) -> None:
        """A typed value moves the dot; one that cannot be a mark is marked and moves nothing."""
        value = self.chart.curve.read(text) if self.chart.curve is not None else None
        self._mark(wrong=value is None and bool(text.strip()))
        if value is not None:
            self.chart.try_value(value)

    def _mark(self, *, wrong: bool) -> None:
        told = tr("No mark of this criterion: type a figure such as 0.28.") if wrong else ""
        self.trial.setToolTip(told)
        self.trial.setAccessibleDescription(told)
        self.trial.setProperty("wrong", "true" if wrong else "false")
        self.trial.style().unpolish(self.trial)
        self.trial.style().polish(self.trial)


class ExampleCard(Card):
    """算一遍看看: one invented entry worked out; two where a tie key is looked at; prizes counted."""

    def __init__(self) -> None:
        super().__init__()
        self.again_button = Button(tr("Other figures"), "rotate-ccw", "quiet", small=True)
        self.working, self.table = Working(), SmallTable()
        self.told = Text("", "caption", "inkSecondary", wrap=True)
        title = Text(tr("Work it out once"), "section")
        self.inner.addLayout(row(title, None, self.again_button))
        for part in (self.working, self.told, self.table):
            self.inner.addWidget(part)
        self.show_example(None)

    def show_example(self, example: Example | None) -> None:
        """Show an example; without one say what there would be to work out."""
        self.again_button.setVisible(example is not None)
        if example is None:
            self.working.show_rungs(())
            self.table.hide()
            self._tell(tr("As soon as a module has criteria, an invented entry is worked out here."))
            return
        self.working.show_rungs(example_words.rungs_of(example))
        self.table.setVisible(example.rival is not None or example.prizes is not None)
        if example.rival is not None:
            self.table.show_lines(example_words.tie_head(example), example_words.tie_lines(example))
            self._tell(example_words.tie_words_of(example))
        elif example.prizes is not None:
            counts = example.prizes
            self.table.show_lines(example_words.prize_head(counts), example_words.prize_lines(counts))
            self._tell(tr("So many prizes are given, entries that share a border aside:"))
        else:
            self._tell("")

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def set_good(self, *, good: bool) -> None:
        """While the draft has faults the last good example stays, faded."""
        for part in (self.working, self.table):
            part.faded = not good
            part.update()
        self.again_button.setEnabled(good)


class ExamplePanel(Ground):
    """Curve, worked example and plain words of a draft; ``cards`` takes further cards below."""

    def __init__(self, context: Context) -> None:
        super().__init__("sunken", "left")
        self.setFixedWidth(theme.px("width.planExample"))
        self.curve, self.example, self.summary = CurveCard(), ExampleCard(), SummaryCard(context)
        self.words, self.copy_button = self.summary.words, self.summary.copy_button
        self.stale = Text(
            tr("The rules have faults; this is how they were before."), "caption", "wait", wrap=True
        )
        self.stale.hide()
        self.curve.hide()
        self._context, self._event = context, context.event_id
        self._checked: Checked | None = None
        self._path: Path = ()
        self._seed, self._entrants = 1, 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.work_out)
        on_click(self.example.again_button, self.again)
        self.setFocusProxy(self.copy_button)
        self.cards: QVBoxLayout = column(self.stale, self.curve, self.example, self.summary, gap=3)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("clear", "true")
        inside.setLayout(column(self.cards, None, gap=3, margins=(4, 4, 4, 4)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.setLayout(row(area, gap=0))

    def set_entrants(self, count: int) -> None:
        """How many entries the event has now: prizes are counted for them, too."""
        if count != self._entrants:
            self._entrants = count
            self._soon.start()

    def show_draft(self, text: str, path: Path, good: bool) -> None:
        """Show the draft (JSON text) at a path of it; while it is not ``good`` the last good one stays."""
        if self._context.event_id != self._event:
            self._forget()
        self.set_good(good=good)
        if not good:
            self._soon.stop()
            return
        checked = plan_changes.checked(text)
        first, self._checked, self._path = self._checked is None, checked, path
        self.summary.show_sentences(checked.sentences, text)
        if first:
            self.work_out()
        else:
            self._soon.start()

    def _forget(self) -> None:
        """Another event was chosen: nothing of the one before is shown any more."""
        self._event, self._checked = self._context.event_id, None
        self.curve.hide()
        self.example.show_example(None)
        self.summary.show_sentences((), "")

    def set_good(self, *, good: bool) -> None:
        """Fade everything while the draft has faults, with one sentence why."""
        self.stale.setVisible(not good and self._checked is not None)
        self.example.set_good(good=good)
        self.summary.set_good(good=good)
        self.curve.chart.faded = not good
        self.curve.chart.update()

    def again(self) -> None:
        """Invent other figures."""
        self._seed += 1
        self.work_out()

    def work_out(self) -> None:
        """The example and the curve of the draft as it is now."""
        self._soon.stop()
        plan = self._checked.plan if self._checked is not None and self._checked.good else None
        if plan is None:
            return
        self.curve.show_curve(curve_of(plan, self._path))
        self.example.show_example(plan_example(plan, self._path, self._seed, self._entrants))
