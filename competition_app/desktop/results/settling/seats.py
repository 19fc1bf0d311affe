"""Who goes on, as a banner on the page: to be confirmed, or a seat that a withdrawal left free."""

from PySide6.QtWidgets import QVBoxLayout

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground
from competition_app.desktop.parts.parts import Banner, clear, on_click
from competition_app.desktop.results.results_ties import listed
from competition_app.desktop.results.settling.going_on_deeds import GoingOnDeeds
from competition_app.domain.scoring.plan import Plan
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.results import going_on


class Seats(Ground):
    """Shown only while something about going on from this stage is to be done, and the result is open."""

    def __init__(self, context: Context, deeds: GoingOnDeeds) -> None:
        super().__init__("surface", "bottom")
        self._context, self._deeds = context, deeds
        self._inner = QVBoxLayout(self)
        side = theme.space(4)
        self._inner.setContentsMargins(side, theme.space(2), side, theme.space(2))
        self.hide()

    def show_event(self, event: EventRow, plan: Plan, stage: str, *, locked: bool) -> None:
        """Look whether those who go on from this stage are confirmed, and all their seats taken."""
        clear(self._inner)
        banner = None if locked else self._banner(event, plan, stage)
        if banner is not None:
            self._inner.addWidget(banner)
        self.setVisible(banner is not None)

    def _banner(self, event: EventRow, plan: Plan, stage: str) -> Banner | None:
        codes = [one.code for one in plan.stages]
        here = plan.stage(stage)
        if here is None or here.advance is None or codes.index(stage) + 1 >= len(codes):
            return None
        following = codes[codes.index(stage) + 1]
        ask = self._context.workspace.ask
        found = ask(going_on.going_on, event.id, following)
        if not found.confirmed:
            if found.incomplete:
                return None  # marks come first, and the ribbon says so
            button = on_click(
                Button(tr("Confirm who goes on"), small=True), lambda: self._deeds.confirm(event, following)
            )
            words = tr("By the rule {n} goes on to {stage}.|By the rule {n} go on to {stage}.",
                       n=len(found.proposed), stage=found.stage_name)  # fmt: skip
            more = tr("The chief judge confirms who it is.")
            return Banner("wait", "triangle-alert", words, more, [button])
        free = ask(going_on.next_in_line, event.id, following)
        if not free.free:
            return None
        gone = listed([f"{number} {name}" for number, name in free.gone])
        words = tr("{gone} withdrew: {n} seat of {stage} is free.|"
                   "{gone} withdrew: {n} seats of {stage} are free.",
                   gone=gone, n=free.free, stage=found.stage_name)  # fmt: skip
        turn = listed([f"{one.number} {one.name}" for one in free.line if one.next])
        if not turn:
            return Banner("wait", "triangle-alert", words, tr("Nobody is left in the line."))
        button = on_click(Button(tr("Give the seat"), small=True), lambda: self._deeds.take_next(event, free))
        return Banner("wait", "triangle-alert", words, tr("Next in line: {who}", who=turn), [button])
