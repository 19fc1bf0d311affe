"""空白评分表: paper sheets for the judges of a module, one for each work they owe, by number only."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.documents import saving
from competition_app.documents.sheets.score_sheet import write_score_sheets
from competition_app.documents.sheets.sheet_content import SheetForm, SheetHead, sheet_items
from competition_app.domain.errors import Refusal
from competition_app.domain.plans import plan as rules
from competition_app.i18n import Words
from competition_app.services.competitions.competitions import event_of
from competition_app.services.competitions.panels import JudgeRow, judges
from competition_app.services.judging.conflicts import kept_by_seat
from competition_app.services.judging.marking_grid import not_there
from competition_app.services.judging.sheet_rows import works_of
from competition_app.services.plans.plans import module_rule, plan_of
from competition_app.services.progress import Progress
from competition_app.store.models import Competition, Event, PlanVersion

_MARK = "SHEET"
_SPARE = "+"


@dataclass(frozen=True, slots=True)
class ScoreSheets:
    """The sheets of one module ready to be printed."""

    form: SheetForm
    heads: tuple[SheetHead, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a sheet's QR code says: whose sheet it is; ``work`` and ``judge`` are empty on a spare one."""

    event: str
    stage: str
    module: str
    judge: str
    work: str
    attempt: int


def score_sheets(
    session: Session, event_id: int, stage: str, module: str, printed_at: str, words: Words, *,
    only: Collection[str] = (), spare: int = 0,
) -> ScoreSheets:  # fmt: skip
    """The blank sheets of a module: for every judge (or those of ``only``) every work they owe, each attempt.

    None for an entry that is not there, nor where a judge is known to be kept from a work. ``spare`` sheets
    for no work follow, each with a number of its own. Raises Refusal where there is nothing to print.
    """
    rule = module_rule(session, event_id, stage, module)
    if rule.kind != "sheets":
        raise Refusal(
            "{module} is not marked on sheets: its scores come whole, so there are none to print.",
            module=rule.name or module,
        )
    event = event_of(session, event_id)
    works = works_of(session, event_id, stage, module)
    coded = any(work.code != work.number for work in works) or (not works and rule.blind)
    owed = list(_owed(session, event, (stage, rule), only))
    _refuse_nothing(rule, bool(works), owed, spare)
    made = [_head(event, stage, rule, judge.code, work, attempt) for judge, work, attempt in owed]
    made += [_spare(event, stage, rule, n, words) for n in range(1, spare + 1)]
    return ScoreSheets(_form(session, event, stage, rule, printed_at, coded, words), tuple(made))


def sheet_module(session: Session, event_id: int, stage: str | None, module: str | None) -> tuple[str, str]:
    """The (stage, module) meant where both, one, or none is named. Raises Refusal where it is not one."""
    event_of(session, event_id)
    found = [
        (part.code, rule.code)
        for part in plan_of(session, event_id).stages
        for rule in part.modules
        if rule.kind == "sheets" and stage in (None, part.code) and module in (None, rule.code)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal("No such module is marked on sheets: look at the plan of the event.")
    raise Refusal(
        "Several modules are marked on sheets: {modules}. Name the one meant, with its stage.",
        modules=", ".join(f"{at} {code}" for at, code in found),
    )


def _owed(
    session: Session, event: Event, place: tuple[str, rules.Module], only: Collection[str]
) -> Iterator[tuple[JudgeRow, str, int]]:
    """Each judge's works in the order of their codes, those of one judge together."""
    stage, rule = place
    works = works_of(session, event.id, stage, rule.code)
    gone, kept = not_there(session, event.id, stage, rule.code), kept_by_seat(session, event.id, stage, rule)
    panel = [judge for judge in judges(session, event.id) if (stage, rule.code) in judge.modules]
    unknown = [code for code in only if code not in {judge.code for judge in panel}]
    if unknown:
        raise Refusal(
            "Judge {judge} does not mark {module}: look at the page of judges.",
            judge=unknown[0],
            module=rule.name or rule.code,
        )
    for judge in panel:
        if only and judge.code not in only:
            continue
        out = gone | kept.get(judge.code, frozenset())
        for work in works:
            grouped = None in (judge.group, work.group) or judge.group == work.group
            if grouped and work.number not in out:
                for attempt in range(1, rule.attempts.count + 1):
                    yield judge, work.code, attempt


def _refuse_nothing(rule: rules.Module, opened: bool, owed: Collection[object], spare: int) -> None:
    name = rule.name or rule.code
    if owed or spare:
        return
    if not opened:
        raise Refusal(
            "{module} is not open for marking yet: open it on the page of marking, then print its sheets.",
            module=name,
        )
    raise Refusal(
        "No judge owes a sheet in {module}: assign judges to it on the page of judges.", module=name
    )


def _head(event: Event, stage: str, rule: rules.Module, judge: str, work: str, attempt: int) -> SheetHead:
    several = rule.attempts.count > 1
    number = "-".join((event.code, rule.code, judge, work, *([str(attempt)] if several else [])))
    code = _code(event.code, stage, rule.code, judge, work, str(attempt))
    return SheetHead(work, judge, number, code, attempt if several else None)


def _spare(event: Event, stage: str, rule: rules.Module, n: int, words: Words) -> SheetHead:
    number = "-".join((event.code, rule.code, words("spare@sheet"), f"{n:02}"))
    return SheetHead("", "", number, _code(event.code, stage, rule.code, "", _SPARE + str(n), "1"))


def _code(*parts: str) -> str:
    """The text of the QR code, of characters that every scanner types alike."""
    return ":".join((_MARK, *(quote(part, safe="+") for part in parts)))


def read_code(text: str) -> Scanned | None:
    """What a scanned sheet says of itself; None where the text is of no sheet."""
    parts = [unquote(part) for part in text.strip().replace("：", ":").split(":")]
    if parts[0].upper() != _MARK or len(parts) < 7 or not parts[6].isdecimal():
        return None
    event, stage, module, judge, work, attempt = parts[1:7]
    return Scanned(event, stage, module, judge, "" if work.startswith(_SPARE) else work, int(attempt))


def _form(
    session: Session, event: Event, stage: str, rule: rules.Module, printed_at: str, coded: bool, words: Words
) -> SheetForm:
    plan = plan_of(session, event.id)
    contest = session.get_one(Competition, event.competition_id)
    found = plan.stage(stage)
    named = (found.name or found.code) if found is not None and len(plan.stages) > 1 else ""
    newest = select(func.max(PlanVersion.version)).where(PlanVersion.event_id == event.id)
    return SheetForm(
        contest.name, event.name, named, rule.name or rule.code, session.scalar(newest) or 1, printed_at,
        sheet_items(rule.criteria, words), coded,
    )  # fmt: skip


def sheets_pdf(sheets: ScoreSheets, words: Words, progress: Progress | None = None) -> bytes:
    """The sheets as a PDF, for the print preview."""
    made = BytesIO()
    write_score_sheets(made, sheets.form, sheets.heads, words, progress.at if progress else None)
    return made.getvalue()


def save_sheets(sheets: ScoreSheets, target: Path, words: Words, progress: Progress | None = None) -> int:
    """The sheets as a PDF file, whole or not at all; returns the number of pages."""
    at, pages = progress.at if progress else None, 0

    def write(file: BinaryIO) -> None:
        nonlocal pages
        pages = write_score_sheets(file, sheets.form, sheets.heads, words, at)

    saving.save(target, write)
    return pages
