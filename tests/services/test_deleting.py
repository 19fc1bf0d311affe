"""A trial competition is deleted whole; one with marks or scores stays; so do all others."""

from decimal import Decimal

import pytest
from contest import Contest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, deleting
from competition_app.services.judging import direct_scores
from competition_app.services.registration import organisations
from competition_app.services.workspace import Workspace
from competition_app.store.models import History, Organisation, PersonalValue, Setting, Staff, Table

KEPT = (History, PersonalValue, Setting, Staff, Organisation)


def standing(session: Session) -> dict[str, int]:
    """Rows by table, of the tables a competition's things lie in."""
    models = {mapper.class_ for mapper in Table.registry.mappers} - set(KEPT)
    counted = {
        model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models
    }
    return {name: n for name, n in counted.items() if n}


def test_everything_of_it_goes_and_nothing_else(workspace: Workspace, organiser: Actor) -> None:
    other = workspace.do(organiser, competitions.create_competition, "OTHER", "另一场")
    unit = workspace.do(organiser, organisations.add_organisation, "云岭公司", competition_id=other)
    before = workspace.ask(standing)
    contest = Contest(workspace, organiser, entries=3, judges=2)
    lost = workspace.ask(deleting.lost_with, contest.competition)
    assert (lost.events, lost.entries, lost.judges) == (1, 3, 2)
    assert len(workspace.ask(standing)) > len(before)
    workspace.do(organiser, deleting.delete_competition, contest.competition)
    assert workspace.ask(standing) == before
    units = {row.id: row for row in workspace.ask(organisations.organisations, other)}
    assert units[unit].code is not None, "it still takes part in the other"


def test_marks_and_scores_are_kept_for_ever(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser)
    score = Decimal(80)
    contest.do(direct_scores.enter_score, contest.event, "final", "theory", contest.entries[0], score)
    with pytest.raises(Refusal, match="kept for ever"):
        workspace.ask(deleting.lost_with, contest.competition)
    with pytest.raises(Refusal, match="kept for ever"):
        workspace.do(organiser, deleting.delete_competition, contest.competition)
    with pytest.raises(Refusal, match="no longer there"):
        workspace.ask(deleting.lost_with, 4711)
