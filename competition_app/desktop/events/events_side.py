"""The left side of the page of rules: the tree under its head, and the checks at its foot."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout

from competition_app.desktop.events.forms.plan_tree import PlanTree
from competition_app.desktop.events.plan.plan_checks_list import Check
from competition_app.desktop.events.plan.plan_draft import Path
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import (
    Button,
    Ground,
    Rule,
    Text,
    draw_ring,
    plain_tip,
    shows_focus,
    square_button,
)
from competition_app.desktop.parts.parts import clear, column, on_click, row
from competition_app.i18n import tr

SHOWN = 4
ICONS = {"bad": "octagon-alert", "wait": "triangle-alert", "done": "circle-check"}


class CheckLine(QAbstractButton):
    """One check: sign and words on one line, cut with dots; pressed, it opens where it belongs."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        self.check = check
        self.setText(check.words)
        self.setFont(theme.font("caption"))
        self.setFixedHeight(theme.px("measure.checkLine"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.space(7), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sign and words."""
        painter = QPainter(self)
        side, gap = theme.px("icon.small"), theme.px("measure.iconGap")
        role = self.check.role
        icons.draw(painter, ICONS[role], QRect(0, 0, side, self.height()), f"status.{role}.ink", side)
        text = self.rect().adjusted(side + gap, 0, 0, 0)
        painter.setFont(self.font())
        ink = "ink" if self.underMouse() else "inkSecondary"
        painter.setPen(theme.color("status.bad.ink" if role == "bad" else ink))
        shown = painter.fontMetrics().elidedText(self.check.words, Qt.TextElideMode.ElideRight, text.width())
        self.setToolTip(plain_tip(self.check.words) if shown != self.check.words else "")
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.pill"))


class PlanSide(Ground):
    """``wanted`` tells the node of a check that was pressed."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("surface", "right")
        self.setFixedWidth(theme.px("width.planTree"))
        self.add_button = square_button("plus", tr("Add a part of the plan"))
        self.more_button = square_button("ellipsis", tr("More deeds for the plan"))
        self.title = Text(tr("Plan"), "section")
        head = row(self.title, None, self.add_button, self.more_button, gap=1, margins=(4, 2, 2, 2))
        self.tree = PlanTree()
        self.lines: QVBoxLayout = column(gap=0)
        foot = Ground("sunken", "top")
        foot.setLayout(
            column(Text(tr("Checks of the plan"), "strong"), self.lines, gap=1, margins=(4, 3, 4, 3))
        )
        self._open = False
        self._checks: list[Check] = []
        inner = column(head, Rule(), self.tree, foot, gap=0)
        inner.setContentsMargins(0, 0, theme.px("stroke.hairline"), 0)
        inner.setStretch(2, 1)
        self.setLayout(inner)

    def check_lines(self) -> list[CheckLine]:
        """The checks on the screen."""
        found = (self.lines.itemAt(at).widget() for at in range(self.lines.count()))
        return [widget for widget in found if isinstance(widget, CheckLine)]

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show the worst ones, and how many more there are, which can be unfolded."""
        if list(checks) == self._checks:
            return
        self._checks = list(checks)
        self._fill()

    def _fill(self) -> None:
        clear(self.lines)
        room = len(self._checks) if self._open else SHOWN
        for check in self._checks[:room]:
            self.lines.addWidget(on_click(CheckLine(check), partial(self.wanted.emit, check.node)))
        rest = [check for check in self._checks[SHOWN:] if check.role != "done"]
        if rest and not self._open:
            word = tr("and {n} more@checks", n=len(self._checks) - SHOWN)
            self.lines.addWidget(on_click(Button(word, "", "link", small=True), self._unfold))
        elif self._open and len(self._checks) > SHOWN:
            word = tr("Show fewer")
            self.lines.addWidget(on_click(Button(word, "", "link", small=True), self._unfold))

    def _unfold(self) -> None:
        self._open = not self._open
        self._fill()

    def marks(self) -> dict[Path, str]:
        """The worst role of what is wrong at each node."""
        found: dict[Path, str] = {}
        for check in self._checks:
            if check.role != "done" and found.get(check.node) != "bad":
                found[check.node] = check.role
        return found
