"""文件夹 and 备份: where the data lie, moving them, copies made and put back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from competition_app import logs
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import on_click, row
from competition_app.desktop.settings.settings_parts import place_line, titled
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import in_use, tr
from competition_app.services import upkeep
from competition_app.services.progress import Progress
from competition_app.services.upkeep import CopyRow


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class FoldersCard:
    """The store, its copies and the log: where they lie, opened, the store moved."""

    def __init__(self, context: Context, show: Callable[[Path], None] = show_folder) -> None:
        self.context, self.show = context, show
        self.card, _caption = titled(tr("Folders"))
        self.move_button = on_click(Button(tr("Move"), small=True), self.move)
        self.home_button = on_click(Button(tr("Move it home"), small=True), self.move_home)
        self.opens: list[Button] = []
        self.unsafe = Well("triangle-alert", "", "wait")
        store, self._store = place_line(tr("Competition data"), [self._open(self._data), self.move_button])
        copies, self._copies = place_line(tr("Copies"), [self._open(self._kept)])
        log, self._log = place_line(tr("Log of the program"), [self._open(self._logged)])
        for line in (store, copies, log):
            self.card.inner.addWidget(line)
        self.card.inner.addWidget(self.unsafe)
        self.card.inner.addLayout(row(None, self.home_button))

    def _open(self, folder: Callable[[], Path]) -> Button:
        button = Button("", "folder-open", small=True, tip=tr("Open the folder"))
        button.setFixedWidth(theme.px("height.buttonSmall"))
        self.opens.append(on_click(button, lambda: self.show(folder())))
        return button

    def _data(self) -> Path:
        return self.context.workspace.path.parent

    def _kept(self) -> Path:
        folder = upkeep.copies_folder(self.context.workspace.path)
        return folder if folder.is_dir() else folder.parent

    @staticmethod
    def _logged() -> Path:
        return logs.log_file().parent

    def refresh(self) -> None:
        """Show where everything lies now, and whether that is safe."""
        path = self.context.workspace.path
        self._store.set_text(str(path))
        self._copies.set_text(str(upkeep.copies_folder(path)))
        self._log.set_text(str(self._logged()))
        problem = upkeep.place_problem(path)
        self.unsafe.setVisible(problem is not None)
        self.home_button.setVisible(problem is not None)
        if problem is not None:
            self.unsafe.text.setText(tr("The data lie {where} and could be damaged there.", where=problem))

    def move(self) -> None:
        """Ask for a folder and move the data there."""
        folder = self.context.asking.folder(tr("Where the competition data shall lie"))
        if folder is not None:
            self._move(lambda path: upkeep.move(path, folder))

    def move_home(self) -> None:
        """Move the data to this machine's own folder."""
        self._move(upkeep.move_home)

    def _move(self, work: Callable[[Path], Path]) -> None:
        try:
            upkeep.refuse_but_organiser(self.context.actor)
        except Refusal as refusal:
            self.context.asking.refused(refusal)
            return
        words = JobWords(
            tr("Moving the data"), self.context.workspace.path.name, tr("The old file stays, renamed.")
        )
        self.context.change_store.emit(words, lambda path, _progress: (work(path), None))


