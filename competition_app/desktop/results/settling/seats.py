"""Who goes on, as a banner on the page: to be confirmed, or a seat that a withdrawal left free."""

from PySide6.QtWidgets import QVBoxLayout

from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground
from competition_app.desktop.parts.parts import Banner, clear, on_click
from competition_app.desktop.results.results_ties import listed
from competition_app.desktop.results.settling.going_on_deeds import GoingOnDeeds
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.results.result_seen import Going


class Seats(Ground):
    """Shown only while something about going on from this stage is to be done, and the result is open."""

    def __init__(self, deeds: GoingOnDeeds) -> None:
        super().__init__("surface", "bottom")
        self._deeds = deeds
        self._inner = QVBoxLayout(self)
        side = theme.space(4)
        self._inner.setContentsMargins(side, theme.space(2), side, theme.space(2))
        self.hide()

    def show_event(self, event: EventRow, going: Going | None) -> None:
        """Whether those who go on from this stage are confirmed, and all their seats taken; None: nobody."""
        clear(self._inner)
        banner = self._banner(event, going) if going is not None else None
        if banner is not None:
            self._inner.addWidget(banner)
        self.setVisible(banner is not None)

    def _banner(self, event: EventRow, going: Going) -> Banner | None:
        found, free = going.proposed, going.line
        if not found.confirmed:
            if found.incomplete:
                return None  # marks come first, and the ribbon says so
            button = on_click(
                Button(tr("Confirm who goes on"), small=True), lambda: self._deeds.confirm(event, found.stage)
            )
            words = tr("By the rule {n} goes on to {stage}.|By the rule {n} go on to {stage}.",
                       n=len(found.proposed), stage=found.stage_name)  # fmt: skip
            more = tr("The chief judge confirms who it is.")
            return Banner("wait", "triangle-alert", words, more, [button])
        if free is None or not free.free:
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
