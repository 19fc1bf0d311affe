"""Who goes on, who gets a prize, who is proposed for a title: a plan's last sentences (scoring.md §8)."""

from collections.abc import Iterator
from decimal import Decimal

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Advance, Awards, Level, Needs, Plan, Stage, Title
from competition_app.domain.plans.plan_phrases import Words, listed, named
from competition_app.domain.scoring.figures import plain

_OF = {
    "registered": Said("of all registered"),
    "took_part": Said("of all who took part"),
    "ranked": Said("of all ranked"),
}
_PART = {"floor": Said("rounded down"), "half_up": Said("rounded half up"), "ceil": Said("rounded up")}


def advance_sentences(stage: Stage, advance: Advance) -> Iterator[Said]:
    """Who goes on, at most how many of one organisation, and what becomes of a tie at the border."""
    yield _going(stage, advance)
    if advance.per_organisation is not None:
        yield Said("At most {n} of one organisation goes on.|At most {n} of one organisation go on.",
                   {"n": advance.per_organisation})  # fmt: skip
    if advance.min_total is not None:
        return
    if advance.ties == "include":
        yield Said("All who are equal at that border go on.")
    else:
        yield Said("Of those equal at that border none goes on.")


def _going(stage: Stage, advance: Advance) -> Said:
    values: dict[str, object] = {"stage": named(stage)}
    if advance.count is not None:
        return Said("From {stage} the first {n} go on.", values | {"n": advance.count})
    if advance.percent is not None:
        values |= {"percent": plain(advance.percent), "part": _PART[advance.round]}
        return Said("From {stage} the best {percent}% go on, {part}.", values)
    return Said("From {stage} all with a total of at least {total} go on.",
                values | {"total": plain(advance.min_total or Decimal())})  # fmt: skip


def award_sentences(awards: Awards) -> Iterator[Said]:
    """The prizes in order, how shares are rounded, and what becomes of a tie at a border."""
    levels = listed([level_words(level, awards) for level in awards.levels])
    yield Said("Prizes: {levels}.", {"levels": levels})
    passing: list[Words] = [level.name for level in awards.levels if level.pass_]
    if passing:
        yield Said("{prizes} only with every pass mark reached.", {"prizes": listed(passing)})
    if awards.cumulative:
        yield Said("The shares of the prizes are added up before they are rounded.")
    if awards.ties == "include":
        yield Said("All who are equal at the border of a prize get the better one.")
        if awards.extra_uses_next:
            yield Said("Whoever gets it beyond its number is taken off the number of the next prize.")
    elif awards.ties == "exclude":
        yield Said("Of those equal at the border of a prize none gets the better one.")
    else:
        yield Said("A tie at the border of a prize is decided by the chief judge.")


def level_words(level: Level, awards: Awards) -> Said:
    """One prize and how many get it."""
    name = {"prize": level.name}
    if level.count is not None:
        return Said("{prize} {n}@prize", name | {"n": level.count})
    if level.percent is not None:
        values: dict[str, object] = {
            **name, "percent": plain(level.percent), "of": _OF[awards.percent_of], "part": _PART[level.round],
        }  # fmt: skip
        if level.at_least:
            return Said("{prize} {percent}% {of}, {part}, at least {n}", values | {"n": level.at_least})
        return Said("{prize} {percent}% {of}, {part}", values)
    if level.ranks is not None:
        return Said(
            "{prize} places {first} to {last}", name | {"first": level.ranks[0], "last": level.ranks[1]}
        )
    return Said("{prize} from a total of {total}", name | {"total": plain(level.min_total or Decimal())})


def title_sentence(plan: Plan, title: Title) -> Said:
    """Which places are proposed for a title, and what a person must fulfil."""
    values: dict[str, object] = {"title": title.name, "first": title.ranks[0], "last": title.ranks[1]}
    needs = list(_needs(plan, title.needs))
    if not needs:
        return Said("For the title {title}, places {first} to {last} are proposed.", values)
    return Said(
        "For the title {title}, places {first} to {last} are proposed, on condition: {needs}.",
        values | {"needs": listed(needs)},
    )


def _needs(plan: Plan, needs: Needs) -> Iterator[Words]:
    if needs.pass_ is True:
        yield Said("every pass mark reached")
    elif needs.pass_:
        names = {module.code: named(module) for stage in plan.stages for module in stage.modules}
        yield Said("{modules} passed", {"modules": listed([names.get(code, code) for code in needs.pass_])})
    if needs.age_at_most is not None:
        yield Said("at most {age} years old on {day}", {"age": needs.age_at_most, "day": needs.on or ""})
    if needs.sex is not None:
        yield Said("women only") if needs.sex == "女" else Said("men only")
    if needs.employment:
        yield Said("employed as {employment}", {"employment": " / ".join(needs.employment)})
    if needs.holding:
        yield Said("holding {titles}", {"titles": " / ".join(needs.holding)})
    if needs.not_holding:
        yield Said("not holding {titles} yet", {"titles": " / ".join(needs.not_holding)})
