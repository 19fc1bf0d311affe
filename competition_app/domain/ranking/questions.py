"""Open questions: ties the rules do not let stand, with the rule's next step (scoring.md §6, §8)."""

from collections.abc import Iterator, Sequence

from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import Stage
from competition_app.domain.ranking.awards import Prizes
from competition_app.domain.ranking.placing import Order
from competition_app.domain.ranking.ties import TieStep
from competition_app.domain.scoring.figures import natural
from competition_app.domain.scoring.guards import listed


def in_top(stage: Stage, order: Order, division: str | None) -> Iterator[Problem]:
    """Shared places among the first ``no_shared_top``."""
    top = stage.no_shared_top
    for group in order.groups if top else ():
        if top is None or min(group.first, group.place) > top:
            return
        if len(group.rows) < 2:
            continue
        numbers = [row.number for row in group.rows]
        step = next_step(stage, order.steps.get(numbers[0], ()))
        said = Said(
            "Entries {entries} share place {place}, and the first {top} places may not be shared; {step}.",
            {"entries": listed(numbers), "place": group.place, "top": top, "step": step},
        )
        more = {"entries": numbers, "place": group.place, "division": division, "stage": stage.code,
                "next": next_code(stage, order.steps.get(numbers[0], ()))}  # fmt: skip
        yield Problem("unresolved_tie_in_top", said, more)


def at_prize(stage: Stage, prizes: Prizes, order: Order, division: str | None) -> Iterator[Problem]:
    """Ties across a prize border for which the plan says nothing."""
    for level, rows, left in prizes.unresolved:
        numbers = sorted((row.number for row in rows), key=natural)
        steps = order.steps.get(numbers[0], ())
        said = Said(
            "Entries {entries} are tied across the border of {award}; {step}.",
            {"entries": listed(numbers), "award": level.name, "step": next_step(stage, steps)},
        )
        more = {"entries": numbers, "award": level.name, "left": left, "division": division,
                "stage": stage.code, "next": next_code(stage, steps)}  # fmt: skip
        yield Problem("unresolved_tie_at_prize", said, more)


def next_code(stage: Stage, steps: Sequence[TieStep]) -> str:
    """The rule's next step: the first recorded decision or draw nobody in the tie has yet, else accepting."""
    tried = [step.key.by for step in steps if step.values]
    for key in stage.ties:
        if key.by in ("decision", "lot") and key.by not in tried:
            return key.by
    return "accept"


def next_step(stage: Stage, steps: Sequence[TieStep]) -> Said:
    """The rule's next step, in words."""
    match next_code(stage, steps):
        case "decision":
            return Said("the chief judge decides their order")
        case "lot":
            return Said("draw lots and record the draw")
        case _:
            return Said("the chief judge accepts the shared place with a reason")
