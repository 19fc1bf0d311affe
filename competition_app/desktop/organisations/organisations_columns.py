"""The columns of the tree of units: names with indent and sign, counts, contact, whether the form is in."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import ink
from competition_app.desktop.parts.pills import State
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Said
from competition_app.i18n import tr
from competition_app.services.registration.organisation_tree import TreeUnit

SENT = State("done", "circle-check", Said("Form is in"))
NOT_SENT = State("wait", "triangle-alert", Said("Form not in"))
NO_PART = State("idle", "circle-dashed", Said("Takes no part"))

KIND_ICONS: Mapping[str, str] = {
    "union": "users-round", "enterprise": "building-2", "workshop": "wrench", "studio": "lightbulb",
    "other": "graduation-cap",
}  # fmt: skip
KIND_WORDS: Mapping[str, Said] = {
    "union": Said("Union"), "enterprise": Said("Enterprise"), "workshop": Said("Workshop or team"),
    "studio": Said("Innovation studio"), "other": Said("School or other unit"),
}  # fmt: skip
"""How the kinds of units are called; a kind the program does not know is shown as an enterprise."""

ORDERS: Mapping[str, Callable[[TreeUnit], Any]] = {
    "name": lambda unit: unit.name,
    "code": lambda unit: unit.code or "~",
    "registered": lambda unit: unit.whole.registered,
    "problems": lambda unit: unit.whole.problems,
    "passed": lambda unit: unit.whole.passed,
    "entries": lambda unit: unit.whole.entries,
    "finalists": lambda unit: unit.whole.finalists,
    "contact": lambda unit: unit.contact or "~",
    "phone": lambda unit: unit.contact_phone or "~",
    "state": lambda unit: (unit.whole.units - unit.whole.sent, unit.whole.units),
}
"""What units below the same one are sorted by, for each column."""


def state_of(unit: TreeUnit) -> State | None:
    """Whether the unit's own form is in; None for one of which no form is expected."""
    if unit.code is None:
        return NO_PART if unit.kind == "enterprise" and not unit.below else None
    return SENT if unit.own.sent else NOT_SENT


def chevron_box(cell: QRect, depth: int) -> QRect:
    """Where in a cell of names the sign to open and close stands; ``cell`` is the content's box."""
    step = theme.px("icon.large")
    return QRect(cell.x() + depth * step, cell.y(), step, cell.height())


def _figure(count: int) -> str:
    return f"{count:,}" if count else "—"


def _form(unit: TreeUnit) -> str:
    return f"{unit.whole.sent} / {unit.whole.units}" if unit.whole.units else "—"


def _form_tip(unit: TreeUnit) -> str:
    if not unit.below or not unit.whole.units:
        return ""
    return tr("{sent} of {n} units below have sent their form", sent=unit.whole.sent, n=unit.whole.units)


class NamePainter:
    """Paints a unit's name in the tree; ``closed`` are units folded up, ``faint`` those shown for context."""

    def __init__(self) -> None:
        self.closed: set[int] = set()
        self.faint: frozenset[int] = frozenset()
        self.folds = True

    def paint(self, painter: QPainter, box: QRect, unit: TreeUnit, _chosen: bool) -> None:
        """Indent, sign to open, kind, name, and a warning where another name is near."""
        at = chevron_box(box, unit.depth)
        small, normal = theme.px("icon.small"), theme.px("icon.normal")
        faint = unit.id in self.faint
        if unit.below and self.folds:
            sign = "chevron-right" if unit.id in self.closed else "chevron-down"
            icons.draw(painter, sign, QRect(at.x(), at.y(), small, at.height()), "inkSecondary", small)
        icon = KIND_ICONS.get(unit.kind, "building-2")
        left = at.right() + 1
        icons.draw(painter, icon, QRect(left, box.y(), normal, box.height()), "inkTertiary")
        left += normal + theme.space(2)
        room = box.right() - left - (small + theme.space(2) if unit.near else 0)
        painter.setFont(theme.font("strong" if unit.kind == "union" and not faint else "body"))
        painter.setPen(ink("inkTertiary" if faint else "ink"))
        name = painter.fontMetrics().elidedText(unit.name, Qt.TextElideMode.ElideRight, room)
        text = QRect(left, box.y(), room, box.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        if unit.near is not None:
            left += painter.fontMetrics().horizontalAdvance(name) + theme.space(2)
            warn = QRect(left, box.y(), small, box.height())
            icons.draw(painter, "triangle-alert", warn, "status.wait.ink", small)


def _tip(unit: TreeUnit) -> str:
    if unit.near is None:
        return unit.name
    return tr("{name}: another unit's name is nearly the same.", name=unit.name)


def _head_width(title: str) -> int:
    """Room for a head and the arrow of the sorted column."""
    arrow = theme.px("icon.small") + theme.px("measure.pillGap")
    words = QFontMetrics(theme.font("captionStrong")).horizontalAdvance(title)
    return words + arrow + 2 * theme.px("padding.cell") + 1


def organisation_columns(painter: NamePainter, *, finalists: bool) -> list[Column[TreeUnit]]:
    """All columns; the counts are those of the unit with everything below it."""
    px = theme.px

    def number(key: str, title: str, bad: bool = False) -> Column[TreeUnit]:
        value = ORDERS[key]
        return Column(
            key, title, lambda unit: _figure(value(unit)), max(px("column.figure"), _head_width(title)),
            figures=True, sort=_still,
            ink=lambda unit: ("bad" if bad else "ink") if value(unit) else "inkTertiary",
        )  # fmt: skip

    found = [
        Column("tick", "", lambda _unit: "", px("column.registrationTick"), ticks=True, sortable=False),
        Column("name", tr("Unit"), lambda unit: unit.name, px("column.words"), grow=3, sort=_still,
               paint=painter.paint, tip=_tip, names="organisation"),
        Column("code", tr("Code"), lambda unit: unit.code or "—", px("column.number"), sort=_still,
               wide=True, ink=lambda unit: "inkSecondary" if unit.code else "inkTertiary"),
        Column("contact", tr("Contact"), lambda unit: unit.contact or "—", px("column.level"), sort=_still,
               names="person",
               ink=lambda unit: "ink" if unit.contact else "inkTertiary"),
        Column("phone", tr("Phone"), lambda unit: unit.contact_phone or "—", px("column.id"), sort=_still,
               wide=True, ink=lambda unit: "inkSecondary" if unit.contact_phone else "inkTertiary"),
        number("registered", tr("Registered")),
        number("problems", tr("Problems@units"), bad=True),
        number("passed", tr("Passed@units")),
        number("entries", tr("Entries@units")),
    ]  # fmt: skip
    if finalists:
        found.append(number("finalists", tr("Finalists")))
    width = max(px("column.field"), pills.widest(SENT, NOT_SENT, NO_PART))
    found.append(Column("state", tr("Form"), _form, width, pill=_pill, sort=_still, tip=_form_tip))
    return found


def _pill(unit: TreeUnit) -> State | None:
    return state_of(unit) if unit.whole.units <= 1 and (unit.code or not unit.below) else None


def _still(_unit: TreeUnit) -> int:
    """Rows stay as they come: the tree itself is put in order."""
    return 0
