"""The frame round an open competition: navigation, the page shown, status bar; it keeps pages fresh."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QStackedLayout, QWidget

from competition_app.desktop.frame.badges import Badges
from competition_app.desktop.frame.navigation import Navigation
from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.frame.page_list import Badge, PageDeclared
from competition_app.desktop.frame.status_bar import StatusBar
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import takes_tab
from competition_app.desktop.parts.parts import column, row
from competition_app.desktop.tables.table_memory import TableMemory
from competition_app.desktop.tables.table_view import TableView
from competition_app.i18n import in_use, tr

LOAD_PAUSE = 150
"""Milliseconds between loading one page's modules and the next, while nobody has opened that page yet."""


class Frame(QWidget):
    """Shows the pages of one competition. Pages are made when first shown and asked anew whenever shown."""

    def __init__(self, context: Context, declared: Sequence[PageDeclared]) -> None:
        super().__init__()
        self.context = context
        self._declared = {page.key: page for page in declared}
        self.pages: dict[str, Page] = {}
        self.current = ""
        self.last = ""
        say = in_use().say
        self.navigation = Navigation([(page.key, say(page.said), page.icon, page.group) for page in declared])
        self.status = StatusBar()
        self._stack = QStackedLayout()
        right = column(self._stack, self.status, gap=0)
        right.setStretch(0, 1)
        self.setLayout(row(self.navigation, right, gap=0))
        self.navigation.chosen.connect(self.go)
        context.go.connect(self.go)
        context.bridge.written.connect(self._written)
        context.actor_changed.connect(self.show_actor)
        context.jobs.changed.connect(self._show_jobs)
        self.status.jobs.clicked.connect(self._bring_back)
        self.badges = Badges(context, self._show_badge, self)
        self.show_actor()
        self._show_jobs()
        self.badges.count()
        self.badges.reckon()
        self._to_load = list(declared)
        self._loading = QTimer(self, interval=LOAD_PAUSE)
        self._loading.timeout.connect(self._load_next)
        self._loading.start()

    def _load_next(self) -> None:
        """Load the modules of one more page, so that opening it later costs no more than making it."""
        if not self._to_load:
            self._loading.stop()
            return
        self._to_load.pop(0).load()

    def go(self, key: str) -> None:
        """Show the page with this key, unless the present one holds work that is not taken yet."""
        if key not in self._declared:
            return
        if self.current and self.current != key and not self.pages[self.current].leave():
            self.navigation.show_current(self.current)
            return
        page = self.pages.get(key) or self._make(key)
        if self.current and self.current != key:
            self.last = self.current
        self.current = key
        self.status.facts.set_text("")
        self._fit_navigation()
        self._stack.setCurrentWidget(page)
        self.navigation.show_current(key)
        page.refresh()
        self._give_keyboard(page)

    @staticmethod
    def _give_keyboard(page: Page) -> None:
        """Put the keyboard into the page: into its table where it has one."""
        regions = [widget for widget in page.regions() if widget.isVisible()]
        tables = [widget for widget in regions if isinstance(widget, QAbstractItemView)]
        for widget in (*tables, *regions)[:1]:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, key: str) -> Page:
        page = self.pages[key] = self._declared[key].load()(self.context)
        page.facts.connect(partial(self._show_facts, key))
        for at, table in enumerate(page.findChildren(TableView)):
            TableMemory(table, self.context.preferences, f"{key}:{at}" if at else key)
        self._stack.addWidget(page)
        return page

    def page(self) -> Page | None:
        """The page that is shown."""
        return self.pages.get(self.current)

    def _show_facts(self, key: str, facts: str) -> None:
        if key == self.current or not self.current:
            self.status.facts.set_text(facts)

    def _written(self, tables: frozenset[str]) -> None:
        """Something was saved: say when, and let the open page ask again if it concerns it."""
        self.show_saved(datetime.now().astimezone())
        page = self.page()
        if page is not None and page.reads & tables:
            page.refresh()
        self.badges.written(tables)

    def show_saved(self, at: datetime | None) -> None:
        """Say when the last change was saved; None: nothing was changed yet in this sitting."""
        self.status.saved.show_words(tr("Saved {time}", time=f"{at:%H:%M:%S}") if at else tr("All is saved"))

    def show_actor(self) -> None:
        """Say who is acting."""
        from competition_app.services.access import ROLE_NAMES

        actor = self.context.actor
        role = in_use().say(ROLE_NAMES[actor.role])
        self.status.who.show_words(role if actor.staff_id is None else f"{role} {actor.name}")
        self.status.who.setToolTip(tr("Who is acting; press to switch"))

    def _show_badge(self, key: str, badge: Badge) -> None:
        if key in self.navigation.items:
            self.navigation.items[key].show_badge(badge)

    def _show_jobs(self) -> None:
        running = [job for job in self.context.jobs.running if not job.quiet]
        words = running[0].words.title if running else ""
        if len(running) > 1:
            words = tr("{title} and {n} more", title=words, n=len(running) - 1)
        self.status.jobs.show_words(words)

    def _bring_back(self) -> None:
        running = [job for job in self.context.jobs.running if not job.quiet]
        if running:
            running[0].bring_back()

    def next_region(self, step: int) -> None:
        """F6: navigation, then the page's filter, table, panel."""
        page = self.page()
        regions: list[QWidget] = [self.navigation.items[self.current]] if self.current else []
        regions += [widget for widget in (page.regions() if page else []) if widget.isVisible()]
        if not regions:
            return
        focus = self.window().focusWidget()
        here = next(
            (i for i, part in enumerate(regions) if focus and (part is focus or part.isAncestorOf(focus))), -1
        )
        regions[(here + step) % len(regions)].setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in order: navigation, then the page, then the status bar, whenever made."""
        regions = (self.navigation, self.page(), self.status)
        found: list[list[QWidget]] = [[] for _ in regions]
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            for region, stops in zip(regions, found, strict=True):
                if region is not None and region.isAncestorOf(widget) and takes_tab(widget):
                    stops.append(widget)
            widget = widget.nextInFocusChain()
        return [stop for stops in found for stop in stops]

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name and signature
        """Tab: to the next stop, round and round."""
        stops, now = self.stops(), self.window().focusWidget()
        if not stops:
            return False
        page = self.page()
        if page is not None and now is not None and now not in stops and page.isAncestorOf(now):
            self._give_keyboard(page)  # the button that was pressed is gone: the page keeps the keyboard
            return True
        here = stops.index(now) if now in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, where nothing else took it: go on, by the button that has the keyboard."""
        button = self.window().focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if enter and isinstance(button, QAbstractButton) and button.isEnabled():
            button.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under 1240 the navigation becomes a rail."""
        super().resizeEvent(event)
        self._fit_navigation()

    def _fit_navigation(self) -> None:
        """Icons only under 1240; on pages that need the room, under 1500."""
        declared = self._declared.get(self.current)
        roomy = declared is not None and declared.roomy
        least = theme.px("window.wideFrom" if roomy else "window.collapseNavUnder")
        self.navigation.set_rail(on=self.width() < least)

    def forget(self) -> None:
        """Let every page go of what it holds."""
        self.badges.forget()
        for page in self.pages.values():
            page.forget()

    def close_pages(self) -> bool:
        """Ask the shown page whether it can be left."""
        page = self.page()
        return page is None or page.leave()
