"""An open tie in words: what is at stake, and what each answer would give to whom."""

from collections.abc import Sequence

from competition_app.desktop.results.results_ties import listed
from competition_app.desktop.results.settling.choice_list import Offer
from competition_app.domain.errors import Problem
from competition_app.i18n import tr
from competition_app.services.results.prize_borders import Border, Choice, ChoiceKind, PrizeShift

NO_PRIZE = "—"


def tied(question: Problem) -> list[str]:
    """The numbers of the tied entries; empty where the question is about something else."""
    found = question.more.get("entries")
    return [str(number) for number in found] if isinstance(found, list | tuple) else []


def sentence(question: Problem) -> str:
    """Who is tied, and where."""
    numbers = listed(tied(question))
    if question.code == "unresolved_tie_at_prize":
        award, left = question.more.get("award"), question.more.get("left")
        return tr(
            "No. {numbers} are tied, and {n} {award} is left.|"
            "No. {numbers} are tied, and {n} {award} are left.",
            numbers=numbers, n=left, award=award,
        )  # fmt: skip
    top = question.said.values.get("top")
    place = question.more.get("place")
    return tr(
        "No. {numbers} share place {place}; the first {top} may not be shared.",
        numbers=numbers, place=place, top=top,
    )  # fmt: skip


def next_step(question: Problem) -> str:
    """What the rules want done next."""
    match question.more.get("next"):
        case "decision":
            return tr("All tie rules say the same: the chief judge decides the order.")
        case "lot":
            return tr("All tie rules say the same: lots are drawn.")
        case _:
            return tr("The rules part them no further: the chief judge lets it stand, or changes the rules.")


def offers(border: Border, choices: Sequence[Choice]) -> tuple[Offer, ...]:
    """These choices with what follows from each, in their order."""
    return tuple(Offer(_word(choice, border), _follows(choice, border)) for choice in choices)


def _word(choice: Choice, border: Border) -> str:
    names = dict(border.entries)
    if choice.kind is ChoiceKind.ORDER:
        who = [tr("{number} {name}", number=one, name=names.get(one, "")) for one in choice.order]
        if len(who) > 2:
            return tr("In this order: {order}", order=listed(who))
        return tr("{first} stands before {others}", first=who[0], others=choice.order[1])
    if choice.kind is ChoiceKind.SHARE:
        return tr("Let the tie stand")
    if choice.kind is ChoiceKind.GIVE_ALL:
        return tr("All tied get the {award}", award=border.award or "")
    return tr("None of the tied gets the {award}", award=border.award or "")


def _follows(choice: Choice, border: Border) -> tuple[str, ...]:
    open_ = {number for number, _name in border.entries}
    moved = {shift.number: shift for shift in choice.shifts}
    own = [_own(number, name, moved.get(number), border) for number, name in border.entries]
    others = [
        _other(shift) for shift in choice.shifts if shift.number not in open_ and shift.before != shift.after
    ]
    lines = [tr("; @between").join(own)]
    if others:
        lines.append(tr("Also: {others}", others=tr("; @between").join(others)))
    return tuple(lines)


def _own(number: str, name: str, shift: PrizeShift | None, border: Border) -> str:
    """What one of the tied gets: the place where it is another, and the prize."""
    parts = [tr("{number} {name}", number=number, name=name)]
    if shift is not None and shift.place_after != shift.place_before and shift.place_after is not None:
        parts.append(tr("place {n}", n=shift.place_after))
    if shift is not None and shift.after:
        parts.append(shift.after)
    elif border.award is not None:
        parts.append(tr("no prize"))
    else:
        parts.append(tr("the prize as it is"))
    return " ".join(parts)


def _other(shift: PrizeShift) -> str:
    who = tr("{number} {name}", number=shift.number, name=shift.name)
    return f"{who} {shift.before or NO_PRIZE} → {shift.after or NO_PRIZE}"
