"""The days of the contest: theory imported, the judges' sheets typed in, absences, penalties, a decision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from competition_app.demo.marks import given
from competition_app.demo.people import Worker
from competition_app.demo.setting_up import Place
from competition_app.demo.workbooks import write_theory_scores
from competition_app.services.competitions import panels
from competition_app.services.judging import (
    direct_scores,
    entrants,
    judging,
    marking_grid,
    rulings,
    scores_import,
)
from competition_app.services.judging.direct_scores import ScoreGiven
from competition_app.services.judging.entrants import EntrantRow
from competition_app.services.judging.judging import MarkGiven, MarkPlace

STAGE = "final"
TWINS = (4, 19)  # two whom the judges, the examiner and the clock find alike: somebody must decide
AWAY = (11, 27)  # did not come to the practical part
OVERTIME, STRUCK_OUT, WITHDRAWN = 7, 15, 23


@dataclass(frozen=True, slots=True)
class Field:
    """The entries of an event: by number in their order, and how able each is (0 … 1)."""

    event: int
    rules: Mapping[str, Any]
    entries: Mapping[str, EntrantRow]
    able: Mapping[str, float]

    def at(self, place: int) -> str:
        """The number of the entry at this place of the list."""
        return list(self.entries)[place]

    def twin_of(self, number: str) -> str:
        """Whose marks an entry is given: its own, or those of its twin."""
        return self.at(TWINS[0]) if number == self.at(TWINS[1]) else number


def field(place: Place, event: Mapping[str, Any], chance: Random) -> Field:
    """The entries of an event with their ability; the twins stand among the best."""
    key = place.events[event["code"]]
    known = place.workspace.ask(entrants.entrants, key)
    entries = {number: known[number] for number in sorted(known)}
    able = {number: min(0.9, max(0.45, chance.gauss(0.75, 0.09))) for number in entries}
    for twin in TWINS:
        able[list(entries)[twin]] = 0.92
    return Field(key, event["plan"]["stages"][0], entries, able)


def theory(place: Place, found: Field, people: list[Worker], file: Path, chance: Random) -> int:
    """Import the examiner's workbook; scores whose ID number matches nobody are typed. How many are in."""
    numbers = {row.name: number for number, row in found.entries.items()}
    scores: dict[str, str] = {}
    for worker in people:
        number = numbers.get(worker.name)
        if number is not None:
            points = 50 + 42 * found.able[number] + chance.gauss(0, 4)
            scores[number] = str(round(2 * min(points, 98.0)) / 2)
    scores[found.at(TWINS[1])] = scores[found.at(TWINS[0])]
    scores[found.at(AWAY[0])] = "缺考"
    rows = [(w.name, w.id_number, scores[numbers[w.name]]) for w in people if w.name in numbers]
    write_theory_scores(rows, file)
    report = scores_import.import_scores(place.workspace, place.actor, file, found.event, "theory")
    there = {row.number for row in report.rows if row.accepted}
    typed = [
        ScoreGiven(found.entries[number].entry_id, Decimal(score))
        for number, score in scores.items()
        if number not in there
    ]
    place.workspace.do(place.actor, direct_scores.enter_scores, found.event, STAGE, "theory", typed)
    return len(there) + len(typed)


def sheets(place: Place, found: Field, chance: Random) -> int:
    """Open every module with sheets and type each judge's marks; how many marks were entered."""
    entered = 0
    for module in found.rules["modules"]:
        if module["kind"] == "sheets":
            place.workspace.do(place.actor, judging.open_module, found.event, STAGE, module["code"])
            for judge in place.workspace.ask(panels.judges, found.event):
                if (STAGE, module["code"]) in judge.modules:
                    entered += _judge(place, found, module, judge.id, chance)
    return entered


def _judge(place: Place, found: Field, module: Mapping[str, Any], judge: int, chance: Random) -> int:
    """All sheets of one judge in a module, an attempt an operation."""
    severity = chance.gauss(0, 0.015)
    rows = place.workspace.ask(marking_grid.grid, found.event, STAGE, module["code"], judge).rows
    away = {found.at(number) for number in AWAY}
    works = {row.code: row.work_id for row in rows if row.code not in away}
    entered = 0
    for attempt in range(1, module.get("attempts", {}).get("count", 1) + 1):
        marks = list(_marks(found, module, works, severity, chance))
        placed = [(MarkPlace(work, attempt, judge, code), value) for work, code, value in marks]
        entered += len(place.workspace.do(place.actor, judging.enter_marks, placed))
    return entered


def _marks(
    found: Field, module: Mapping[str, Any], works: Mapping[str, int], severity: float, chance: Random
) -> Iterator[tuple[int, str, MarkGiven]]:
    made: dict[tuple[str, str], MarkGiven] = {}
    for number, work in works.items():
        for criterion in module["criteria"]:
            mark = given(criterion, found.able[number], severity, chance)
            made[number, criterion["code"]] = mark
            yield work, criterion["code"], made.get((found.twin_of(number), criterion["code"]), mark)


def incidents(place: Place, found: Field, chance: Random) -> None:
    """What happens on every such day: people stay away, run over time, break a rule, give up."""
    workspace, actor = place.workspace, place.actor
    modules = [module["code"] for module in found.rules["modules"] if module["kind"] == "sheets"]
    for missing in AWAY:
        for module in modules:
            entry = found.entries[found.at(missing)].entry_id
            workspace.do(actor, rulings.record_absence, entry, STAGE, module, reason="检录时未到")
    twins = {found.at(twin) for twin in TWINS}
    for number, row in found.entries.items():
        seconds = Decimal(5400 if number in twins else chance.randint(3600, 7200))
        workspace.do(actor, rulings.record_time, row.entry_id, STAGE, modules[0], seconds)
    workspace.do(
        actor, rulings.add_penalty, found.entries[found.at(OVERTIME)].entry_id,
        points=Decimal(2), stage=STAGE, module=modules[0], reason="超时 2 分钟",
    )  # fmt: skip
    struck_out = found.entries[found.at(STRUCK_OUT)].entry_id
    workspace.do(actor, rulings.disqualify, struck_out, "使用自带工具，经裁判长确认取消成绩")
    withdrawn = found.entries[found.at(WITHDRAWN)].entry_id
    workspace.do(actor, rulings.withdraw_entry, withdrawn, "因工作调动书面申请弃权")
