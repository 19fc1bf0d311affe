"""The rules of an event for signature: as a paper, and as sentences in JSON."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.documents.plans import plan_paper as paper
from competition_app.documents.plans.plan_content import PlanPage
from competition_app.documents.plans.plan_paper_words import PlanHead, plan_page
from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from competition_app.i18n import Words
from competition_app.services.competitions.competitions import event_of
from competition_app.services.plans.plan_invented import invented, invented_members
from competition_app.services.plans.plans import plan_from, plan_text
from competition_app.store.models import Competition, PlanVersion

_SEED = 1


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The rules in words, ready for paper."""

    code: str
    version: int
    plan: Plan
    page: PlanPage
    words: Words


def plan_paper(session: Session, event_id: int, words: Words, text: str | None = None) -> PlanPaper:
    """The event's rules for signature; a draft's where its JSON ``text`` is given and differs.

    Raises Refusal for an event without rules, and for a draft that cannot be read.
    """
    event = event_of(session, event_id)
    newest = select(func.max(PlanVersion.version)).where(PlanVersion.event_id == event.id)
    version = int(session.scalar(newest) or 0)
    stored = plan_text(session, event_id) if version else None
    if text is None and stored is None:
        raise Refusal("This event has no plan yet: set one on the page of events and rules.")
    plan = plan_from(text if text is not None else stored or "")
    draft = stored is None or (text is not None and plan != plan_from(stored))
    competition = session.get(Competition, event.competition_id)
    name = competition.name if competition is not None else ""
    head = PlanHead(name or "", event.name or event.code, version, check_code(plan), draft)
    return PlanPaper(event.code, version, plan, plan_page(plan, head, worked_out(plan), words), words)


def check_code(plan: Plan) -> str:
    """规则校验码: twelve figures that change with any rule: ``4F2A 91C7 0B6E``."""
    values = plan.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{digest[:4]} {digest[4:8]} {digest[8:12]}"


def worked_out(plan: Plan) -> list[Derivation]:
    """One invented entry in each stage; prizes would say nothing of a single entry."""
    bare = plan.model_copy(update={"awards": None, "titles": ()})
    facts = invented(bare, _SEED)
    result = rank_event(facts, invented_members(bare, _SEED, len(facts.entries)))
    return [derivation(facts, result, facts.entries[0].number, stage.code) for stage in plan.stages]


def save_plan(made: PlanPaper, target: Path) -> int:
    """The paper as a PDF; returns its number of pages."""
    return paper.write_plan(made.page, target, made.words)


def plan_lines(made: PlanPaper) -> tuple[str, ...]:
    """The paper as lines of text: head, then the sentences."""
    page = made.page
    head = "　".join(part for part in (page.competition, page.event, page.version) if part)
    return (page.title, head, *(one for part in page.clauses for one in part.sentences))


def plan_json(made: PlanPaper) -> dict[str, Any]:
    """The rules as plain JSON values: version, check code, sentences, and the criteria of each module."""
    page = made.page
    return {
        "event": made.code,
        "version": made.version,
        "draft": bool(page.draft),
        "check_code": check_code(made.plan),
        "sentences": [one for part in page.clauses for one in part.sentences],
        "modules": [
            {"title": table.title, "note": table.note or None,
             "criteria": [{"name": row.name, "kind": row.kind, "most": row.most, "step": row.step,
                           "standard": row.standard} for row in table.rows if not row.heading]}
            for table in page.tables
        ],
    }  # fmt: skip
