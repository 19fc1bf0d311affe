"""The charts below: after a lock how totals spread and judges compare, before it what came in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.parts.charts.bars import Distribution, Pillar
from competition_app.desktop.parts.charts.chart_card import ChartCard
from competition_app.desktop.parts.charts.over_time import OverTime, Point
from competition_app.desktop.parts.charts.progress_lines import ProgressLine, ProgressLines
from competition_app.desktop.parts.charts.severity import JudgeSpread, Severity
from competition_app.i18n import tr
from competition_app.services.competitions.overview import SLOT_MINUTES, Day, Finding, LockedFigures


class DayCharts:
    """The cards of charts; ``left`` and ``right`` are the two that may be seen now.

    No mean, place or severity is shown before the lock: in their place stand the judges' progress in
    handing in, and the registrations as they came.
    """

    def __init__(self, asking: Asking) -> None:
        self.received = OverTime(tr("Registrations received"), tr("No registrations yet"))
        self.sheets = ProgressLines(tr("Sheets by judge"))
        self.speed = OverTime(tr("Sheets received"), tr("No sheets yet"))
        self.spread = Distribution(tr("Spread of totals"))
        self.severity = Severity(tr("Judge severity"), tr("No judge can be compared with another."))
        self.received_card = ChartCard(tr("Registrations"), self.received, asking)
        self.sheets_card = ChartCard(tr("Score sheets"), self.sheets, asking)
        self.speed_card = ChartCard(tr("Sheets over time"), self.speed, asking)
        self.spread_card = ChartCard(tr("Spread of totals"), self.spread, asking)
        self.severity_card = ChartCard(tr("Judge severity"), self.severity, asking)
        self.locked = False

    @property
    def left(self) -> ChartCard:
        """Beside the timetable."""
        return self.spread_card if self.locked else self.sheets_card

    @property
    def right(self) -> ChartCard:
        """At the right end."""
        return self.severity_card if self.locked else self.received_card

    @property
    def cards(self) -> tuple[ChartCard, ...]:
        """All of them, shown or not."""
        return (self.spread_card, self.severity_card, self.sheets_card, self.received_card, self.speed_card)

    def show_day(self, day: Day, findings: Mapping[int, Finding], *, counting: bool) -> None:
        """Show what is counted: registrations, sheets by judge, sheets over time."""
        self._show_received(day)
        self._show_sheets(day, findings, counting=counting)
        self._show_speed(day)

    def show_locked(self, figures: LockedFigures | None) -> None:
        """Show the figures of a locked event; None: none is locked, so none may be seen."""
        self.locked = figures is not None
        if figures is None:
            return
        self._show_spread(figures)
        judges = [
            JudgeSpread(f"{one.profile.judge} {one.name or ''}".strip(), float(one.profile.deviation or 0),
                        float(one.profile.spread or 0), one.profile.far)
            for one in figures.judges
        ]  # fmt: skip
        band = float(figures.judges[0].profile.band or 0) if figures.judges else 0.0
        self.severity.show_judges(judges, band)
        words = tr("off the others' mean, band ±{band}", band=plain(band)) if judges else ""
        self.severity_card.set_caption(words)

    def _show_spread(self, figures: LockedFigures) -> None:
        found = figures.spread
        bins = [] if found is None else [
            Pillar(plain(one.low), one.count, strong=one.low <= found.median < one.high or (
                one is found.bins[-1] and found.median == one.high))
            for one in found.bins
        ]  # fmt: skip
        self.spread.show_bins(bins, plain(found.bins[-1].high) if found is not None else "")
        words = "" if found is None else tr("median {median}, {event}", median=plain(found.median),
                                            event=figures.event)  # fmt: skip
        self.spread_card.set_caption(words)

    def _show_received(self, day: Day) -> None:
        sums = list(accumulate(n for _day, n in day.received))
        points = [
            Point(date.fromisoformat(at).toordinal(), n, f"{at[5:]}")
            for (at, _n), n in zip(day.received, sums, strict=True)
        ]
        self.received.show_points(points)
        unsent = day.units - day.units_sent
        words = ""
        if sums and unsent:
            words = tr("{n} in all, nothing from {unsent} of the units", n=f"{sums[-1]:,}", unsent=unsent)
        elif sums:
            words = tr("{n} in all", n=f"{sums[-1]:,}")
        self.received_card.set_caption(words)

    def _show_sheets(self, day: Day, findings: Mapping[int, Finding], *, counting: bool) -> None:
        names = {event.id: event.name for event in day.events}
        judges = [one for found in findings.values() for one in found.judges if one.owed]
        owing = sorted((one for one in judges if one.done < one.owed), key=lambda one: one.done - one.owed)
        lines = [
            ProgressLine(f"{one.code} {one.name or ''}  {names[one.event_id]}", one.done, one.owed)
            for one in owing
            if one.event_id in names
        ]
        nothing = (
            tr("All judges have handed in. Totals and judges are compared here once results are locked.")
            if judges
            else tr("No sheets are owed yet")
        )
        self.sheets.show_lines(lines, tr("Still counting") if counting and not findings else nothing)
        missing = sum(one.owed - one.done for one in owing)
        self.sheets_card.set_caption(tr("{n} owed", n=f"{missing:,}") if missing else "")

    def _show_speed(self, day: Day) -> None:
        local = [(at.astimezone(), n) for at, n in _without_gaps(day.speed)]
        self.speed.show_points([Point(at.timestamp(), n, f"{at:%H:%M}") for at, n in local])
        words = ""
        if local:
            last = local[-1][0]
            same = last.date() == datetime.now().astimezone().date()
            words = tr("in ten minutes, today") if same else tr("in ten minutes, {day}", day=f"{last:%m-%d}")
        self.speed_card.set_caption(words)


def _without_gaps(speed: Sequence[tuple[datetime, int]]) -> list[tuple[datetime, int]]:
    """Every ten minutes from just before the first to the last, those in which nothing came too."""
    if not speed:
        return []
    came, step = dict(speed), timedelta(minutes=SLOT_MINUTES)
    at, filled = speed[0][0] - step, []
    while at <= speed[-1][0]:
        filled.append((at, came.get(at, 0)))
        at += step
    return filled


def plain(value: Fraction | float) -> str:
    """A figure of an axis: as short as it can be said, with a real minus."""
    return f"{float(value):.4g}".replace("-", "−")
