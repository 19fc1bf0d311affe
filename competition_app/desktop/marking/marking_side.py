"""Beside the marking grid: who still owes sheets, the current criterion with its points, and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.marking.marking_cells import TINTS, draw_face
from competition_app.desktop.marking.marking_values import Face, Look
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import (
    Ground,
    Text,
    draw_box,
    draw_ring,
    ink,
    plain_tip,
    shows_focus,
)
from competition_app.desktop.parts.parts import column, draw_bar, row
from competition_app.i18n import tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Owing:
    """A judge's seat, who sits on it, the sheets that are in, all that are owed, and the state in words."""

    key: int
    code: str
    name: str
    done: int
    all: int
    state: pills.State


class JudgeList(QWidget):
    """The judges of the module, each with a bar: a click, or the arrows, shows that judge's sheets."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judges: tuple[Owing, ...] = ()
        self._key: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Judges who owe sheets"))

    def show_judges(self, judges: Sequence[Owing], key: int | None) -> None:
        """Show these judges; ``key`` is the one whose sheets stand in the grid."""
        self._judges, self._key = tuple(judges), key
        self.setFixedHeight(len(judges) * theme.px("height.rowTwoLine"))
        self.update()

    def sizeHint(self) -> QSize:
        """One row of two lines a judge."""
        return QSize(theme.px("width.judges"), len(self._judges) * theme.px("height.rowTwoLine"))

    def box(self, key: int) -> QRect:
        """Where a judge stands."""
        high = theme.px("height.rowTwoLine")
        at = next(i for i, judge in enumerate(self._judges) if judge.key == key)
        return QRect(0, at * high, self.width(), high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint every judge."""
        painter = QPainter(self)
        for judge in self._judges:
            self._paint(painter, self.box(judge.key), judge)
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.pill"))

    def _paint(self, painter: QPainter, box: QRect, judge: Owing) -> None:
        here = judge.key == self._key
        line = theme.px("stroke.hairline")
        painter.fillRect(box, theme.color("rowSelected" if here else "surface"))
        painter.fillRect(QRect(box.x(), box.bottom() - line + 1, box.width(), line), theme.color("line"))
        if here:
            edge = QRect(box.x(), box.y(), theme.px("stroke.selectedEdge"), box.height() - line)
            painter.fillRect(edge, theme.color("rowSelectedEdge"))
        pad, high = theme.space(4), theme.line_height("caption")
        top = QRect(box.x() + pad, box.y() + theme.space(2), box.width() - 2 * pad, high)
        word = self._state(painter, top, judge.state)
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("captionStrong"))
        painter.drawText(top, _LEFT, judge.code)
        left = max(theme.space(6), painter.fontMetrics().horizontalAdvance(judge.code) + theme.space(2))
        painter.setFont(theme.font("body"))
        name = QRect(top.x() + left, top.y(), top.width() - left - word - theme.space(2), top.height())
        cut = painter.fontMetrics().elidedText(judge.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, _LEFT, cut)
        self._bar(painter, top.translated(0, high + theme.space(1) // 2), judge)

    def _state(self, painter: QPainter, top: QRect, state: pills.State) -> int:
        """The state at the right; its width is given back."""
        small, gap = theme.px("icon.small"), theme.space(1)
        painter.setFont(theme.font("caption"))
        painter.setPen(ink(state.role))
        painter.drawText(top, _RIGHT, state.word)
        width = painter.fontMetrics().horizontalAdvance(state.word) + gap + small
        at = QRect(top.right() - width + 1, top.y(), small, top.height())
        icons.draw(painter, state.icon, at, ink(state.role), small)
        return width

    def _bar(self, painter: QPainter, line: QRect, judge: Owing) -> None:
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkSecondary"))
        painter.drawText(line, _RIGHT, f"{judge.done}/{judge.all}")
        count, high = theme.space(7) + theme.space(3), theme.px("stroke.progress")
        bar = QRect(line.x(), line.center().y() - high // 2, line.width() - count, high)
        painter.save()
        draw_bar(painter, bar, judge.done / judge.all if judge.all else 0.0, judge.state.role)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the judge clicked."""
        at = event.position().toPoint().y() // theme.px("height.rowTwoLine")
        if 0 <= at < len(self._judges):
            self.chosen.emit(self._judges[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = [judge.key for judge in self._judges]
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        at = keys.index(self._key) + step if self._key in keys else 0
        self.chosen.emit(keys[max(0, min(len(keys) - 1, at))])


class PointsBox(QWidget):
    """The mark as it is typed, an arrow, and the points it becomes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.points, self.role = "", "", "ink"
        self.setFixedHeight(theme.px("height.banner"))

    def show_points(self, mark: str, points: str, role: str = "ink") -> None:
        """Show a mark and its points (or why there are none)."""
        self.mark, self.points, self.role = mark, points, role
        self.setAccessibleName(f"{mark} → {points}")
        self.setToolTip(plain_tip(points) if role == "bad" else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint them on a quiet ground."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), theme.color("sunken"), None, theme.px("radius.field"))
        inner = self.rect().adjusted(theme.space(3), 0, -theme.space(3), 0)
        painter.setFont(theme.font("section" if self.role == "ink" else "caption"))
        painter.setPen(ink(self.role))
        if self.role == "bad":  # a sentence: its beginning is read first
            said = painter.fontMetrics().elidedText(self.points, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, _LEFT, said)
            return
        painter.drawText(inner, _RIGHT, self.points)
        points = painter.fontMetrics().horizontalAdvance(self.points)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("inkSecondary"))
        room = inner.width() - points - theme.space(6)
        cut = painter.fontMetrics().elidedText(self.mark, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(inner, _LEFT, cut)
        mark = painter.fontMetrics().horizontalAdvance(cut)
        free = QRect(inner.x() + mark, 0, inner.width() - mark - points, self.height())
        if cut and free.width() >= theme.space(4):
            icons.draw(painter, "arrow-right", free, "inkSecondary")


_LEGEND = (
    Face(Look.NOT_BEGUN), Face(Look.GAP), Face(Look.ABSENT),
    Face(Look.FIGURE, "97"), Face(Look.WRONG), Face(Look.DIFFERS),
)  # fmt: skip


class Legend(QWidget):
    """What the grid's signs mean, two in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = theme.px("height.rowCompact")
        self.setFixedHeight(self._line * (len(_LEGEND) // 2))

    def words(self) -> list[str]:
        """The legend's words, in its order."""
        return [
            tr("Not begun@legend"), tr("Missed"), tr("No mark@legend"),
            tr("Dropped"), tr("Wrong"), tr("Entries differ"),
        ]  # fmt: skip

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each sign in a small cell of its own."""
        painter = QPainter(self)
        half = self.width() // 2
        for i, (face, word) in enumerate(zip(_LEGEND, self.words(), strict=True)):
            at = QPoint((i % 2) * half, (i // 2) * self._line)
            self._sign(
                painter, QRect(at, QSize(theme.space(5) + theme.space(1), theme.px("height.pill"))), face
            )
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("inkSecondary"))
            left = at.x() + theme.space(5) + theme.space(3)
            text = QRect(left, at.y(), half - left + at.x(), theme.px("height.pill"))
            cut = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, _LEFT, cut)

    def _sign(self, painter: QPainter, box: QRect, face: Face) -> None:
        tint = TINTS.get(face.look)
        ground = theme.color(f"status.{tint}.tint") if tint else theme.color("surface")
        painter.save()
        draw_box(painter, box, ground, None if tint else theme.color("line"), theme.px("radius.pill"))
        small = theme.px("icon.small")
        if face.look in (Look.WRONG, Look.DIFFERS):
            sign = "octagon-alert" if face.look is Look.WRONG else "equal-not"
            icons.draw(painter, sign, box, ink(str(tint)), small)
        elif face.look in (Look.NOT_BEGUN, Look.GAP):
            side = theme.px("measure.markDot")
            draw_face(
                painter, QRect(box.x(), box.y(), box.width() // 2 + side + theme.space(1), box.height()), face
            )
        else:
            font = type(painter.font())(theme.font("caption"))
            font.setStrikeOut(face.look is Look.FIGURE)
            painter.setFont(font)
            painter.setPen(theme.color("inkSecondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, face.text or tr("NM@legend"))
        painter.restore()


class MarkingSide(Ground):
    """The side of the marking page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "left", parent=parent)
        self.title = Text(tr("Sheets still owed"), "section")
        self.count = Text("", "caption", "wait")
        self.judges = JudgeList()
        self.roll = QScrollArea()
        self.roll.setWidgetResizable(True)
        self.roll.setFrameShape(QFrame.Shape.NoFrame)
        self.roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.roll.setWidget(self.judges)
        self.roll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.criterion = Text("", "strong")
        self.explained = Text("", "paragraph", "inkSecondary", wrap=True)
        self.points = PointsBox()
        self.legend_title = Text(tr("Legend@grid"), "caption", "inkTertiary")
        self.legend = Legend()
        self.head = head = Ground("surface", "bottom")
        head.setFixedHeight(theme.px("height.filterBar"))
        head.setLayout(row(self.title, None, self.count, margins=(4, 0, 4, 0)))
        now = column(self.criterion, self.explained, self.points, gap=2, margins=(4, 4, 4, 2))
        foot = column(self.legend_title, self.legend, gap=2, margins=(4, 2, 4, 3))
        outer = column(head, self.roll, now, None, foot, gap=0)
        outer.setStretch(1, 100)
        outer.setContentsMargins(theme.px("stroke.hairline"), 0, 0, 0)
        self.setLayout(outer)

    def show_judges(self, judges: Sequence[Owing], key: int | None) -> None:
        """Show who owes; the list scrolls from the seventh judge on, sooner where the window is low."""
        self.judges.show_judges(judges, key)
        row_height = theme.px("height.rowTwoLine")
        self.roll.setMinimumHeight(min(len(judges), 2) * row_height)
        self.roll.setMaximumHeight(min(len(judges), 6) * row_height)
        owing = sum(1 for judge in judges if judge.done < judge.all)
        self.count.setText(tr("{owing} of {n} judges", owing=owing, n=len(judges)) if owing else tr("All in"))
        self.count.set_role("wait" if owing else "done")
        if key is not None:
            box = self.judges.box(key)
            self.roll.ensureVisible(0, box.center().y(), 0, box.height())

    def scroll_shown(self, shown: bool) -> None:
        """Show or hide the judges (scores that come whole have none)."""
        self.head.setVisible(shown)
        self.roll.setVisible(shown)

    def show_criterion(self, title: str, explained: str) -> None:
        """Show the current criterion and its rule in words."""
        self.criterion.setText(title)
        self.explained.setText(explained)
        self.points.setVisible(bool(title))

    def fit(self, *, wide: bool) -> None:
        """Take the width that goes with the window."""
        self.setFixedWidth(theme.px("width.sidePanel" if wide else "width.judges"))
