"""The page “why this place” in words, from the derivation: nothing is reckoned here (scoring.md §9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from competition_app.documents.results.standings_table import STATUS
from competition_app.documents.results.why_place_content import Note, Part, Step, Sum, Summary, WhyPage
from competition_app.documents.results.why_place_figures import DASH, Figures, made, percent, shown
from competition_app.documents.results.why_place_modules import ModuleWords, penalty_sums
from competition_app.documents.results.why_place_ties import TieWords
from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.derivation import Derivation, ModuleDerivation
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words


@dataclass(frozen=True, slots=True)
class WhyHead:
    """What stands about the derivation: the contest's names, whose page it is, when and by which rules.

    ``check_code`` is that of the standings this entry stands in; ``object_until`` ends the time to object.
    """

    plan: Plan
    event: str
    division: str
    stage: str
    name: str
    organisation: str
    plan_version: int
    check_code: str
    day: date | None = None
    object_until: datetime | None = None
    draft: str = ""


def why_page(why: Derivation, head: WhyHead, words: Words, *, sheets: bool = False) -> WhyPage:
    """The page in words. ``sheets`` adds every judge's marks where the page shows only their sums."""
    return _Wording(why, head, words).page(sheets=sheets)


def names_of(plan: Plan) -> dict[str, str]:
    """The names of stages, modules and criteria by their codes (a criterion by ``module criterion``)."""
    found: dict[str, str] = {}
    for stage in plan.stages:
        found[stage.code] = stage.name or stage.code
        for module in stage.modules:
            found[module.code] = module.name or module.code
            for one in module.criteria:
                found[f"{module.code} {one.code}"] = one.name or one.code
    return found


