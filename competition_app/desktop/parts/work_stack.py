"""What a page of a list shows: the list with its side panel, or that there is nothing yet."""

from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import SidePanel, row


class WorkStack(QStackedLayout):
    """The list (a layout) beside its panel; ``show_empty`` lays the empty state over both."""

    def __init__(self, left: QLayout, panel: SidePanel, empty: EmptyState) -> None:
        super().__init__()
        self.empty = empty
        whole = row(left, panel, gap=0)
        whole.setStretch(0, 1)
        self.work = QWidget()
        self.work.setLayout(whole)
        self.addWidget(self.work)
        self.addWidget(empty)

    def show_empty(self, *, on: bool) -> None:
        """Show the empty state instead of the list, or the list again."""
        self.setCurrentWidget(self.empty if on else self.work)

    def is_empty(self) -> bool:
        """Whether the empty state is shown."""
        return self.currentWidget() is self.empty
