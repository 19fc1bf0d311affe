"""赛项进度: a line an event: registrations passed, marking done, state, the next step. No scores."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.parts import draw_bar
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.overview import EventOverview, Finding

TO_SETTLE = pills.State("wait", "triangle-alert", Said("To be settled"))
LOCKED = pills.State("seal", "lock", Said("Locked"))
PUBLISHED = pills.State("done", "megaphone", Said("Published"))
FINAL = pills.State("done", "circle-check", Said("Final@state"))
SETTLED = {"locked": LOCKED, "unsealed": LOCKED, "published": PUBLISHED, "final": FINAL}
ALMOST = 0.99
"""What is shown at most while an entry still lacks something."""
SHOWN = (
    TO_SETTLE,
    LOCKED,
    PUBLISHED,
    FINAL,
    pills.MARKING,
    pills.NOT_BEGUN,
    pills.TO_DECIDE,
    pills.INCOMPLETE,
)


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with what was reckoned of it, None while that is not done."""

    event: EventOverview
    finding: Finding | None

    @property
    def state(self) -> pills.State:
        """How far the event's result is."""
        event, finding = self.event, self.finding
        if event.settled:
            return SETTLED[event.state]
        if not event.marking_began:
            return pills.NOT_BEGUN
        if finding is None or finding.done < finding.owed:
            return pills.MARKING
        if finding.incomplete:
            return pills.INCOMPLETE
        return pills.TO_DECIDE if finding.questions else TO_SETTLE

    @property
    def share(self) -> float | None:
        """How much of the marks owed is in; None where nothing is owed or it is not reckoned yet."""
        if self.finding is None or not self.finding.owed:
            return None
        if self.event.settled:  # what was accepted as missing is owed no more
            return 1.0
        share = self.finding.done / self.finding.owed
        return share if self.finding.complete else min(share, ALMOST)

    @property
    def next(self) -> Said:
        """The one step that follows."""
        event, finding = self.event, self.finding
        left = event.waiting + event.problems + event.returned
        if not event.planned:
            return Said("set the rules")
        if not event.entries:
            return Said("take in registrations")
        if left and not event.marking_began:
            return Said("{n} to settle", {"n": left})
        if event.settled:
            return _paper_step(event)
        if event.unmanned and not event.marking_began:
            return Said("seat the judges")
        return _marking_step(event, finding)


def _paper_step(event: EventOverview) -> Said:
    if event.made:
        return Said("{n} certificate to print|{n} certificates to print", {"n": event.made})
    return Said("certificates printed") if event.printed else Said("make certificates")


def _marking_step(event: EventOverview, finding: Finding | None) -> Said:
    if not event.marking_began:
        return Said("enter marks")
    if finding is None:
        return Said("being counted")
    owing = len({one.code for one in finding.judges if one.done < one.owed})
    if owing:
        return Said("{n} judge owes sheets|{n} judges owe sheets", {"n": owing})
    if finding.incomplete:
        return Said("{n} entry incomplete|{n} entries incomplete", {"n": finding.incomplete})
    if finding.questions:
        return Said("{n} question open|{n} questions open", {"n": len(finding.questions)})
    return Said("lock the result")


UNASKED = (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""How the keyboard comes to the table without a person wanting it there."""
MOST = 10
"""So many events are seen without scrolling."""


class ProgressTable(TableView[EventLine]):
    """The table of the card; its rows are 34 high."""

    def __init__(self, name: str) -> None:
        super().__init__(_columns(), lambda line: line.event.id, name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming to the page chooses no event; the Tab key chooses the first."""
        unasked = event.reason() in UNASKED and self.chosen_row() is None
        blocked = self.blockSignals(unasked or self.signalsBlocked())
        super().focusInEvent(event)
        if unasked:
            self.choose(None)
        self.blockSignals(blocked)

    def whole_height(self) -> int:
        """Head and rows, up to ten; more are scrolled to."""
        rows = min(MOST, max(1, len(self.rows_model.rows)))
        return theme.px("height.tableHead") + rows * self.row_height() + theme.px("stroke.hairline")

    def row_height(self) -> int:
        """34 on the overview."""
        return theme.px("height.rowEvents")


def _columns() -> list[Column[EventLine]]:
    px = theme.px
    state = pills.widest(*SHOWN)
    return [
        Column[EventLine]("event", tr("Event"), lambda line: line.event.name, px("column.event"), grow=2,
                          maximum=px("column.organisationMax"), sortable=False),
        Column[EventLine]("passed", tr("Registrations passed"), _passed_text, px("column.event"), grow=1,
                          paint=_bar(_passed, _passed_role, _passed_text), sortable=False, tip=_passed_tip),
        Column[EventLine]("entries", tr("Entries@day"), lambda line: f"{line.event.entries:,}",
                          px("column.award"), figures=True, sortable=False),
        Column[EventLine]("marking", tr("Marking progress"), _marked_text, px("column.name"),
                          grow=1, paint=_bar(lambda line: line.share, _marked_role, _marked_text),
                          sortable=False, tip=_marked_tip),
        Column[EventLine]("state", tr("Result@state"), lambda line: line.state.word, state,
                          pill=lambda line: line.state, sortable=False),
        Column[EventLine]("next", tr("Next step"), lambda line: in_use().say(line.next), px("column.date"),
                          grow=2, ink=lambda _line: "inkSecondary", sortable=False),
    ]  # fmt: skip


def _bar(
    share: Callable[[EventLine], float | None], role: Callable[[EventLine], str],
    text: Callable[[EventLine], str],
) -> Callable[[QPainter, QRect, EventLine, bool], None]:  # fmt: skip
    """Paints a progress bar and its figure at the right."""

    def paint(painter: QPainter, box: QRect, line: EventLine, _chosen: bool) -> None:
        thick = theme.px("stroke.progress")
        painter.setFont(theme.font("body"))
        wide = max(theme.px("column.number"), painter.fontMetrics().horizontalAdvance(text(line)))
        track = QRect(box.x(), box.y() + (box.height() - thick) // 2,
                      max(thick, box.width() - wide - theme.space(2)), thick)  # fmt: skip
        painter.save()
        draw_bar(painter, track, share(line) or 0, role(line))
        painter.restore()
        painter.setPen(theme.color("ink" if share(line) is not None else "inkTertiary"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text(line))

    return paint


def _passed(line: EventLine) -> float | None:
    return line.event.passed / line.event.registered if line.event.registered else None


def _passed_role(line: EventLine) -> str:
    return "done" if line.event.passed == line.event.registered else "wait"


def _passed_text(line: EventLine) -> str:
    event = line.event
    return f"{event.passed:,} / {event.registered:,}" if event.registered else "—"


def _passed_tip(line: EventLine) -> str:
    event = line.event
    return tr("{passed} passed, {waiting} to review, {problems} with problems, {returned} handed back",
              passed=event.passed, waiting=event.waiting, problems=event.problems,
              returned=event.returned)  # fmt: skip


def _marked_role(line: EventLine) -> str:
    return "done" if line.share == 1 else "run"


def _marked_text(line: EventLine) -> str:
    if line.share is None:
        return "—" if line.finding is not None or not line.event.entries else "…"
    return f"{int(line.share * 100)}%"


def _marked_tip(line: EventLine) -> str:
    if line.finding is None:
        return ""
    return tr("{done} of {owed} sheets and scores are in", done=line.finding.done, owed=line.finding.owed)
