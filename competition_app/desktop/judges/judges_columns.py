"""The columns of a panel: seat, person, role, unit, one column a module with its tick and what is done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import draw_tick, ink
from competition_app.desktop.parts.parts import draw_bar
from competition_app.desktop.parts.pills import State
from competition_app.desktop.tables.tables import Column
from competition_app.domain.access import Role
from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import natural
from competition_app.i18n import in_use, tr
from competition_app.services.access import ROLE_NAMES
from competition_app.services.competitions.panel_desk import MARKING, Duty, PanelModule, Seat

KEEPS_OUT = State("wait", "triangle-alert", Said("Own unit"))
EMPTY = State("wait", "user-round-x", Said("No person"))
NO_MODULE = State("wait", "triangle-alert", Said("No module"))

ROLES = (Role.JUDGE, Role.CHIEF_JUDGE, Role.ENCRYPTION_JUDGE, Role.SUPERVISOR)
"""The roles of a panel in the order they are offered."""


def role_word(role: Role) -> str:
    """What a role is called."""
    return in_use().say(ROLE_NAMES[role])


def takes_ticks(seat: Seat, duty: Duty) -> bool:
    """Whether a module can be ticked at a seat: at those that mark, and where one is ticked already."""
    return seat.role in MARKING or duty.assigned


def tick_box(cell: QRect) -> QRect:
    """Where in a module's cell the box to tick stands; ``cell`` is the content's box."""
    side = theme.px("measure.check")
    return QRect(cell.x(), cell.y() + (cell.height() - side) // 2, side, side)


def _paint_duty(place: int) -> Callable[[QPainter, QRect, Seat, bool], None]:
    def paint(painter: QPainter, box: QRect, seat: Seat, _chosen: bool) -> None:
        duty = seat.duties[place]
        painter.setFont(theme.font("body"))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if not takes_ticks(seat, duty):
            painter.setPen(ink("inkTertiary"))
            painter.drawText(box, middle, "—")
            return
        tick = tick_box(box)
        draw_tick(painter, tick, ticked=duty.assigned)
        if not duty.owed:
            return
        said = f"{duty.done} / {duty.owed}"
        left = tick.right() + theme.space(2)
        painter.setPen(ink("ink" if duty.done else "inkSecondary"))
        text = QRect(left, box.y(), box.right() - left, box.height())
        painter.drawText(text, middle, said)
        left += theme.px("column.number") + theme.space(1)
        thick, room = theme.px("stroke.progress"), box.right() - left
        if room > theme.space(5):
            bar = QRect(left, box.center().y() - thick // 2, min(room, theme.px("column.figureMax")), thick)
            draw_bar(painter, bar, duty.done / duty.owed, "done" if duty.done >= duty.owed else "run")

    return paint


def _duty_text(place: int) -> Callable[[Seat], str]:
    def text(seat: Seat) -> str:
        duty = seat.duties[place]
        return (f"{duty.done} / {duty.owed}" if duty.owed else "✓") if duty.assigned else "—"

    return text


def _module(place: int, module: PanelModule, several: bool) -> Column[Seat]:
    title = f"{module.stage_name} {module.name}" if several else module.name
    return Column(
        f"{module.stage}.{module.module}", title, _duty_text(place), theme.px("column.markCode"), grow=2,
        paint=_paint_duty(place), sort=lambda seat: seat.duties[place].owed - seat.duties[place].done,
        tip=lambda seat: _duty_tip(seat.duties[place], module), wide=place > _SHOWN,
    )  # fmt: skip


_SHOWN = 2
"""Modules after the third are columns in a wide window only; the panel at the side shows all."""


def _duty_tip(duty: Duty, module: PanelModule) -> str:
    if not duty.assigned:
        return tr("Not assigned to {module}", module=module.name)
    if not module.opened:
        return tr("{module} is not opened for marking yet", module=module.name)
    return tr("{done} of {owed} sheets handed in, {counted} count", done=duty.done, owed=duty.owed,
              counted=duty.counted)  # fmt: skip


def _widest_role() -> int:
    metrics = QFontMetrics(theme.font("body"))
    widest = max(metrics.horizontalAdvance(role_word(role)) for role in ROLES)
    return max(theme.px("column.level"), widest + 2 * theme.px("padding.cell") + 1)


def judge_columns(
    modules: Sequence[PanelModule], kept_out: frozenset[int], *, groups: bool
) -> list[Column[Seat]]:
    """All columns of an event's panel; ``kept_out`` are seats with contestants of their own unit."""
    px = theme.px

    def state(seat: Seat) -> State | None:
        if seat.now is None or not seat.name:
            return EMPTY
        if seat.id in kept_out:
            return KEEPS_OUT
        return NO_MODULE if seat.role in MARKING and not any(d.assigned for d in seat.duties) else None

    several = len({module.stage for module in modules}) > 1
    found: list[Column[Seat]] = [
        Column("code", tr("Seat"), lambda seat: seat.code, px("column.number"),
               sort=lambda seat: natural(seat.code), strong=lambda _seat: True),
        Column("name", tr("Name"), lambda seat: seat.name or "—", px("column.name"), grow=1, names="person",
               maximum=px("column.nameMax"), ink=lambda seat: "ink" if seat.name else "inkTertiary"),
        Column("role", tr("Role"), lambda seat: role_word(seat.role), _widest_role(),
               sort=lambda seat: ROLES.index(seat.role),
               ink=lambda seat: "ink" if seat.role is Role.CHIEF_JUDGE else "inkSecondary"),
        Column("unit", tr("Organisation"), lambda seat: seat.organisation or "—", px("column.organisation"),
               names="organisation", grow=2, maximum=px("column.organisationMax"),
               ink=lambda seat: "ink" if seat.organisation else "inkTertiary"),
    ]  # fmt: skip
    if groups:
        found.append(
            Column("group", tr("Judging group"), lambda seat: seat.group or "—", px("column.level"),
                   hide_under=1)
        )  # fmt: skip
    found += [_module(place, module, several) for place, module in enumerate(modules)]
    found.append(
        Column(
            "state", tr("To note"), lambda _seat: "", pills.widest(KEEPS_OUT, EMPTY, NO_MODULE), pill=state
        )
    )
    return found
