"""Locking a result and reopening it; what still stands in the way, each with the button that mends it."""

from collections.abc import Callable, Mapping
from functools import partial

from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.marking.floor.floor_aim import FloorAim
from competition_app.desktop.marking.marking_aim import SheetAim
from competition_app.desktop.parts.obstacles import Obstacle as Line
from competition_app.desktop.parts.sentences import joined
from competition_app.desktop.results.results_words import say
from competition_app.desktop.results.settling.border_words import sentence
from competition_app.desktop.results.settling.reasons import checked, reason_field
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.locking import locking
from competition_app.services.locking.locking import Obstacle, ObstacleKind
from competition_app.services.progress import Progress
from competition_app.services.registration import registration_rows

SHOWN = 5
"""So many obstacles stand in the dialog; of more, only how many."""
Mend = Callable[[Obstacle], None]
_OPEN_REVIEW = frozenset({"waiting", "problem", "returned"})

TITLES: Mapping[ObstacleKind, Said] = {
    ObstacleKind.RULES: Said("No rules yet"),
    ObstacleKind.ENTRIES: Said("Nobody is entered"),
    ObstacleKind.SHEETS: Said("Score sheets are missing"),
    ObstacleKind.SECOND: Said("The second entry is not done"),
    ObstacleKind.MISSING: Said("Results are not whole"),
    ObstacleKind.TIME: Said("Times are missing"),
    ObstacleKind.PROBLEM: Said("Marks are in doubt"),
    ObstacleKind.TIE: Said("A tie is open"),
    ObstacleKind.ADVANCE: Said("Who goes on is open"),
    ObstacleKind.SOURCE: Said("Another result comes first"),
    ObstacleKind.NO_SOURCE: Said("Another result comes first"),
}
DEEDS: Mapping[ObstacleKind, Said] = {
    ObstacleKind.RULES: Said("Set the rules"),
    ObstacleKind.ENTRIES: Said("To the registrations"),
    ObstacleKind.SHEETS: Said("To the marking"),
    ObstacleKind.SECOND: Said("To the marking"),
    ObstacleKind.MISSING: Said("To the marking"),
    ObstacleKind.TIME: Said("Type the times"),
    ObstacleKind.PROBLEM: Said("To the marking"),
    ObstacleKind.TIE: Said("Decide the order"),
    ObstacleKind.ADVANCE: Said("Confirm who goes on"),
    ObstacleKind.SOURCE: Said("To that result"),
    ObstacleKind.NO_SOURCE: Said("Set the rules"),
}
PAGES: Mapping[ObstacleKind, str] = {
    ObstacleKind.RULES: "events",
    ObstacleKind.ENTRIES: "registration",
    ObstacleKind.SHEETS: "marking",
    ObstacleKind.SECOND: "marking",
    ObstacleKind.MISSING: "marking",
    ObstacleKind.PROBLEM: "marking",
    ObstacleKind.SOURCE: "results",
    ObstacleKind.NO_SOURCE: "events",
}
"""Where an obstacle is mended; the others are mended on the page of results itself."""
MARKED = frozenset({ObstacleKind.TIME, *(kind for kind, page in PAGES.items() if page == "marking")})
"""What is mended on the page of marking."""


