"""The columns of the list of registrations, the pills of their states, and what each is called."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import ink
from competition_app.desktop.tables.table_paint import dotted_underline
from competition_app.desktop.tables.tables import Column
from competition_app.domain.registration.registration import HEADS
from competition_app.i18n import tr
from competition_app.services.registration.registration_rows import RegistrationRow

PILLS = {
    "waiting": pills.WAITING, "problem": pills.PROBLEM, "returned": pills.RETURNED, "passed": pills.PASSED,
    "refused": pills.REFUSED,
}  # fmt: skip
"""The pill of each state."""

_LEVEL_ORDER = ("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
_STATE_ORDER = ("problem", "waiting", "returned", "passed", "refused")


def _bad(*roles: str) -> Callable[[RegistrationRow], str | None]:
    return lambda row: "bad" if any(role in row.bad for role in roles) else None


def _level_key(row: RegistrationRow) -> tuple[int, str]:
    level = row.level or ""
    return (_LEVEL_ORDER.index(level) if level in _LEVEL_ORDER else len(_LEVEL_ORDER), level)


def _strange(row: RegistrationRow) -> str | None:
    """A column whose head is not one of the usual ones: the level, of which the row keeps no more."""
    return "bad" if any(role and role not in HEADS for role in row.bad) else None


def _number(painter: QPainter, box: QRect, row: RegistrationRow, _chosen: bool) -> None:
    """The masked ID number; a wrong one in the bad ink over a dotted line."""
    wrong = "id_number" in row.bad or "birth_date" in row.bad
    text = row.id_number or "—"
    painter.setFont(theme.font("body"))
    painter.setPen(ink("bad" if wrong else "inkSecondary"))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    if wrong:
        width, line = painter.fontMetrics().horizontalAdvance(text), theme.px("type.body.line")
        foot = box.center().y() + line // 2 - theme.px("stroke.hairline")
        dotted_underline(painter, QRect(box.x(), foot - line, width, line), ink("bad"))


def _widest_pill() -> int:
    return max(map(pills.pill_width, PILLS.values())) + 2 * theme.px("padding.cell")


def registration_columns() -> list[Column[RegistrationRow]]:
    """All columns of the list; a narrow window leaves out sex and level, a wide one adds some."""
    px = theme.px
    return [
        Column("tick", "", lambda _row: "", px("column.registrationTick"), ticks=True, sortable=False),
        Column("name", tr("Name"), lambda row: row.name, px("column.name"), grow=1,
               maximum=px("column.nameMax"), tint=_bad("name"), names="person"),
        Column("sex", tr("Sex"), lambda row: row.sex or "—", px("column.sex"), hide_under=1,
               tint=_bad("sex")),
        Column("id", tr("ID number"), lambda row: row.id_number or "—", px("column.id"), paint=_number,
               tint=_bad("id_number", "birth_date")),
        Column("organisation", tr("Organisation"), lambda row: row.organisation or "—",
               px("column.organisation"), grow=2, maximum=px("column.organisationMax"),
               tint=_bad("organisation"), names="organisation"),
        Column("event", tr("Event"), lambda row: row.event, px("column.event"), grow=1,
               maximum=px("column.fieldMax"), tint=_bad("event")),
        Column("division", tr("Division"), lambda row: row.division or "—", px("column.level"), wide=True,
               tint=_bad("division")),
        Column("team", tr("Team"), lambda row: row.team or "—", px("column.event"), wide=True,
               tint=_bad("team")),
        Column("phone", tr("Mobile"), lambda row: row.phone or "—", px("column.id"), wide=True,
               ink=lambda _row: "inkSecondary", tint=_bad("phone")),
        Column("number", tr("No."), lambda row: row.number, px("column.number"), wide=True),
        Column("level", tr("Skill level"), lambda row: row.level or "—", px("column.level"), hide_under=2,
               sort=_level_key, tint=_strange),
        Column("state", tr("Review"), lambda row: row.state, max(px("column.state"), _widest_pill()),
               pill=lambda row: PILLS[row.state], sort=lambda row: _STATE_ORDER.index(row.state),
               tip=lambda row: row.reason or ""),
    ]  # fmt: skip