class _Wording:
    def __init__(self, why: Derivation, head: WhyHead, words: Words) -> None:
        self.why, self.head, self.words = why, head, words
        self.figures = Figures(words)
        self.names = names_of(head.plan)

    def page(self, *, sheets: bool) -> WhyPage:
        words, head, why = self.words, self.head, self.why
        modules = [ModuleWords(module, words, low=why.low) for module in why.modules]
        ties = TieWords(why, self.names, words)
        steps = [*(one.step() for one in modules), self._total(), ties.step(), self._outcome()]
        if sheets:
            steps += [one.appendix() for one in modules]
        summary = self._summary()
        return WhyPage(
            title=words("Why this place@paper"),
            event=self._event(),
            summary=summary,
            steps=tuple(step for step in steps if step is not None),
            objection=(words("Objections?"), self._objection()),
            origin=words(
                "Made by the program under version {version} of the rules, from the same reckoning as the "
                "standings, the big screen and the certificates.",
                version=head.plan_version,
            ),
            signers=(words("Chief judge"), words("Supervisor")),
            day=head.day,
            check=words("Check code {code}", code=head.check_code),
            scan=words("Scan to check this page"),
            scanned=self._scanned(summary),
            draft=head.draft,
        )

    def _event(self) -> str:
        head, values = self.head, {"event": self.head.event, "stage": self.head.stage}
        if head.division:
            return self.words("{event} ({division}) {stage}", division=head.division, **values)
        return self.words("{event} {stage}", **values)

    def _summary(self) -> Summary:
        words, standing = self.words, self.why.standing
        total = standing.total
        if standing.place is None:
            place, prize = words.say(STATUS[standing.status]), ""
        else:
            place, prize = words("Place {n}", n=standing.place), standing.award or ""
            if standing.status is Status.OUT_OF_COMPETITION:
                prize = words.say(STATUS[standing.status])
        unit = words("points@unit") if total is not None and not self.why.low else ""
        whose = words(
            "No. {number}　{organisation}", number=self.why.number, organisation=self.head.organisation
        )
        return Summary(self.head.name, whose.strip("　"), shown(total), unit, place, prize)

    def _scanned(self, summary: Summary) -> str:
        """Plain words first, since most people scan with a chat program."""
        title, code = self.words("Why this place@paper"), self.head.check_code
        parts = (title, summary.name, self.why.number, summary.total, summary.place, code)
        return " ".join(part for part in parts if part)

    def _objection(self) -> str:
        words, until = self.words, self.head.object_until
        if until is None:
            return words("Bring it to the arbiters in writing through your team leader before       :      .")
        moment = words(
            "{year}-{month:02}-{day:02} {time}",
            year=until.year, month=until.month, day=until.day, time=until.strftime("%H:%M"),
        )  # fmt: skip
        return words(
            "Bring it to the arbiters in writing through your team leader before {moment}.", moment=moment
        )

    # weights and sum

    def _total(self) -> Step | None:
        why, words = self.why, self.words
        rows = [self._weighted(module) for module in why.modules]
        if why.carried is not None and why.rule.carry is not None:
            rows.append(self._carried(why.carried))
        rows += penalty_sums(why.penalties, words, low=why.low)
        title = words("Weights and total") if len(rows) > 1 else words("Total")
        return Step(title, (*rows, self._sum(rows), *self._close()))

    def _weighted(self, module: ModuleDerivation) -> Sum:
        name = module.name or module.module
        label = f"{name} {percent(module.rule.weight)}".strip()
        score, weighted = module.score, module.weighted
        if score is None or weighted is None:
            return Sum(label, "", "", DASH if score is None else made(score))
        steps = [made(score)]
        if module.rule.basis == "percent" and module.rule.full is not None:
            steps.append(f"÷ {plain(module.rule.full)} × 100")
        if module.rule.weight != 1:
            steps.append(f"× {module.weight}")
        formula = " ".join(steps)
        if len(steps) > 1:
            formula += f"{self.figures.equals}{shown(weighted.unrounded)}"
        remark = self.figures.rounding(weighted) if len(steps) > 1 else ""
        return Sum(label, formula, remark, made(weighted))

    def _carried(self, carried: str) -> Sum:
        carry = self.why.rule.carry
        assert carry is not None
        name = self.names.get(carry.stage, carry.stage)
        steps = self.words("total of {stage}", stage=name)
        if carry.basis == "percent" and carry.full is not None:
            steps += f" ÷ {plain(carry.full)} × 100"
        if carry.weight != 1:
            steps += f" × {plain(carry.weight)}"
        return Sum(f"{name} {percent(carry.weight)}".strip(), steps, "", shown(carried))

    def _sum(self, rows: list[Sum]) -> Sum:
        why, words = self.why, self.words
        if why.total is None:
            reason = words.say(STATUS[why.standing.status])
            return Sum(words("Total"), reason, "", DASH, last=True)
        terms = [row.result for row in rows if row.result != DASH]
        joined = self.figures.plus.join(terms)
        for sign in "−+":
            joined = joined.replace(f"{self.figures.plus}{sign}", f" {sign} ")
        if len(terms) < 2:
            joined = ""
        changed = why.total.unrounded.rstrip("0").rstrip(".") != why.total.rounded.rstrip("0").rstrip(".")
        if changed and joined:
            joined += f"{self.figures.equals}{shown(why.total.unrounded)}"
        remark = self.figures.rounding(why.total) if changed else ""
        return Sum(words("Total"), joined, remark, shown(why.total.rounded), last=True)

    def _close(self) -> Iterator[Note]:
        tied = {number for line in self.why.ties for number, _ in line.values}
        near = [number for number in self.why.close if number not in tied]
        if near:
            numbers = self.words(", @between numbers").join(near)
            yield Note(self.words("Less than one rounding step apart from No. {numbers}.", numbers=numbers))

    # what came of it

    def _outcome(self) -> Step:
        why, words = self.why, self.words
        parts: list[Part] = [Note(sentence, quiet=False) for sentence in self._sentences()]
        parts += [Note(words.say(_named(problem.said, self.names))) for problem in why.problems]
        parts += [
            Note(words("The chief judge let it stand: {reason}", reason=one.reason)) for one in why.accepted
        ]
        return Step(words("Prize@step") if why.prize else words("Place@step"), tuple(parts))

    def _sentences(self) -> Iterator[str]:
        why, words, standing = self.why, self.words, self.why.standing
        if why.prize is not None:
            yield self._prizes()
        if standing.place is None:
            yield words("{status}: no place.", status=words.say(STATUS[standing.status]))
        elif standing.status is Status.OUT_OF_COMPETITION:
            yield words(
                "Out of competition: place {n} is only shown and takes none from others.", n=standing.place
            )
        elif why.prize is None:
            place = standing.place
            yield (
                words("Place {n}, shared.", n=place)
                if standing.shared
                else words("Place {n}, not shared.", n=place)
            )
        if standing.titles:
            yield words("Nominated for {titles}.", titles=words(", @between numbers").join(standing.titles))
        if standing.advances is not None:
            yield words("Goes on to the next stage.") if standing.advances else words("Does not go on.")

    def _prizes(self) -> str:
        why, words, standing = self.why, self.words, self.why.standing
        assert why.prize is not None
        counted = {
            "registered": words("{n} entered.", n=why.prize.counted),
            "took_part": words("{n} took part.", n=why.prize.counted),
            "ranked": words("{n} ranked.", n=why.prize.counted),
        }[why.prize.percent_of]
        if standing.award is None:
            parts = [counted] if standing.place is None else [counted, self._placed()]
            return self.figures.between.join(parts)
        winners = words("{award}: {n} in all.", award=standing.award, n=why.prize.winners)
        return self.figures.between.join((counted, winners, self._placed()))

    def _placed(self) -> str:
        words, standing = self.words, self.why.standing
        if standing.award is None:
            return words("Place {n} has no prize.", n=standing.place)
        if standing.shared:
            return words("Place {n}, shared, gets {award}.", n=standing.place, award=standing.award)
        return words(
            "Place {n} gets {award}; the place is not shared.", n=standing.place, award=standing.award
        )


def _named(said: Said, names: Mapping[str, str]) -> Said:
    """The saying with the names of modules and stages in place of their codes."""
    values = {key: _value(key, value, names) for key, value in said.values.items()}
    return Said(said.text, values)


def _value(key: str, value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, Problem):
        return value
    if isinstance(value, Said):
        return _named(value, names)
    return names.get(value, value) if key in ("module", "stage") and isinstance(value, str) else value
