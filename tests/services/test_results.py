"""Results out of the store: kept results equal those worked out anew, and every write that matters shows."""

import json
from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.ranking.result import EventResult, Standing, Status
from competition_app.domain.scoring.facts import Outcome
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.registration import organisations
from competition_app.services.results import results
from competition_app.services.workspace import Act, Workspace
from competition_app.store import event_versions
from competition_app.store.models import Event, Participation, Person, Table

ONE = [{"code": "A", "name": "全部", "kind": "points", "max": 100, "step": 0.5}]
RULES = plan(ONE, panel={"across": "sheet", "combine": "mean", "min_judges": 1})
RULES["stages"][0]["modules"] = [RULES["stages"][0]["modules"][1] | {"weight": 1}]


TEXT = json.dumps(RULES)


def by_number(result: EventResult) -> dict[str, Standing]:
    return {row.number: row for part in result.divisions for row in part.standings}


def enter(contest: Contest, row: int, judge: int, value: Any) -> None:
    asked = (contest.event, "final", "practical", contest.judges[judge])
    work = contest.ask(marking_grid.grid, *asked).rows[row].work_id
    contest.do(judging.enter_mark, MarkPlace(work, 1, contest.judges[judge], "A"), value, reason="重录")


def version(session: Session, event_id: int) -> int:
    return session.get_one(Event, event_id).data_version


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser, entries=3, judges=2, rules=RULES)


def test_a_mark_changes_the_standings_at_once(contest: Contest) -> None:
    for row, value in enumerate([80, 90, 70]):
        for judge in range(2):
            enter(contest, row, judge, Decimal(value))
    first = by_number(contest.ask(results.event_result, contest.event))
    assert [(n, first[n].place, first[n].total) for n in ("001", "002", "003")] == [
        ("001", 2, "80.00"), ("002", 1, "90.00"), ("003", 3, "70.00"),
    ]  # fmt: skip
    enter(contest, 2, 0, Decimal(100))
    enter(contest, 2, 1, Decimal(100))
    assert by_number(contest.ask(results.event_result, contest.event))["003"].place == 1


def test_nothing_changed_is_not_ranked_again(contest: Contest) -> None:
    enter(contest, 0, 0, Decimal(50))
    before = contest.ask(results.event_result, contest.event)
    assert contest.ask(results.event_result, contest.event) is before


def test_a_result_is_at_hand_until_something_it_rests_on_is_written(contest: Contest) -> None:
    assert not contest.ask(results.kept, contest.event)
    contest.ask(results.event_result, contest.event)
    assert contest.ask(results.kept, contest.event)
    enter(contest, 0, 0, Decimal(50))
    assert not contest.ask(results.kept, contest.event)


def test_the_name_of_an_event_is_no_part_of_its_result(contest: Contest) -> None:
    before = contest.ask(results.event_result, contest.event)
    contest.do(competitions.edit_event, contest.event, name="无人机")
    assert contest.ask(results.event_result, contest.event) is before
    assert contest.ask(results.recomputed, contest.event) == before


def test_every_column_but_the_idle_ones_counts() -> None:
    for mapper in Table.registry.mappers:
        table = mapper.local_table
        for column in table.columns if table.name in event_versions.OWNER else ():
            idle = column.name in event_versions.IDLE.get(table.name, ())
            moved = event_versions.counts(table.name, {column.name: 1}, {column.name: 2})
            assert moved is not idle, (table.name, column.name)
    assert not event_versions.IDLE["events"] & {"code", "competition_id", "double_entry"}
    assert "parent_id" not in event_versions.IDLE["organisations"]
    assert not event_versions.IDLE["persons"] & {"sex", "birth_date"}
    assert event_versions.IDLE.keys() == {"events", "organisations", "persons", "contestants"}


