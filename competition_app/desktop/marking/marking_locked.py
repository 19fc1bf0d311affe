"""A locked result on the page of marking: it is said, nothing is entered, and the way to reopen it shown."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import Button, ElidedText, Ground, ink
from competition_app.desktop.parts.parts import on_click, row
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.plans.plans import ModuleRow

LOCKED = pills.State("seal", "lock", Said("Locked"))
WHY = Said("The result is locked and only shown here: the chief judge can reopen it on the page of results.")


class LockedBar(Ground):
    """Stands in place of the grid's ``keys`` while the result is locked; ``pill`` is for the page's head."""

    def __init__(self, context: Context, keys: QWidget) -> None:
        super().__init__("surface", "top")
        self._context, self._keys = context, keys
        self._event = 0
        self.pill = pills.Pill()
        self.setFixedHeight(theme.px("height.messageBar"))
        self.sentence = ElidedText("", "body", "inkSecondary")
        self.way = on_click(Button(tr("To the results"), "arrow-right", "quiet", small=True), self._go)
        left = theme.space(4) + theme.px("icon.normal") + theme.space(2)
        inner = row(self.sentence, self.way, gap=2)
        inner.setStretch(0, 1)
        inner.setContentsMargins(left, 0, theme.space(4), 0)
        self.setLayout(inner)
        self.hide()

    def tell(self, module: ModuleRow) -> None:
        """Show whether the result that this module belongs to is locked."""
        self._event = module.event_id
        self.pill.set_state(LOCKED if module.locked else None)
        self._keys.setHidden(module.locked)
        self.setVisible(module.locked)
        self.sentence.set_text(in_use().say(WHY))

    def refuses(self, module: ModuleRow) -> bool:
        """Whether nothing may be entered; then it is said why."""
        if module.locked:
            self._context.asking.note(in_use().say(WHY))
        return module.locked

    def _go(self) -> None:
        self._context.choose_event(self._event)
        self._context.go.emit("results")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the lock."""
        super().paintEvent(event)
        side = theme.px("icon.normal")
        icons.draw(QPainter(self), "lock", QRect(theme.space(4), 0, side, self.height()), ink("seal"))
