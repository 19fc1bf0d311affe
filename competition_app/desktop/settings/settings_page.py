"""设置: people and passphrases, language and appearance, folders, copies, about the program."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Ground
from competition_app.desktop.parts.parts import column, row
from competition_app.desktop.settings.settings_competition import CompetitionCard
from competition_app.desktop.settings.settings_looks import AboutCard, LooksCard
from competition_app.desktop.settings.settings_people import PeopleCard
from competition_app.desktop.settings.settings_store import CopiesCard, FoldersCard
from competition_app.i18n import tr


class SettingsPage(Page):
    """Two columns of calm cards: the lists at the left, what is set once at the right."""

    reads = frozenset({"staff", "copies", "competitions"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Settings"))
        self.people = PeopleCard(context)
        self.copies = CopiesCard(context)
        self.competition = CompetitionCard(context)
        self.looks = LooksCard(context)
        self.folders = FoldersCard(context)
        self.about = AboutCard(context)
        self._cards = (
            self.people, self.copies, self.competition, self.looks, self.folders, self.about,
        )  # fmt: skip
        left = column(self.people.card, self.copies.card, gap=4)
        left.setStretch(0, 1)
        left.setStretch(1, 1)
        right = QWidget()
        right.setProperty("clear", "true")
        right.setLayout(column(self.competition.card, self.looks.card, self.folders.card, self.about.card,
                               None, gap=4))  # fmt: skip
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(right)
        whole = Ground("canvas")
        inner = row(left, self.area, gap=4)
        inner.setStretch(0, 1)
        edge = theme.px("padding.pageX"), theme.px("padding.pageY")
        inner.setContentsMargins(*edge, *edge)
        whole.setLayout(inner)
        self.body.addWidget(whole, 1)
        context.actor_changed.connect(self.refresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window gives the right column a little more; the lists get the rest."""
        super().resizeEvent(event)
        wide = self.window().width() >= theme.px("window.wideFrom")
        self.area.setFixedWidth(theme.px("measure.settingsWide" if wide else "measure.settingsColumn"))

    def refresh(self) -> None:
        """Ask all cards to show what is now."""
        for card in self._cards:
            card.refresh()

    def regions(self) -> list[QWidget]:
        """The lists, then what is set once."""
        return [self.people.table, self.copies.table, self.looks.languages, self.folders.opens[0]]
