"""From the start to an open competition: brings the store after the first paint, lists, opens, makes."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import theme
from competition_app.i18n import in_use, tr
from competition_app.services.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from competition_app.desktop.bridge import Bridge
    from competition_app.desktop.frame.frame import Frame
    from competition_app.desktop.frame.main_window import MainWindow
    from competition_app.desktop.jobs import JobWords
    from competition_app.domain.errors import Refusal, Said
    from competition_app.services.competitions.competitions import CompetitionRow
    from competition_app.services.workspace import Actor, Workspace

SHORT_NAME = 8
MakeSample = Callable[[Path, Progress], None]
StoreWork = Callable[[Path, Progress], "tuple[Path, Said | None]"]


class Opening(QObject):
    """Holds the store a window works on; ``ready`` tells that it is open, what was asked before waits."""

    ready = Signal()
    _arrived = Signal(object, object)

    def __init__(self, window: "MainWindow", make_sample: MakeSample | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._make_sample = make_sample
        self._waiting: Callable[[], None] | None = None
        self.workspace: Workspace | None = None
        self.bridge: Bridge | None = None
        self.actor: Actor | None = None
        self._arrived.connect(self._opened)
        window.opening = self
        window.start.offer_sample(on=make_sample is not None)

    def open_store(self, path: Path | None) -> None:
        """Open a store beside the window: libraries are loaded and the file is opened in a thread."""
        threading.Thread(target=self._open, args=(path,), name="open store", daemon=True).start()

    def _open(self, path: Path | None) -> None:
        try:
            from competition_app.services.workspace import open_workspace

            self._arrived.emit(open_workspace(path), None)
        except Exception as error:  # noqa: BLE001 - told in the window's thread
            self._arrived.emit(None, error)

    def _opened(self, workspace: "Workspace | None", error: Exception | None) -> None:
        from competition_app.domain.errors import Refusal

        if isinstance(error, Refusal):
            self._window.asking.refused(error, tr("The store cannot be opened"))
        elif error is not None:
            raise error
        elif workspace is not None:
            self.use(workspace)

    def use(self, workspace: "Workspace") -> None:
        """Work on this store from now on."""
        from competition_app.desktop.bridge import Bridge
        from competition_app.services import staff

        self._let_go()
        self.workspace = workspace
        self.bridge = Bridge(workspace, self)
        self.bridge.written.connect(self._written)
        self.actor = workspace.ask(staff.lone_organiser, in_use().say(_organiser()))
        self.list_competitions()
        self.ready.emit()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _let_go(self) -> None:
        if self.bridge is not None:
            self.bridge.close()
        if self.workspace is not None:
            self.workspace.close()
        self.workspace = self.bridge = self.actor = None

    def close(self) -> None:
        """Close the store (the window is closing)."""
        self._let_go()

    def _when_open(self, deed: Callable[[], None]) -> None:
        """Do it now, or as soon as the store is there."""
        if self.workspace is not None:
            deed()
        else:
            self._waiting = deed

    def list_competitions(self) -> None:
        """Show on the start what was opened lately and what else is in the store."""
        if self.workspace is None:
            return
        here = str(self.workspace.path)
        rows = {row.code: row for row in self._rows()}
        recent = [
            one for one in self._window.preferences["recent"] if one["store"] != here or one["code"] in rows
        ]
        named = {one["code"] for one in recent if one["store"] == here}
        recent = [one | self._recent(rows[one["code"]]) if one["store"] == here else one for one in recent]
        recent += [self._recent(row) for row in rows.values() if row.code not in named]
        self._window.start.show_recent(recent[:6])

    def _rows(self) -> "tuple[CompetitionRow, ...]":
        from competition_app.services.competitions import competitions

        return self.workspace.ask(competitions.competitions) if self.workspace else ()

    def _recent(self, row: "CompetitionRow") -> dict[str, Any]:
        store = str(self.workspace.path) if self.workspace else ""
        return {
            "store": store, "code": row.code, "name": row.name, "place": row.place or "",
            "date": month(row.starts_on), "state": row.state,
        }  # fmt: skip

    def begin(self, way: str) -> None:
        """A way chosen on the start: package, sample, a preset's key, ``previous`` or ``blank``."""
        deeds = {"package": self.choose_package, "sample": self.open_sample}
        self._when_open(deeds.get(way) or partial(self.new_competition, way))

    def open_recent(self, recent: dict[str, Any]) -> None:
        """Open a competition opened lately, in this store or in another."""
        if self.workspace is not None and recent["store"] != str(self.workspace.path):
            self._let_go()
            self._waiting = partial(self.open_code, recent["code"])
            self.open_store(Path(recent["store"]))
        else:
            self._when_open(partial(self.open_code, recent["code"]))

    def open_code(self, code: str, page: str | None = None) -> None:
        """Open the competition with this code."""
        row = next((row for row in self._rows() if row.code == code), None)
        if row is not None:
            self.open_row(row, page)

    def open_row(self, row: "CompetitionRow", page: str | None = None) -> None:
        """Open a competition; somebody must be acting first."""
        from competition_app.desktop.frame.page import Context

        if self.workspace is None or self.bridge is None:
            return
        if self.actor is None:
            self.switch_person()
        if self.actor is None:
            return
        window = self._window
        opened = datetime.now().astimezone().isoformat(timespec="minutes")
        window.preferences.remember_recent(self._recent(row) | {"opened": opened})
        context = Context(
            self.workspace, self.bridge, window.asking, window.jobs, window.preferences, row.id, self.actor
        )
        context.actor_changed.connect(lambda: self._acts(context.actor))
        window.show_competition(context, page)

    def _acts(self, actor: "Actor") -> None:
        self.actor = actor

    def name_head(self, frame: "Frame") -> None:
        """Name the open competition in the head of the navigation: eight characters, all of it in the tip."""
        row = next((row for row in self._rows() if row.id == frame.context.competition_id), None)
        if row is None:
            return
        short = row.short_name or row.name
        frame.navigation.head.show_competition(short, row.place or "", month(row.starts_on), row.name)

    def _written(self, tables: frozenset[str]) -> None:
        """The competition may have another name now."""
        if "competitions" in tables and self._window.frame is not None:
            self.name_head(self._window.frame)

    def change_facts(self) -> None:
        """Ask for the facts of the open competition."""
        from competition_app.desktop.start import competition_facts

        if self._window.context is not None:
            competition_facts.change_facts(self._window.context)

    def show_switcher(self, anchor: QWidget) -> None:
        """The menu under the seal: other competitions, the start, language and theme."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(anchor)
        for row in self._rows():
            one = menu.addAction(row.name)
            one.triggered.connect(partial(self.open_row, row, None))
        menu.addSeparator()
        menu.addAction(tr("Competition details") + "…").triggered.connect(self.change_facts)
        menu.addAction(tr("To the start")).triggered.connect(self._window.show_start)
        menu.addSeparator()
        self._choices(
            menu, tr("Appearance"), _themes(), self._window.preferences["theme"], self._window.dress
        )
        languages = [("zh", "简体中文"), ("en", "English")]
        self._choices(
            menu, tr("Language"), languages, self._window.preferences["language"], self._window.speak
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(anchor.mapToGlobal(QPoint(theme.space(3), anchor.height())))

    @staticmethod
    def _choices(
        menu: "QMenu", title: str, choices: list[tuple[str, str]], now: str, choose: Callable[[str], None]
    ) -> None:
        from PySide6.QtGui import QAction, QActionGroup

        inner = menu.addMenu(title)
        group = QActionGroup(inner)
        for value, word in choices:
            action = QAction(word, group)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(partial(_choose, choose, value))
            inner.addAction(action)

    def switch_person(self) -> None:
        """Another person acts from now on."""
        from competition_app.desktop.frame import people

        if self.workspace is None:
            return
        actor = people.switch(self._window.asking, self.workspace, self.actor)
        if actor is not None:
            self.actor = actor
            if self._window.context is not None:
                self._window.context.act_as(actor)

    def sign_out(self) -> None:
        """Nobody acts: let the next person sign in, or go back to the start."""
        self.actor = None
        self.switch_person()
        if self.actor is None:
            self._window.show_start()

    def change_store(self, words: "JobWords", work: "StoreWork") -> None:
        """Close the store, let ``work`` put another in its place, and open the competition again there.

        ``work`` gets the store's path and its progress and returns the path to open and what is worth telling
        about it. That, or a Refusal, is told once the store is open again.
        """
        window, workspace = self._window, self.workspace
        if workspace is None:
            return
        context, path = window.context, workspace.path
        now = context.competition_id if context else None
        code = next((row.code for row in self._rows() if row.id == now), "")
        window.show_start()
        if window.frame is not None:
            return
        self._let_go()

        def run(progress: Progress) -> "tuple[Path, Refusal | Said | None]":
            from competition_app.domain.errors import Refusal

            try:
                return work(path, progress)
            except Refusal as refusal:
                return path, refusal

        def done(ended: "tuple[Path, Refusal | Said | None]") -> None:
            self._remember_place(path, ended[0])
            self._waiting = partial(self._back, code, ended[1])
            self.open_store(ended[0])

        window.jobs.start(words, run, done)

    def _remember_place(self, old: Path, new: Path) -> None:
        """The user's own store is opened where it was moved to; another one is only opened from its file."""
        from competition_app.services import upkeep

        preferences = self._window.preferences
        if old != new and str(old) in (str(upkeep.default_store()), preferences["store"]):
            preferences["store"] = str(new)

    def _back(self, code: str, told: "Refusal | Said | None") -> None:
        from competition_app.domain.errors import Refusal

        self.open_code(code, "settings")
        if isinstance(told, Refusal):
            self._window.asking.refused(told)
        elif told is not None:
            self._window.asking.inform(tr("The copy was put back"), in_use().say(told))

    def new_competition(self, way: str = "blank") -> None:
        """Ask for what a competition begun this way needs, make it and open it."""
        from competition_app.desktop.start import new_competition

        if self.workspace is None:
            return
        if self.actor is None:
            self.switch_person()
        if self.actor is not None:
            code = new_competition.ask(self._window.asking, self.workspace, self.actor, way)
            if code is not None:
                self.open_code(code)

    def choose_package(self) -> None:
        """Choose a package and take it in."""
        kinds = tr("Competition packages") + " (*.competition.json *.json *.zip)"
        files = self._window.asking.open_files(tr("Import a package"), kinds)
        if files:
            self.import_package(files[0])

    def import_package(self, file: Path) -> None:
        """Take a competition in from a package and open it."""
        self._when_open(partial(self._import_package, file))

    def _import_package(self, file: Path) -> None:
        from competition_app.desktop.jobs import JobWords
        from competition_app.services.exchange import exchange

        workspace = self.workspace
        if workspace is None:
            return
        if self.actor is None:
            self.switch_person()
        actor = self.actor
        if actor is None:
            return
        words = JobWords(tr("Importing the package"), file.name, tr("Nothing of it is kept."))
        self._window.jobs.start(
            words,
            lambda _progress: exchange.import_package(workspace, actor, file),
            lambda taken: self.open_code(taken.code),
        )

    def open_sample(self) -> None:
        """Make the sample in a store of its own, once, and open it: nothing in it touches real data."""
        from competition_app import paths
        from competition_app.desktop.jobs import JobWords

        make, path = self._make_sample, paths.user_data() / "sample" / "sample.store"
        if make is None:
            return
        if path.exists():
            self._open_sample(path)
            return
        words = JobWords(
            tr("Making the sample"), tr("An invented city competition"), tr("Nothing of it is kept.")
        )
        self._window.jobs.start(
            words, lambda progress: make(path, progress), lambda _made: self._open_sample(path)
        )

    def _open_sample(self, path: Path) -> None:
        self._let_go()
        self._waiting = self.open_first
        self.open_store(path)

    def open_first(self) -> None:
        """Open the first competition of the store."""
        rows = self._rows()
        if rows:
            self.open_row(rows[0])


def _choose(choose: Callable[[str], None], value: str, _checked: bool = False) -> None:
    choose(value)


def _themes() -> list[tuple[str, str]]:
    return [("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))]


def _organiser() -> Any:
    from competition_app.domain.access import Role
    from competition_app.services.access import ROLE_NAMES

    return ROLE_NAMES[Role.ORGANISER]


def month(iso: str | None) -> str:
    """Month and year of an ISO date as the language writes them; empty without one."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return ""
    return tr("{month:02}/{year}", month=day.month, year=day.year)
