"""What a person can suppose, as choices with words: a judge left out, other combinations or digits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competition_app.desktop.results.results_ties import key_name
from competition_app.domain.looking_back.what_if import Supposition
from competition_app.domain.plans.plan import TieKey
from competition_app.domain.ranking.tie_words import label
from competition_app.i18n import in_use, tr
from competition_app.services.looking_back.supposing import (
    OfferedModule,
    Offers,
    OtherCombination,
    OtherRounding,
    OtherTieOrder,
    WithoutJudge,
)

MOST_DIGITS = 4
"""Rounding is offered to so many digits."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of supposition: its word, and its choices, each with the supposition it stands for.

    ``groups`` parts the choices by what they are about (a module, a rung); a single one needs no choice.
    """

    key: str
    word: str
    groups: tuple[tuple[str, tuple[tuple[str, Supposition], ...]], ...]


def kinds(offers: Offers, stage: str, names: Mapping[str, str]) -> tuple[Kind, ...]:
    """The kinds with anything to choose in this stage; ``names`` are those of modules and stages by code."""
    found = (
        Kind("judge", tr("Without a judge"), _without(offers, stage)),
        Kind("combination", tr("Another combination"), _combinations(offers, stage)),
        Kind("rounding", tr("Another rounding"), _roundings(offers, stage)),
        Kind("ties", tr("Another tie rule first"), _ties(offers, stage, names)),
    )
    return tuple(kind for kind in found if any(choices for _word, choices in kind.groups))


Group = tuple[str, tuple[tuple[str, Supposition], ...]]


def _here(offers: Offers, stage: str) -> list[OfferedModule]:
    return [one for one in offers.modules if one.stage == stage]


def _without(offers: Offers, stage: str) -> tuple[Group, ...]:
    if not _here(offers, stage):
        return ()
    seats = [(code, f"{code} {name}" if name else code) for code, name in offers.judges]
    everywhere: Group = (tr("In all modules"), tuple((word, WithoutJudge(code)) for code, word in seats))
    one_each: list[Group] = [
        (tr("In {module}", module=one.name),
         tuple((word, WithoutJudge(code, stage, one.module)) for code, word in seats))
        for one in _here(offers, stage)
    ]  # fmt: skip
    return (everywhere, *one_each) if len(one_each) > 1 else (everywhere,)


def _combinations(offers: Offers, stage: str) -> tuple[Group, ...]:
    return tuple((one.name, tuple(_of_panel(one))) for one in _here(offers, stage))


def _of_panel(one: OfferedModule) -> list[tuple[str, Supposition]]:
    """Other ways than those at work, with one or two dropped at each end as far as that is another."""
    now = {(panel.combine, panel.drop_high, panel.drop_low) for panel in one.panels}
    offered: list[tuple[str, Supposition]] = [
        (tr("Mean of all"), OtherCombination(one.stage, one.module)),
        (tr("Mean without 1 highest and 1 lowest"), OtherCombination(one.stage, one.module, "mean", 1, 1)),
        (tr("Mean without 2 highest and 2 lowest"), OtherCombination(one.stage, one.module, "mean", 2, 2)),
        (tr("Median"), OtherCombination(one.stage, one.module, "median")),
    ]
    return [
        (word, each)
        for word, each in offered
        if isinstance(each, OtherCombination) and now - {(each.combine, each.drop_high, each.drop_low)}
    ]


def _roundings(offers: Offers, stage: str) -> tuple[Group, ...]:
    made: list[Group] = []
    for one in offers.rungs:
        if one.stage != stage:
            continue
        rung = in_use().say(one.name)
        word = tr("{module}, {rung}", module=one.module_name, rung=rung) if one.module_name else rung
        digits: Sequence[int | None] = [None, *range(MOST_DIGITS + 1)]
        choices = tuple(
            (_digits(n), OtherRounding(one.rung, n, one.stage, one.module)) for n in digits if n != one.digits
        )
        made.append((tr("{rung}, now {digits}", rung=word, digits=_digits(one.digits)), choices))
    return tuple(made)


def _digits(n: int | None) -> str:
    return tr("not rounded") if n is None else tr("{n} digit|{n} digits", n=n)


def _ties(offers: Offers, stage: str, names: Mapping[str, str]) -> tuple[Group, ...]:
    keys = dict(offers.ties).get(stage, ())
    choices = [(_key_word(key, names), OtherTieOrder(stage, (place, *_others(keys, place))))
               for place, key in enumerate(keys) if place]  # fmt: skip
    if keys:
        choices.append((tr("No tie rule at all"), OtherTieOrder(stage, ())))
    return (("", tuple(choices)),) if choices else ()


def _others(keys: Sequence[TieKey], first: int) -> list[int]:
    return [place for place in range(len(keys)) if place != first]


def _key_word(key: TieKey, names: Mapping[str, str]) -> str:
    return tr("First {key}", key=key_name(label(key), names))
