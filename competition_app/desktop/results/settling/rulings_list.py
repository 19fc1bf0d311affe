"""The rulings made on an event: what, who, when, why; taken back with a reason before the lock."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.results.results_ties import listed
from competition_app.desktop.results.settling.choice_list import ChoiceList, Offer
from competition_app.desktop.results.settling.reasons import checked, reason_field
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.judging import entrants, rulings, rulings_made
from competition_app.services.judging.rulings_made import RulingMade, Signed

NAMED = 8
"""So many entries are named in one line; of more, only how many."""

LET_STAND: Mapping[str, Said] = {
    "judgement_spread": Said("Judgements far apart let stand: {numbers}"),
    "judge_gap": Said("Judges far apart let stand: {numbers}"),
    "conflict_of_interest": Said("Marks of a judge of the same unit let stand: {numbers}"),
    "out_of_range": Said("A value out of its range let stand: {numbers}"),
    "unresolved_tie_in_top": Said("Shared place let stand: {numbers}"),
}


class RulingsList:
    """Shows the record of an event's rulings and takes the chosen one back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def show(self, event: EventRow, names: Mapping[str, str], *, locked: bool) -> None:
        """Show them; while the result is open, with the reason and the deed that takes one back."""
        ask = self._context.workspace.ask
        found = ask(rulings_made.rulings_made, event.id)
        people = {number: one.name for number, one in ask(entrants.entrants, event.id).items()}
        words = [_word(one, people, names) for one in found]
        listing = ChoiceList([Offer(word, _record(one)) for word, one in zip(words, found, strict=True)])
        counting = [one for one in found if one.withdrawn is None]
        for tile in listing.tiles[len(counting) :]:
            tile.setEnabled(False)
        if locked or not counting:
            self._read(event, listing, locked=locked)
        else:
            self._take_back(event, listing, list(zip(counting, words, strict=False)))

    def _read(self, event: EventRow, listing: ChoiceList, *, locked: bool) -> None:
        """Nothing can be taken back now: say why, and let the record be read."""
        sheet = self._context.asking.sheet(_title(event))
        for tile in listing.tiles:
            tile.setEnabled(False)
        sheet.say(
            tr("The result is locked: it must be reopened before a ruling is taken back.") if locked
            else tr("None of them counts any more.")
        )  # fmt: skip
        sheet.content.addWidget(listing.in_view())
        sheet.said += [tile.offer.word for tile in listing.tiles]
        sheet.answer(None, tr("Got it"), focus=True)
        self._context.asking.lay(sheet, "rulings")

    def _take_back(
        self, event: EventRow, listing: ChoiceList, counting: Sequence[tuple[RulingMade, str]]
    ) -> None:
        reason = reason_field(tr("Why it is taken back"))

        def carry_out() -> None:
            at = listing.at()
            if at is None:
                raise Refusal("No ruling is chosen yet: choose one of those above.")
            made, word = counting[at]
            done = tr("Ruling taken back: {what}", what=word)
            self._context.undoing.carry_out(done, rulings.withdraw_ruling, made.id, reason.text())

        lead = tr("It no longer counts and the question is open again; both reasons stay in the record.")
        fields = [Field(tr("Rulings, the newest first"), listing.in_view()), reason]
        deed = tr("Take the ruling back")
        self._context.asking.form(
            _title(event), lead, fields, deed, checked(carry_out, reason), danger=True
        )  # fmt: skip


def _title(event: EventRow) -> str:
    return tr("Rulings on {event}", event=event.name)


def _word(one: RulingMade, people: Mapping[str, str], names: Mapping[str, str]) -> str:
    """What was ruled, in one line."""
    numbers = _numbers(one.entries, people)
    match one.kind:
        case "decision":
            return tr("Order decided: {numbers}", numbers=numbers)
        case "lot":
            return tr("Draw recorded: {numbers}", numbers=numbers)
        case "advanced":
            return tr("Going on to {stage}: {numbers}", stage=names.get(one.stage or "", ""), numbers=numbers)
        case _:
            return _let_stand(one, numbers or tr("all entries"), names)


def _let_stand(one: RulingMade, numbers: str, names: Mapping[str, str]) -> str:
    """A question let stand: which, whose, and in which module."""
    if one.code != "unresolved_tie_at_prize":
        said = in_use().say(Said(LET_STAND[one.code or ""].text, {"numbers": numbers}))
        module = names.get(one.module or "")
        return tr("{what} ({module})", what=said, module=module) if module else said
    award = one.award or tr("the prize")
    if one.ties == "include":
        return tr("All tied with {numbers} get {award}", numbers=numbers, award=award)
    return tr("None tied with {numbers} gets {award}", numbers=numbers, award=award)


def _numbers(numbers: Sequence[str], people: Mapping[str, str]) -> str:
    shown = listed([f"{one} {people.get(one, '')}".strip() for one in numbers[:NAMED]])
    more = len(numbers) - NAMED
    return tr("{numbers} and {n} more", numbers=shown, n=more) if more > 0 else shown


def _record(one: RulingMade) -> tuple[str, ...]:
    """Who made it and when, why, and what became of it."""
    lines = [_signed(one.made) if one.made else tr("Came with a package")]
    if one.reason:
        lines.append(tr("Reason: {reason}", reason=one.reason))
    if one.replaced:
        lines.append(tr("Replaced by a later confirmation"))
    elif one.withdrawn is not None:
        who = _signed(one.taken_back) if one.taken_back else tr("before the package was made")
        lines.append(tr("Taken back ({who}): {reason}", who=who, reason=one.withdrawn))
    return tuple(lines)


def _signed(signed: Signed) -> str:
    at = datetime.fromisoformat(signed.at).astimezone()
    role = in_use().say(signed.role)
    who = role if role == signed.by else f"{role} {signed.by}"
    return f"{at:%Y-%m-%d %H:%M} {who}"