class LockingDeeds:
    """Locks and reopens. ``mend`` does away with an obstacle that this page itself can settle."""

    def __init__(self, context: Context, mend: Mend) -> None:
        self._context, self._mend = context, mend

    def lock(self, event: EventRow, names: Mapping[str, str]) -> None:
        """Lock the result after a last question; where something hinders, say what and how it is mended."""
        found = self._context.workspace.ask(locking.obstacles, event.id)
        if found:
            self.show_obstacles(event, found, names)
            return
        answers = (
            Answer(None, tr("Do not lock yet")),
            Answer(True, tr("Lock the result"), "lock", "primary"),
        )
        text = tr(
            "Afterwards no mark, penalty or ruling can be changed. Whoever may decide can reopen it, "
            "with a reason that stands in the history."
        )
        text = joined((self._unreviewed(event), text))
        title = tr("Lock the result of {event}?", event=event.name)
        if self._context.asking.question(title, text, answers, "lock") is not True:
            return
        workspace, actor = self._context.workspace, self._context.actor

        def work(progress: Progress) -> None:
            progress.at(0, 0, event.name)
            workspace.do(actor, locking.lock, event.id)

        done = tr("The result of {event} is locked.", event=event.name)
        words = JobWords(tr("Locking the result"), event.name)
        self._context.jobs.start(words, work, lambda _done: self._context.asking.note(done))

    def _unreviewed(self, event: EventRow) -> str:
        """Who would be in the result without having passed the review; empty where all have."""
        found = self._context.workspace.ask(
            registration_rows.registrations, self._context.competition_id, event=event.code
        )
        names = [row.name for row in found if row.state in _OPEN_REVIEW]
        return tr(
            "{n} registration has not passed the review yet ({names})."
            "|{n} registrations have not passed the review yet ({names}).",
            n=len(names), names=tr(", @list").join(names[:SHOWN]) + ("…" if len(names) > SHOWN else ""),
        ) if names else ""  # fmt: skip

    def show_obstacles(self, event: EventRow, found: tuple[Obstacle, ...], names: Mapping[str, str]) -> None:
        """现在还不能锁定: each obstacle on its own line, the first to be mended first."""
        lines = [
            Line(in_use().say(TITLES[one.kind]), _detail(one, names), in_use().say(DEEDS[one.kind]),
                 partial(self.mend, event, one))
            for one in found[:SHOWN]
        ]  # fmt: skip
        if len(found) > SHOWN:
            more = tr("{n} more thing is open|{n} more things are open", n=len(found) - SHOWN)
            lines.append(Line(more, tr("They are listed here once the first ones are done.")))
        lead = tr(
            "{n} thing of {event} is not done. Press “Lock the result” again afterwards.|"
            "{n} things of {event} are not done. Press “Lock the result” again afterwards.",
            n=len(found), event=event.name,
        )  # fmt: skip
        self._context.asking.obstacles(tr("The result cannot be locked yet"), lead, lines)

    def mend(self, event: EventRow, obstacle: Obstacle) -> None:
        """Go where the obstacle is mended, with its event chosen there."""
        page = PAGES.get(obstacle.kind)
        if obstacle.kind is ObstacleKind.TIME:
            place = (obstacle.stage or "", obstacle.module or "", obstacle.numbers[0])
            self._context.choose_event(event.id)
            self._context.aim("marking", FloorAim(event.id, *place))
        elif page is None:
            self._mend(obstacle)
        elif page == "marking" and obstacle.stage and obstacle.module:
            self._context.choose_event(event.id)
            self._context.aim(page, _sheet(event.id, obstacle.stage, obstacle.module, obstacle))
        else:
            self._context.choose_event(obstacle.source or event.id)
            self._context.go.emit(page)

    def reopen(self, event: EventRow) -> None:
        """Ask for the reason, and open the result for corrections again."""
        reason = reason_field(tr("Reason for reopening"))

        def carry_out() -> None:
            self._context.workspace.do(self._context.actor, locking.reopen, event.id, reason.text())

        title = tr("Reopen the result of {event}?", event=event.name)
        lead = tr(
            "Marks, penalties and rulings can be changed again, and it must be locked anew. Printed "
            "standings and certificates may no longer be right."
        )
        if self._context.asking.form(title, lead, [reason], tr("Reopen@result"), checked(carry_out, reason)):
            self._context.asking.note(tr("The result of {event} is open again.", event=event.name))


def _sheet(event: int, stage: str, module: str, obstacle: Obstacle) -> SheetAim:
    """The first sheet or score that hinders."""
    more = obstacle.problem.more if obstacle.problem is not None else {}
    judge = obstacle.judge or str(more.get("judge") or "")
    number = next(iter(obstacle.numbers), "")
    return SheetAim(event, stage, module, judge, number, second=obstacle.kind is ObstacleKind.SECOND)


def _detail(obstacle: Obstacle, names: Mapping[str, str]) -> str:
    question = obstacle.problem
    if obstacle.kind is ObstacleKind.TIE and question is not None:
        return sentence(question)
    return say(obstacle.said, names)