class CopiesCard:
    """The copies with their last act; one made now, one put back."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.make_button = on_click(Button(tr("Make a copy now"), "copy"), self.make)
        caption = tr("made by itself every ten minutes of work")
        self.card, self._caption = titled(tr("Copies"), caption, self.make_button)
        self.problem = Well("triangle-alert", "", "wait")
        self.none = Well("copy", tr("There is no copy yet. The first is made ten minutes after work begins."))
        self.table: TableView[CopyRow] = TableView(_columns(), lambda one: one.path, tr("Copies"))
        self.restore_button = on_click(
            Button(tr("Put this copy back"), "rotate-ccw", small=True), self.restore
        )
        inner = self.card.inner
        inner.addWidget(self.problem)
        inner.addWidget(self.none)
        inner.addWidget(self.table, 1)
        inner.addStretch(0)  # takes the room only where there is no list
        inner.addLayout(row(self.restore_button, None))
        self.table.chosen.connect(lambda chosen: self.restore_button.setEnabled(chosen is not None))

    def refresh(self) -> None:
        """List the copies; the chosen one stays."""
        copies = upkeep.copies(self.context.workspace.path)
        self.table.set_rows(copies)
        self.table.setVisible(bool(copies))
        self.none.setVisible(not copies)
        problem = self.context.workspace.copy_problem
        self.problem.setVisible(problem is not None)
        self.problem.text.setText(in_use().say(problem) if problem is not None else "")
        self.restore_button.setVisible(bool(copies))
        self.restore_button.setEnabled(self.table.chosen_row() is not None)

    def make(self) -> None:
        """Make a checked copy beside the work."""
        path = self.context.workspace.path
        words = JobWords(tr("Making a copy"), path.name, tr("Nothing of it is kept."))
        self.context.jobs.start(words, lambda _progress: upkeep.backup(path), self._made)

    def _made(self, copy: Path) -> None:
        self.context.asking.note(tr("The copy {file} was made and checked.", file=copy.name))
        self.refresh()

    def restore(self) -> None:
        """Ask once, naming what is lost, then put the copy back."""
        copy = self.table.chosen_row()
        if copy is None:
            return
        try:
            upkeep.refuse_but_organiser(self.context.actor)
        except Refusal as refusal:
            self.context.asking.refused(refusal)
            return
        if self._sure(copy):
            actor = self.context.actor

            def work(path: Path, _progress: Progress) -> tuple[Path, Said | None]:
                done = upkeep.restore(copy.path, actor, path)
                return done.path, skipped(done.skipped)

            words = JobWords(tr("Putting the copy back"), copy.path.name, tr("The present data stay aside."))
            self.context.change_store.emit(words, work)

    def _sure(self, copy: CopyRow) -> bool:
        n = self.context.workspace.ask(upkeep.operations_since, copy)
        losses = [
            tr("{n} operation done after it|{n} operations done after it", n=f"{n:,}"),
            tr("with the marks, reviews and certificates in them"),
        ]
        if not n:
            losses = [tr("nothing: nothing was done after it")]
        when = f"{copy.made_at:%Y-%m-%d %H:%M}"
        return self.context.asking.destroy(
            tr("Put back the copy of {time}?", time=when),
            tr("The data go back to “{act}” by {name}. Lost from the open data:", act=copy.last_act,
               name=copy.last_actor),
            losses,
            tr("Everything up to the copy stays, and the copy itself."),
            tr("The present data are first copied aside and can be put back the same way."),
            tr("Put back {time}", time=when),
            tr("Keep the present data"),
        )  # fmt: skip


def skipped(numbers: int) -> Said | None:
    """What must be known where certificate numbers are left out after a copy was put back."""
    if not numbers:
        return None
    return Said(
        "The certificate numbers given last cannot be read: new ones begin {n} further on.", {"n": numbers}
    )


def _columns() -> list[Column[CopyRow]]:
    px, say = theme.px, in_use().say

    def quiet(_one: CopyRow) -> str:
        return "inkSecondary"

    def last(one: CopyRow) -> str:
        if not one.last_at:
            return "—"
        at = datetime.fromisoformat(one.last_at).astimezone()
        return f"{at:%H:%M} {one.last_actor} {say(one.last_act)}"

    return [
        Column("made", tr("Made"), lambda one: f"{one.made_at:%Y-%m-%d %H:%M}", px("column.copyMade"),
               sort=lambda one: one.made_at),
        Column("kind", tr("Why"), lambda one: say(one.kind), px("column.copyWhy"), ink=quiet, hide_under=1),
        Column("last", tr("Last act"), last, px("column.words"), grow=1, sort=lambda one: one.last_at),
        Column("operations", tr("Operations"), lambda one: f"{one.operations:,}", px("column.copyCount"),
               figures=True, ink=quiet, sort=lambda one: one.operations),
        Column("size", tr("Size"), lambda one: f"{one.size / 1_000_000:.1f} MB", px("column.copySize"),
               figures=True, ink=quiet, sort=lambda one: one.size),
    ]  # fmt: skip
