"""A workbook of scores brought to a module: read beside the window, shown row by row, then taken in."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.marking.incoming.scores_columns import score_columns
from competition_app.desktop.parts.controls import Button, ElidedText, Ground
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import Segment, Segments, column, on_click, row
from competition_app.desktop.tables.table_view import TableView
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.judging import direct_scores, scores_import
from competition_app.services.judging.direct_scores import ScoreState
from competition_app.services.judging.scores_import import ScoreRead, ScoreReport, ScoresTable
from competition_app.services.plans.plans import ModuleRow
from competition_app.services.progress import Progress

KINDS = "Excel, WPS, CSV (*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv *.txt)"
ALL, TAKEN, REFUSED = "all", "taken", "refused"


@dataclass(frozen=True, slots=True)
class Brought:
    """A workbook as read, what taking it would give now, and why stored scores may be corrected by it."""

    module: ModuleRow
    table: ScoresTable
    report: ScoreReport
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ScoresBack:
    """Takes back the scores of a workbook, in one operation; refused where one was changed since."""

    context: Context
    place: tuple[int, str, str]
    changes: tuple[tuple[ScoreState, ScoreState], ...]
    words: str

    def carry_out(self) -> "ScoresBack":
        """Each entry as it stood before, in new versions; what takes that back again."""
        context, why = self.context, tr("Undo: {what}", what=self.words)
        context.workspace.do(
            context.actor, direct_scores.restore_scores, *self.place, self.changes, reason=why
        )
        again = tuple((after, before) for before, after in self.changes)
        return ScoresBack(context, self.place, again, self.words)


class ScoresIntake(QWidget):
    """What would be taken and what not, with the row and the reason; nothing is stored before one says so.

    ``changed`` tells that a workbook was read, taken in or put aside.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.brought: Brought | None = None
        self.segments = Segments([Segment(ALL, tr("All"))], tr("Which rows"))
        self.said = ElidedText("", "body", "inkSecondary")
        self.report_button = on_click(Button(tr("Save the report"), "download", small=True), self.save_report)
        self.correct_button = on_click(Button("", "pen-line", small=True), self.correct)
        self.aside_button = on_click(Button(tr("Put aside"), "x", small=True), self.put_aside)
        self.take_button = on_click(Button("", "file-up", "primary", small=True), self.take)
        self.table: TableView[ScoreRead] = TableView(score_columns(), lambda one: one.row, tr("Scores read"))
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        line = row(self.segments, self.said, self.report_button, self.correct_button, self.aside_button,
                   self.take_button, gap=2, margins=(4, 0, 4, 0))  # fmt: skip
        line.setStretch(1, 1)
        bar.setLayout(line)
        whole = column(bar, self.table, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.segments.chosen.connect(lambda _key: self._filter())

    def waits_for(self, module: ModuleRow) -> bool:
        """Whether a workbook brought to this module was neither taken in nor put aside yet."""
        found = self.brought
        return found is not None and _place(found.module) == _place(module)

    def choose(self, module: ModuleRow) -> None:
        """Ask for a workbook and read it."""
        files = self._context.asking.open_files(
            tr("Take in scores of {module}", module=module.module_name), KINDS
        )
        self.read(module, files[:1])

    def read(self, module: ModuleRow, files: list[Path]) -> None:
        """Read a workbook beside the window and show what taking it would give."""
        if not files:
            return
        file, workspace = files[0], self._context.workspace

        def work(_progress: Progress) -> Brought:
            event, stage, code = _place(module)
            _here, table = scores_import.read_scores(workspace, file, event, code, stage=stage)
            report = workspace.ask(scores_import.preview_scores, event, stage, code, table)
            return Brought(module, table, report)

        words = JobWords(tr("Reading scores"), file.name, tr("Nothing is taken before you accept it."))
        self._context.jobs.start(words, work, self._show)

    def look_again(self) -> None:
        """The store changed: what would be taken and refused now."""
        if self.brought is not None:
            self._look(self.brought.reason)

    def _look(self, reason: str | None) -> None:
        found = self.brought
        assert found is not None
        try:
            report = self._context.workspace.ask(
                scores_import.preview_scores, *_place(found.module), found.table, reason
            )
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            self.put_aside()
            return
        self._show(Brought(found.module, found.table, report, reason))

    def _show(self, brought: Brought) -> None:
        first = self.brought is None or self.brought.table is not brought.table
        self.brought, report = brought, brought.report
        self.segments.set_segments([
            Segment(ALL, tr("All"), len(report.rows)),
            Segment(TAKEN, tr("To be taken"), report.accepted),
            Segment(REFUSED, tr("Not taken@scores"), report.refused, "bad"),
        ])  # fmt: skip
        self.said.set_text(
            tr("{file}, column “{column}”. Nothing is stored yet.", file=report.file, column=report.column)
        )
        differ = sum({problem.code for problem in one.problems} == {"score_differs"} for one in report.rows)
        self.correct_button.setText(tr("Correct {n} with a reason", n=differ))
        self.correct_button.setVisible(differ > 0)
        self.take_button.setText(tr("Take {n} score in|Take {n} scores in", n=f"{report.accepted:,}"))
        self.take_button.setVisible(report.accepted > 0)
        for button in (self.take_button, self.correct_button):
            button.updateGeometry()
        self.table.set_rows(report.rows)
        if first:
            self.segments.choose(REFUSED if report.refused else ALL)
        self._filter()
        self.changed.emit()

    def _filter(self) -> None:
        key = self.segments.key()
        self.table.set_filter(None if key == ALL else lambda one: one.accepted == (key == TAKEN))

    def correct(self) -> None:
        """Ask why stored scores are corrected by this workbook, then look through it again."""
        field = Field(tr("Reason of the correction"))

        def check() -> bool:
            field.refuse(
                "" if field.text() else tr("Write why the mark is corrected; it stands in the history.")
            )
            return bool(field.text())

        lead = tr("The scores that stand stay in the record. Nothing is stored before you take them in.")
        if self._context.asking.form(
            tr("Correct stored scores?"), lead, [field], tr("Look through again"), check
        ):
            self._look(field.text())

    def take(self) -> None:
        """Store what can be taken, in one operation."""
        found = self.brought
        if found is None or not found.report.accepted:
            return
        workspace, actor = self._context.workspace, self._context.actor

        def work(_progress: Progress) -> ScoreReport:
            here = _place(found.module)
            return workspace.do(actor, scores_import.take_scores, *here, found.table, reason=found.reason)

        words = JobWords(tr("Taking scores in"), found.report.file, tr("All rows are taken, or none."))
        self._context.jobs.start(words, work, lambda report: self._taken(found.module, report))

    def _taken(self, module: ModuleRow, report: ScoreReport) -> None:
        context, n = self._context, len(report.changes)
        taken, refused = f"{report.accepted:,}", f"{report.refused:,}"
        said = tr("{taken} scores taken in, {refused} not.", taken=taken, refused=refused)
        if n:
            words = tr("{n} score of {module} taken in|{n} scores of {module} taken in", n=n,
                       module=module.module_name)  # fmt: skip
            context.undoing.did(words, ScoresBack(context, _place(module), report.changes, words), quiet=True)
        context.asking.note(said, context.undoing.undo if n else None)
        self.put_aside()

    def put_aside(self) -> None:
        """Take nothing (more) of the workbook."""
        self.brought = None
        self.changed.emit()

    def save_report(self) -> None:
        """Save what is taken and what not, row by row with the reason, as a workbook to send back."""
        found = self.brought
        if found is None:
            return
        name = tr("{file} looked through", file=Path(found.report.file).stem) + ".xlsx"
        target = self._context.asking.save_file(tr("Save the report"), name, "Excel (*.xlsx)")
        if target is None:
            return
        report, words = found.report, in_use()
        self._context.jobs.start(
            JobWords(tr("Saving the report"), target.name, tr("No half file is left when cancelled.")),
            lambda _progress: scores_import.save_report(report, target, words),
            lambda _nothing: self._context.asking.note(tr("Saved: {file}", file=target.name)),
        )

    def showEvent(self, _event: QShowEvent) -> None:
        """The keyboard goes to the rows."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _place(module: ModuleRow) -> tuple[int, str, str]:
    return module.event_id, module.stage, module.module
