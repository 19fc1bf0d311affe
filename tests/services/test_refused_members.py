"""A member whose registration is refused: no certificate, not counted, not handed on; a withdrawn team is."""

import pytest
from sqlalchemy.orm import Session
from test_certificate_register import Finals

from competition_app.services.access import Actor
from competition_app.services.certificates import certificates
from competition_app.services.exchange import exchange
from competition_app.services.judging.entrants import entrants
from competition_app.services.registration import registration_review
from competition_app.services.results.results import facts_for
from competition_app.services.workspace import Workspace
from competition_app.store.models import Event, Membership, Registration


@pytest.fixture
def team(workspace: Workspace, organiser: Actor) -> Finals:
    """Two teams; the first has a second member, whose registration was passed."""
    finals = Finals(workspace, organiser, ["90", "80"], entry="team")

    def register(session: Session) -> None:
        own, extra = session.query(Membership).order_by(Membership.contestant_id)
        session.add(Membership(entry_id=own.entry_id, contestant_id=extra.contestant_id, position=1))
        for key, contestant in enumerate((own.contestant_id, extra.contestant_id), 1):
            session.add(
                Registration(
                    id=key, competition_id=finals.competition, event_id=finals.event, entry_id=own.entry_id,
                    contestant_id=contestant, state="passed", received_at="2025-08-01T08:00:00Z",
                )
            )  # fmt: skip

    finals.change(register)
    return finals


def named(finals: Finals) -> list[str]:
    return [row.name for row in finals.ask(certificates.winner_rows, finals.event) if row.number == "001"]


def test_a_refused_member_gets_no_certificate(team: Finals) -> None:
    assert named(team) == ["选手1、选手2", "选手1", "选手2"]
    team.do(registration_review.refuse, [2], "非本单位职工")
    assert named(team) == ["选手1", "选手1"]
    assert team.ask(facts_for, team.event).entries[0].contestants == ("C1",)
    package = team.ask(exchange.package_of, "SZ2025", "2025-09-02T16:00:00Z")
    assert list(package.events[0].entries[0].contestants) == ["C1"]


def test_refusing_makes_the_result_new(team: Finals) -> None:
    def version(session: Session) -> int:
        return session.get_one(Event, team.event).data_version

    before = team.ask(version)
    team.do(registration_review.refuse, [2], "非本单位职工")
    assert team.ask(version) > before


def test_a_paper_of_a_member_refused_later_has_lost_its_prize(team: Finals) -> None:
    team.issue()
    team.do(registration_review.refuse, [2], "非本单位职工")
    problems = {row.name: row.problem for row in team.ask(certificates.register) if "-1-0001" in row.serial}
    assert problems["选手2"] is not None
    assert problems["选手1"] is None


def test_a_withdrawn_team_keeps_its_names(team: Finals) -> None:
    team.do(registration_review.refuse, [1, 2], "重复报名")
    assert team.ask(entrants, team.event)["001"].name == "选手1、选手2"
