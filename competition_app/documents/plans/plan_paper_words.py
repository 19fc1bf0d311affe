"""The rules of an event in words for paper: clauses, tables of criteria, a worked example (scoring.md §2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from competition_app.documents.plans.criteria_heads import HEADS, KINDS
from competition_app.documents.plans.plan_content import (
    Clauses,
    CriteriaTable,
    CriterionRow,
    PlanPage,
    Share,
)
from competition_app.documents.results.why_place_content import Note, Step
from competition_app.documents.results.why_place_words import WhyHead, why_page
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Criterion, Module, Plan, Stage
from competition_app.domain.plans.plan_words import plan_sentences, share
from competition_app.domain.ranking.derivation import Derivation, ModuleDerivation
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words

_SHOWN = 2
"""Modules that are worked out in full; further ones would say the same again."""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What stands about the rules: names, version, the code by which the paper is checked."""

    competition: str
    event: str
    version: int
    check_code: str
    draft: bool = False


def plan_page(plan: Plan, head: PlanHead, examples: Sequence[Derivation], words: Words) -> PlanPage:
    """The paper in words; ``examples`` are derivations of invented entries, one a stage."""
    wording = _Wording(plan, head, words)
    steps = [step for why in examples for step in wording.example(why)]
    return PlanPage(
        title=words("The rules of marking@paper"),
        competition=head.competition,
        event=head.event,
        version=_version(head, words),
        shares=tuple(wording.shares()),
        clauses=(Clauses(words("How the result comes about@paper"), wording.sentences()),),
        tables_title=words("What is marked@paper"),
        tables=tuple(wording.tables()),
        example_title=words("Worked out once with invented marks@paper"),
        example=tuple(steps),
        signers=(words("Chief judge"), words("Supervisor"), words("Organising committee")),
        day=words("Date:            "),
        check=words("Check code of the rules {code}", code=head.check_code),
        draft=words("Draft@paper") if head.draft else "",
    )


def _version(head: PlanHead, words: Words) -> str:
    if not head.draft:
        return words("Version {n}@paper", n=head.version)
    return words("Draft on version {n}", n=head.version) if head.version else words("Draft@paper")


class _Wording:
    def __init__(self, plan: Plan, head: PlanHead, words: Words) -> None:
        self.plan, self.head, self.words = plan, head, words

    def sentences(self) -> tuple[str, ...]:
        """The rules as the editor says them, one sentence a clause."""
        return tuple(self.words.say(said) for said in plan_sentences(self.plan))

    def shares(self) -> Iterator[Share]:
        """What counts for how much in the last stage."""
        stage = self.plan.stages[-1]
        for module in stage.modules:
            full = self.words("full marks {full}", full=plain(module.full)) if module.full is not None else ""
            yield Share(module.name or module.code, share(module.weight), full)
        if stage.carry is not None:
            earlier = self.plan.stage(stage.carry.stage)
            name = (earlier.name or earlier.code) if earlier else stage.carry.stage
            yield Share(name, share(stage.carry.weight), self.words("carried over@paper"))

    def tables(self) -> Iterator[CriteriaTable]:
        """A table for each module that judges mark, a note for the others."""
        for stage in self.plan.stages:
            for module in stage.modules:
                yield self._table(stage, module)

    def _table(self, stage: Stage, module: Module) -> CriteriaTable:
        words, name = self.words, module.name or module.code
        if len(self.plan.stages) > 1:
            name = words("{stage}: {module}@paper", stage=stage.name or stage.code, module=name)
        full = words(", full marks {full}", full=plain(module.full)) if module.full is not None else ""
        title = words("{module} ({share}{full})", module=name, share=share(module.weight), full=full)
        heads = (
            words("No.@head"),
            *(words.say(HEADS[key]) for key in ("name", "kind", "max", "step", "standard")),
        )
        if module.kind == "sheets":
            return CriteriaTable(title, heads, tuple(self._rows(module)))
        note = words("The score is entered or imported; no judge marks it.")
        if module.kind == "members":
            note = words("It is made from the members' results in another event.")
        return CriteriaTable(title, heads, (), note)

    def _rows(self, module: Module) -> Iterator[CriterionRow]:
        heading: str | None = None
        for number, one in enumerate(module.criteria, 1):
            if one.heading != heading and (one.heading or heading):
                heading = one.heading
                yield CriterionRow(heading=one.heading or "—")
            yield CriterionRow(
                str(number), one.name or one.code, self.words.say(KINDS[one.kind]), self._most(one),
                plain(one.step) if one.step is not None else "—", self._standard(one),
            )  # fmt: skip

    def _most(self, one: Criterion) -> str:
        most = one.max
        if one.kind == "measured" and one.scale:
            most = max(points for _, points in one.scale)
        text = plain(most) if most is not None else "—"
        return f"{plain(one.min)}–{text}" if one.min else text

    def _standard(self, one: Criterion) -> str:
        """What the judges are told, and what the rules add to it."""
        parts = [one.standard or "", *self._added(one)]
        ends = "。；：！？.;:!?"
        said = [part if part.endswith(tuple(ends)) else part + self.words(".@end") for part in parts if part]
        return ("" if self.words.language == "zh" else " ").join(said)

    def _added(self, one: Criterion) -> Iterator[str]:
        words = self.words
        between = words("; @between")
        if one.kind == "measured" and one.scale:
            pairs = between.join(f"{_signed(value)} → {_signed(points)}" for value, points in one.scale)
            how = Said("straight line@between") if one.between == "linear" else Said("in steps@between")
            yield words(
                "{unit}by its scale ({how}): {pairs}",
                unit=f"{one.unit} " if one.unit else "",
                how=how,
                pairs=pairs,
            )
        if one.kind == "deduction":
            yield words("{points} off for each", points=plain(one.each))
        if one.levels:
            yield between.join(f"{mark} {text}" for mark, text in enumerate(one.levels))
        if one.factor != 1:
            yield words("times the factor {factor}", factor=plain(one.factor))

    def example(self, why: Derivation) -> Iterator[Step]:
        """The steps of a worked example, without its place."""
        head = WhyHead(self.plan, self.head.event, "", "", "", "", self.head.version, "")
        *modules, total = why_page(why, head, self.words).steps[:-1]
        if len(modules) > _SHOWN:
            note = Note(self.words("The other modules are worked out in the same way."))
            total = replace(total, parts=(note, *total.parts))
        alone = modules and len(why.modules) == 1 and _is_total(why, why.modules[0])
        steps = modules if alone else [*modules[:_SHOWN], total]
        several = len(self.plan.stages) > 1
        for step in steps:
            name = why.rule.name or why.rule.code
            title = (
                self.words("{stage}: {module}@paper", stage=name, module=step.title)
                if several
                else step.title
            )
            yield replace(step, title=title)


def _is_total(why: Derivation, module: ModuleDerivation) -> bool:
    """Whether a stage's only module simply is its total."""
    if module.score is None or why.total is None or why.carried is not None or why.penalties:
        return False
    return module.score.rounded == why.total.rounded


def _signed(value: Decimal) -> str:
    return plain(value).replace("-", "−")
