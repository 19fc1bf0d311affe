"""Paper from the page of marking: blank score sheets for the judges, and the grid as it is shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.marking.marking_model import DASH, MarkingModel
from competition_app.desktop.tables.table_printing import print_given, whose
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.judging import score_sheets
from competition_app.services.judging.marking_grid import JudgeProgress
from competition_app.services.judging.score_sheets import ScoreSheets
from competition_app.services.list_papers import PrintedColumn, PrintedTable
from competition_app.services.plans.plans import ModuleRow
from competition_app.services.progress import Progress

_CODE, _STATE = 1.1, 1.3
"""The widths of the first and the last column of the printed grid, as shares of a criterion's."""


class MarkingPapers(QObject):
    """Makes papers beside the window and shows their print preview, or saves them."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host

    def blank_sheets(self, module: ModuleRow, judge: JudgeProgress | None) -> None:
        """Ask whose blank sheets, then show them for printing or save those of all judges."""
        asking = self._context.asking
        try:
            made = self._ask(module, ())
        except Refusal as refusal:
            asking.refused(refusal, tr("There are no score sheets to print"))
            return
        answers = [Answer(None, tr("Cancel")), Answer("all", tr("Save all as PDF"), "download")]
        own = [head for head in made.heads if judge is not None and head.judge == judge.code]
        if judge is not None and own:
            word = tr("Print those of {judge}", judge=judge.code)
            answers.append(Answer("one", word, "printer", "primary"))
        text = tr(
            "{n} sheet in this module, {own} of {judge}. Works go by number only."
            "|{n} sheets in this module, {own} of {judge}. Works go by number only.",
            n=f"{len(made.heads):,}", own=f"{len(own):,}", judge=judge.code if judge else DASH,
        )  # fmt: skip
        way = asking.question(tr("Print which blank score sheets?"), text, answers, "printer")
        if way == "one" and judge is not None:
            self._preview(module, judge.code)
        elif way == "all":
            self._save(module, made)

    def _ask(self, module: ModuleRow, only: Sequence[str]) -> ScoreSheets:
        _about, now = whose(self._context)
        here = (module.event_id, module.stage, module.module)
        return self._context.workspace.ask(score_sheets.score_sheets, *here, now, in_use(), only=only)

    def _preview(self, module: ModuleRow, judge: str) -> None:
        made, words = self._ask(module, [judge]), in_use()
        title = tr("Score sheets of {judge}", judge=judge)

        def show(data: bytes) -> None:
            printing.preview(self._host, Pdf(data), title)

        self._context.jobs.start(
            JobWords(tr("Preparing the print"), title),
            lambda progress: score_sheets.sheets_pdf(made, words, progress),
            show,
        )

    def _save(self, module: ModuleRow, made: ScoreSheets) -> None:
        name = tr("{event} {module} score sheets", event=module.event, module=module.module_name) + ".pdf"
        target = self._context.asking.save_file(tr("Save the score sheets"), name, "PDF (*.pdf)")
        if target is None:
            return
        words = in_use()

        def work(progress: Progress) -> int:
            return score_sheets.save_sheets(made, target, words, progress)

        leaves = tr("No half file is left when cancelled.")
        self._context.jobs.start(
            JobWords(tr("Saving score sheets"), target.name, leaves),
            work,
            lambda pages: self._saved(pages, target),
        )

    def _saved(self, pages: int, target: Path) -> None:
        self._context.asking.note(
            tr("{n} page saved: {file}|{n} pages saved: {file}", n=f"{pages:,}", file=target.name)
        )

    def grid(self, model: MarkingModel, title: str, *, named: bool) -> None:
        """The grid as it is shown: codes, marks, totals and states."""
        if not model.rowCount():
            self._context.asking.note(tr("There is nothing to print here."))
            return
        about, now = whose(self._context)
        first = PrintedColumn(tr("Entry@grid") if named else tr("Work"), 2.5 if named else _CODE)
        heads = [PrintedColumn(model.head(at)[0], 1, figures=True) for at in range(len(model.columns))]
        total = [] if named else [PrintedColumn(tr("Total@sheet"), 1, figures=True)]
        columns = (first, *heads, *total, PrintedColumn(tr("State"), _STATE))
        rows = tuple(_line(model, at, named=named) for at in range(model.rowCount()))
        print_given(self._context, self._host, PrintedTable(title, about, columns, rows, now))


def _line(model: MarkingModel, at: int, *, named: bool) -> tuple[str, ...]:
    """A sheet in words; the total of scores that come whole is the score itself."""
    width = len(model.columns)
    places = [*range(width), *([] if named else [width]), width + 1]
    return (model.rows[at].code, *(str(model.index(at, place).data() or "") for place in places))
