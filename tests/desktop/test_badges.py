"""Badges: only what a person must do, counted by the store, moved by every write, a dot on the rail."""

from collections.abc import Callable

import pytest
from day import Day, person
from pytestqt.qtbot import QtBot

from competition_app.desktop import pictures
from competition_app.desktop.frame.page_list import Badge
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.registration import registration_review
from competition_app.services.workspace import Workspace


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences, double=True)


def badges(day: Day) -> dict[str, Badge | None]:
    pictures.settle(day.window)
    items = day.window.frame.navigation.items
    return {key: items[key].badge for key in ("registration", "marking", "results", "certificates")}


def test_a_new_competition_has_none(day: Day, qtbot: QtBot) -> None:
    day.open(qtbot, "registration")
    assert set(badges(day).values()) == {None}


def test_registrations_wait_or_block_until_they_are_judged(day: Day, qtbot: QtBot) -> None:
    day.bring([person(0), person(1), person(2, phone="12")])
    day.open(qtbot, "marking")
    assert badges(day)["registration"] == Badge(3, "bad")
    rows = day.ask(marking_grid_rows, day.competition)
    good = [key for key, state in rows if state == "waiting"]
    bad = [key for key, state in rows if state == "problem"]
    day.do(registration_review.refuse, bad, "电话不对")
    assert badges(day)["registration"] == Badge(2, "wait")
    day.do(registration_review.pass_registrations, good)
    assert badges(day)["registration"] is None


def marking_grid_rows(session, competition: int):
    from competition_app.services.registration import registration_rows

    return [(row.id, row.state) for row in registration_rows.registrations(session, competition)]


def test_sheets_are_owed_once_marking_began_and_differing_ones_block(
    day: Day, qtbot: QtBot, acting: Callable[..., Actor]
) -> None:
    day.bring([person(0), person(1)])
    (seat,) = day.seat("范启明")
    day.open(qtbot, "registration")
    assert badges(day)["marking"] is None
    grid = day.ask(marking_grid.grid, day.event, "final", "practical", seat)
    place = [MarkPlace(grid.rows[0].work_id, 1, seat, code) for code in ("P1", "P2", "P3")]
    day.do(judging.enter_mark, place[0], 30)
    assert badges(day)["marking"] == Badge(2, "wait")
    for at in place[1:]:
        day.do(judging.enter_mark, at, 0)
    assert badges(day)["marking"] == Badge(1, "wait")
    from competition_app.domain.access import Role

    day.actor = acting(Role.RECORDER)
    day.do(judging.enter_second, place[0], 31)
    assert badges(day)["marking"] == Badge(2, "bad")


def test_open_questions_stand_on_the_results(opened) -> None:
    window = opened(tied=True)
    pictures.settle(window)
    badge = window.frame.navigation.items["results"].badge
    asked = window.frame.page().questions.isVisible()
    assert (badge is not None) == asked
    if badge is not None:
        assert badge.role == "bad"


def test_the_rail_keeps_the_badge_as_a_dot(day: Day, qtbot: QtBot) -> None:
    day.bring([person(0)])
    page = day.open(qtbot, "registration")
    assert badges(day)["registration"] == Badge(1, "wait")
    navigation = day.window.frame.navigation
    navigation.set_rail(on=True)
    item = navigation.items["registration"]
    with_dot = item.grab().toImage()
    item.show_badge(None)
    assert item.grab().toImage() != with_dot
    assert page is not None
    assert day.ask(competitions.events, day.competition)