def test_a_unit_moves_the_results_it_reaches_and_no_other(workspace: Workspace, organiser: Actor) -> None:
    rules = plan(ONE, conflict={"up_to": ["G"], "mode": "set_aside"}, panel={"min_judges": 1})
    contest = Contest(workspace, organiser, judges=2, rules=rules, conflict=True)
    other = contest.do(competitions.create_event, contest.competition, code="CNC", name="数控", plan=TEXT)
    enter(contest, 1, 0, Decimal(50))

    def versions() -> list[int]:
        return [contest.ask(version, one) for one in (contest.event, other)]

    before = versions()
    group = contest.do(organisations.add_organisation, "集团")
    for unit in (group, *contest.units):
        contest.do(organisations.edit_organisation, unit, contact_phone="0512-1", short_name="简")
    assert versions() == before, "neither a new unit nor a telephone decides anything"
    contest._insert([Participation(competition_id=contest.competition, organisation_id=group, code="G")])
    above = contest.do(organisations.add_organisation, "总集团")
    for unit, parent in ((contest.units[1], group), (contest.units[0], group), (group, above)):
        contest.do(organisations.edit_organisation, unit, parent_id=parent)
        kept = contest.ask(results.event_result, contest.event)
        assert kept == contest.ask(results.recomputed, contest.event)
        assert contest.ask(results.facts_for, contest.event).recusals == kept.working.facts.recusals
    assert kept.working.facts.recusals >= {("final", "practical", "002", "J1")}
    assert versions() == [before[0] + 3, before[1]], "the tree decides, also further up"


def test_a_person_moves_the_results_they_compete_in(contest: Contest) -> None:
    """A date of birth decides a nomination; a telephone and people of other events do not."""
    other = contest.do(competitions.create_event, contest.competition, code="CNC", name="数控", plan=TEXT)

    def write(**values: object) -> list[int]:
        def correct(act: Act) -> None:
            person = act.session.scalars(select(Person).order_by(Person.id)).first()
            for name, value in values.items():
                setattr(person, name, value)

        correct.__module__, correct.__name__ = competitions.__name__, "edit_competition"
        contest.do(correct)
        return [contest.ask(version, one) for one in (contest.event, other)]

    (before, beside) = write(phone="0")
    assert write(phone="1", id_number="2") == [before, beside]
    assert write(birth_date="1990-01-01") == [before + 1, beside]


def test_a_begun_sheet_does_not_count(workspace: Workspace, organiser: Actor) -> None:
    two = [{"code": c, "kind": "points", "max": 50} for c in "AB"]
    rules = plan(two)
    rules["stages"][0]["modules"] = [rules["stages"][0]["modules"][1] | {"weight": 1}]
    contest = Contest(workspace, organiser, entries=1, judges=1, rules=rules)
    enter(contest, 0, 0, Decimal(50))
    row = by_number(contest.ask(results.event_result, contest.event))["001"]
    assert row.status is Status.INCOMPLETE
    assert row.total is None
    facts = contest.ask(results.facts_for, contest.event)
    assert facts.works == {}


def test_a_work_whose_link_is_sealed_takes_no_part(contest: Contest) -> None:
    enter(contest, 0, 0, Decimal(50))
    enter(contest, 0, 1, Decimal(50))
    assert by_number(contest.ask(results.event_result, contest.event))["001"].total == "50.00"
    contest.forget_links()
    assert contest.ask(results.facts_for, contest.event).works == {}


def test_marks_of_a_criterion_the_plan_no_longer_has_are_left_out(contest: Contest) -> None:
    enter(contest, 0, 0, Decimal(50))
    rules = json.loads(json.dumps(RULES))
    rules["stages"][0]["modules"][0]["criteria"] = [{"code": "B", "kind": "points", "max": 100}]
    contest.do(competitions.set_plan, contest.event, json.dumps(rules), reason="换表")
    assert contest.ask(results.facts_for, contest.event).works == {}
    assert by_number(contest.ask(results.event_result, contest.event))["001"].status is Status.INCOMPLETE


def test_rows_carry_the_names_behind_the_numbers(contest: Contest) -> None:
    rows = {row.standing.number: row for row in contest.ask(results.standing_rows, contest.event)}
    assert (rows["002"].name, rows["002"].organisation) == ("选手2", "单位1")


ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 1),
        st.one_of(
            st.integers(0, 200).map(lambda n: Decimal(n) / 2), st.sampled_from(list(Outcome)), st.none()
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, seats=st.lists(st.integers(0, 11), max_size=2))
def test_what_is_kept_equals_what_is_worked_out_anew(
    contest: Contest, acts: list[tuple[int, int, Any]], seats: list[int]
) -> None:
    for step, (row, judge, value) in enumerate(acts):
        if value is None:
            place = contest.ask(
                marking_grid.grid, contest.event, "final", "practical", contest.judges[judge]
            ).rows[row]
            contest.do(
                judging.clear_mark, MarkPlace(place.work_id, 1, contest.judges[judge], "A"), reason="误录"
            )
        else:
            enter(contest, row, judge, value)
        if step in seats:
            contest.do(panels.pass_seat, contest.judges[0], "新裁判")
        kept = contest.ask(results.event_result, contest.event)
        assert kept == contest.ask(results.recomputed, contest.event)
