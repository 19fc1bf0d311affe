"""What a page of a list shows: the list with its side panel, or, on a card, that there is nothing yet."""

from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Card, SidePanel, column, row


class WorkStack(QStackedLayout):
    """The list (a layout) beside its panel; ``show_empty`` lays the empty state over both."""

    def __init__(self, left: QLayout, panel: SidePanel, empty: EmptyState) -> None:
        super().__init__()
        self.empty = empty
        whole = row(left, panel, gap=0)
        whole.setStretch(0, 1)
        self._work, self._card = QWidget(), QWidget()
        self._work.setLayout(whole)
        card = Card()
        card.inner.addWidget(empty)
        self._card.setLayout(column(card, gap=0, margins=(5, 4, 5, 4)))
        self.addWidget(self._work)
        self.addWidget(self._card)

    def show_empty(self, *, on: bool) -> None:
        """Show the empty state instead of the list, or the list again."""
        self.setCurrentWidget(self._card if on else self._work)

    def is_empty(self) -> bool:
        """Whether the empty state is shown."""
        return self.currentWidget() is self._card
