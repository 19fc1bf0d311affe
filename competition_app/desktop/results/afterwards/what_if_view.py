"""推演: choose one supposition, see whose place or prize would move; only the looking is noted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Selector, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.desktop.parts.sentences import joined
from competition_app.desktop.results.afterwards.what_if_offers import Kind, kinds
from competition_app.desktop.results.results_words import say
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.looking_back.what_if import Supposition
from competition_app.domain.scoring.figures import natural
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.looking_back import supposing
from competition_app.services.looking_back.supposing import Supposed, SupposedMove
from competition_app.services.progress import Progress

NOTHING = "—"


class WhatIfView(QWidget):
    """The supposition at the top, below it those whose place or prize would be another."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._event: EventRow | None = None
        self._stage = ""
        self._names: Mapping[str, str] = {}
        self._kinds: tuple[Kind, ...] = ()
        self._asked: Supposition | None = None
        self.kind = Selector(tr("What is supposed"))
        self.group = Selector(tr("Where"))
        self.choice = Selector(tr("Which"))
        self._group_field = Field(tr("Where"), self.group)
        self.run_button = on_click(Button(tr("Work it out"), "play"), self.run)
        self.said = Text("", "strong", wrap=True)
        self.summary = Text("", "body", "inkSecondary", wrap=True)
        self.moves: TableView[SupposedMove] = TableView(
            _columns(), lambda one: (one.moved.division, one.moved.stage, one.moved.number),
            tr("Whose place would move"),
        )  # fmt: skip
        self.moves.setMinimumHeight(theme.px("height.tableHead") + 5 * theme.px("height.rowCompact"))
        only = Well(
            "eye-off", tr("Only a supposition: nothing is saved. The history notes who looked."), "seal"
        )
        whole = column(
            Field(tr("What is supposed"), self.kind), self._group_field, Field(tr("Which"), self.choice),
            row(self.run_button, None), only, self.said, self.summary, self.moves, None, gap=2,
        )  # fmt: skip
        whole.setStretchFactor(self.moves, theme.px("height.rowCompact"))  # all that is free
        self.setLayout(whole)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_groups())
        self.group.currentIndexChanged.connect(lambda _at: self._show_choices())
        self.choice.currentIndexChanged.connect(lambda _at: self._forget())

    def show_event(self, event: EventRow, stage: str, names: Mapping[str, str]) -> None:
        """Offer what can be supposed of this event's stage; what was worked out of it before stays."""
        same = (event.id, stage) == (self._event.id if self._event else None, self._stage)
        self._event, self._stage, self._names = event, stage, names
        self._kinds = kinds(self._context.workspace.ask(supposing.offers, event.id), stage, names)
        if not same:
            self.kind.set_choices([(one.key, one.word) for one in self._kinds])
            self._show_groups()
        self.run_button.setEnabled(bool(self._kinds))

    def forget(self) -> None:
        """The page goes: what is still worked out is shown to nobody."""
        self._asked = None

    def _kind(self) -> Kind | None:
        return next((one for one in self._kinds if one.key == self.kind.currentData()), None)

    def _show_groups(self) -> None:
        kind = self._kind()
        groups = kind.groups if kind else ()
        self.group.set_choices([(at, word) for at, (word, _choices) in enumerate(groups)], 0)
        self._group_field.setVisible(len(groups) > 1)
        self._show_choices()

    def _show_choices(self) -> None:
        kind, at = self._kind(), self.group.currentData()
        choices = kind.groups[int(at)][1] if kind and at is not None else ()
        self.choice.set_choices([(place, word) for place, (word, _one) in enumerate(choices)], 0)
        self._forget()

    def _forget(self) -> None:
        """Another supposition: what is shown of the last one goes."""
        self._asked = None
        self.said.setText("")
        self.summary.setText("")
        self.moves.set_rows([])
        for part in (self.said, self.summary, self.moves):
            part.hide()

    def run(self) -> None:
        """Work out the supposition and show who would move."""
        kind, group, place = self._kind(), self.group.currentData(), self.choice.currentData()
        if kind is None or self._event is None or group is None or place is None:
            return
        supposition = kind.groups[int(group)][1][int(place)][1]
        actor, workspace, event = self._context.actor, self._context.workspace, self._event

        def work(progress: Progress) -> Supposed:
            progress.at(0, 0, event.name)
            found = workspace.ask(supposing.suppose, event.id, supposition)
            return workspace.do(actor, supposing.open_what_if, found)

        self._asked = supposition
        words = JobWords(tr("Working out the supposition"), event.name, tr("Nothing is changed by it."))
        self._context.jobs.start(words, work, self._show)

    def _show(self, found: Supposed) -> None:
        if found.supposition != self._asked:
            return  # another one was chosen meanwhile
        self.said.setText(say(found.said, self._names))
        self.summary.setText(joined(_summary(found)))
        self.moves.set_rows(found.moves)
        self.said.show()
        self.summary.show()
        self.moves.setVisible(bool(found.moves))


def _summary(found: Supposed) -> list[str]:
    if not found.moves and not found.totals_only:
        return [tr("Nothing would be another.")]
    said = []
    if found.moves:
        said.append(
            tr("Place or prize of {n} of {all} would be another.|Places or prizes of {n} of {all} would be "
               "others.", n=len(found.moves), all=found.entries)
        )  # fmt: skip
    else:
        said.append(tr("No place and no prize would be another."))
    if found.totals_only:
        said.append(tr("The total alone of {n} more.|The totals alone of {n} more.", n=found.totals_only))
    if found.incomplete:
        said.append(tr("{n} would be incomplete.|{n} would be incomplete.", n=found.incomplete))
    return said


def _columns() -> list[Column[SupposedMove]]:
    px = theme.px
    return [
        Column[SupposedMove]("who", tr("Name"), _who, px("column.time"), grow=2,
                             sort=lambda one: natural(one.moved.number)),
        Column[SupposedMove]("place", tr("Place"), _places, px("column.figure"),
                             sort=lambda one: one.moved.place_before or 0),
        Column[SupposedMove]("prize", tr("Award"), _prize, px("column.figure"), grow=3, tip=_prizes,
                             ink=lambda one: "ink" if _prize_moves(one) else "inkTertiary"),
    ]  # fmt: skip


def _who(one: SupposedMove) -> str:
    return f"{one.moved.number} {one.name}"


def _places(one: SupposedMove) -> str:
    return _pair(one.moved.place_before, one.moved.place_after)


def _prize(one: SupposedMove) -> str:
    """The prize there would be; an arrow before it where it would be another one."""
    new = one.moved.prize_after or NOTHING
    return f"→ {new}" if _prize_moves(one) else new


def _prizes(one: SupposedMove) -> str:
    return _pair(one.moved.prize_before, one.moved.prize_after)


def _prize_moves(one: SupposedMove) -> bool:
    return one.moved.prize_before != one.moved.prize_after


def _pair(before: object, after: object) -> str:
    old, new = (NOTHING if value is None else str(value) for value in (before, after))
    return old if old == new else f"{old} → {new}"
