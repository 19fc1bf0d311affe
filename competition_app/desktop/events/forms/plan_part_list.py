"""The parts of a list as rows inside the form above them: opened, moved up and down, taken away."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from competition_app.desktop.events.forms.plan_form import Around
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Text, square_button
from competition_app.desktop.parts.parts import on_click
from competition_app.i18n import tr

Rows = Sequence[tuple[Path, str, str, str]]
"""Node, icon, words, and the figure at the right."""


class PartList(QWidget):
    """A row a part: its words, which open it, its figure, and three small deeds."""

    def __init__(self, draft: PlanDraft, rows: Rows, around: Around) -> None:
        super().__init__()
        self._draft, self._around = draft, around
        self.names: list[Button] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space(1))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        metrics = QFontMetrics(theme.font("body"))
        for at, (node, icon, words, figure) in enumerate(rows):
            shown = metrics.elidedText(
                words, Qt.TextElideMode.ElideRight, theme.px("column.words") + theme.space(7)
            )
            name = on_click(Button(shown, icon, "quiet", tip=words), partial(around.go, node))
            self.names.append(name)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(figure, "body", "inkSecondary"), at, 2, Qt.AlignmentFlag.AlignRight)
            last = len(draft.rows(node[:-1])) - 1
            for side, (sign, word, deed, may) in enumerate((
                ("arrow-up", tr("Move up"), partial(self._step, node, -1), int(node[-1]) > 0),
                ("arrow-down", tr("Move down"), partial(self._step, node, 1), int(node[-1]) < last),
                ("trash-2", tr("Take it away"), partial(self._remove, node), True),
            )):  # fmt: skip
                button = on_click(square_button(sign, f"{word} {words}"), deed)
                button.setEnabled(may)
                grid.addWidget(button, at, 3 + side)
        self.setLayout(grid)
        self.setVisible(bool(rows))

    def _step(self, node: Path, by: int) -> None:
        plan_parts.step(self._draft, node, by)
        self._around.remake()

    def _remove(self, node: Path) -> None:
        self._around.note(plan_parts.remove(self._draft, node))
        self._around.remake()
