"""What a page is: a head of 56 with title, scope and actions, content below, and what it works with."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.frame.undoing import Undoing
from competition_app.desktop.jobs import Jobs
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, ElidedText, Ground, Text
from competition_app.desktop.preferences import Preferences

if TYPE_CHECKING:
    from competition_app.desktop.bridge import Bridge
    from competition_app.services.workspace import Actor, Workspace


class Context(QObject):
    """What every page works with: the store, who acts, the funnel of words, jobs, and what is chosen.

    ``undoing`` keeps what was done on any page and takes it back.

    ``event_id`` is the event chosen last on any page, so that going from page to page stays on it. ``go``
    asks the frame for another page by its key; ``event_chosen`` tells that another event was chosen.
    ``speak``, ``dress``, ``sign_in``, ``sign_out`` and ``change_store`` (words of the job, its work) ask the
    window for another language, theme, person or store.
    """

    actor_changed = Signal()
    event_chosen = Signal(int)
    go = Signal(str)
    speak = Signal(str)
    dress = Signal(str)
    sign_in = Signal()
    sign_out = Signal()
    change_store = Signal(object, object)

    def __init__(
        self, workspace: "Workspace", bridge: "Bridge", asking: Asking, jobs: Jobs, preferences: Preferences,
        competition_id: int, actor: "Actor",
    ) -> None:  # fmt: skip
        super().__init__()
        self.workspace = workspace
        self.bridge = bridge
        self.asking = asking
        self.jobs = jobs
        self.preferences = preferences
        self.competition_id = competition_id
        self._actor = actor
        self.undoing = Undoing(workspace, asking, lambda: self.actor, self)
        self._event_id: int | None = None
        self._aim: object = None

    @property
    def actor(self) -> "Actor":
        """Who acts now; pass it to ``workspace.do``."""
        return self._actor

    def act_as(self, actor: "Actor") -> None:
        """Another person acts from now on."""
        self._actor = actor
        self.actor_changed.emit()

    @property
    def event_id(self) -> int | None:
        """The event chosen last."""
        return self._event_id

    def choose_event(self, event_id: int) -> None:
        """Choose an event for all pages."""
        if event_id != self._event_id:
            self._event_id = event_id
            self.event_chosen.emit(event_id)

    def aim(self, page: str, target: object) -> None:
        """Go to a page, and there to this, which the page takes with ``aimed``."""
        self._aim = target
        self.go.emit(page)
        self._aim = None  # a page that holds work was not left

    def aimed(self) -> object:
        """Where the page that asks was sent to, once; None: nowhere in particular."""
        target, self._aim = self._aim, None
        return target


class Page(QWidget):
    """A page of the window; ``reads`` names the tables whose writes make it ask again (``refresh``).

    A page fills ``body`` (a layout without margins), adds selectors with ``add_scope`` and buttons with
    ``add_action`` (primary last), and may override ``find_here``, ``open_file``, ``print_page``,
    ``primary``, ``escape``, ``take_files``, ``regions`` and ``leave``. ``facts`` tells the frame what its
    status bar shows of the page. The frame calls ``refresh`` before it shows the page and after each write
    that concerns it. A page is made anew after a change of language; after one of theme it only repaints.
    """

    facts = Signal(str)
    reads: frozenset[str] = frozenset()

    def __init__(self, context: Context, title: str) -> None:
        super().__init__()
        self.context = context
        head = Ground("surface", "bottom")
        head.setFixedHeight(theme.px("height.pageHead"))
        self.title = Text(title, "title")
        self.subtitle = ElidedText("", "body", "inkSecondary")
        self._scope, self._actions = QHBoxLayout(), QHBoxLayout()
        for part in (self._scope, self._actions):
            part.setSpacing(theme.space(2))
        line = QHBoxLayout(head)
        line.setContentsMargins(theme.px("padding.pageX"), 0, theme.px("padding.pageX"), 0)
        line.setSpacing(theme.space(2))
        line.addWidget(self.title)
        line.addLayout(self._scope)
        line.addWidget(self.subtitle, 1)
        line.addLayout(self._actions)
        self.head = head
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(self.body, 1)

    def add_scope(self, widget: QWidget) -> None:
        """Put a selector beside the title."""
        self._scope.addWidget(widget)

    def add_action(self, button: Button) -> None:
        """Put a button at the right of the head; the primary one last."""
        self._actions.addWidget(button)

    def refresh(self) -> None:
        """Ask the store again and show the answer; called before the page is shown and after writes."""

    def find_here(self) -> None:
        """Ctrl+F: put the keyboard into the search field."""

    def open_file(self) -> None:
        """Ctrl+O: import or open."""

    def print_page(self) -> None:
        """Ctrl+P: print the table that is shown, as it is shown."""
        from competition_app.desktop.tables.table_printing import print_table
        from competition_app.desktop.tables.table_view import TableView

        tables: list[TableView[Any]] = [table for table in self.findChildren(TableView) if table.isVisible()]
        if tables:
            print_table(self.context, self, tables[0], self.title.text())

    def primary(self) -> None:
        """Ctrl+Enter: the page's primary action."""

    def escape(self) -> bool:
        """Esc: close a panel; False where there was nothing to close."""
        return False

    def take_files(self, files: list[Path]) -> None:
        """Files dropped on the window."""

    def regions(self) -> list[QWidget]:
        """Where F6 goes within the page, in order: filter, table, panel."""
        return []

    def forget(self) -> None:
        """Called when the page is taken away: let go of what it holds outside Qt."""

    def leave(self) -> bool:
        """Called before another page is shown or the window closes; False keeps the page."""
        return True
