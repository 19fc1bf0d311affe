"""Which sheets the panel dropped: told once the result is locked, as the derivation has them."""

from decimal import Decimal

from contest import Contest, plan

from competition_app.services.access import Actor
from competition_app.services.judging import judging
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.looking_back import dropped
from competition_app.services.results.derivations import why
from competition_app.services.workspace import Workspace
from competition_app.store import database

POINTS = [{"code": "P1", "name": "装配质量", "kind": "points", "max": 100, "step": 1}]
TOTALS = (89, 92, 91, 91, 90)


def marked(workspace: Workspace, organiser: Actor, **panel: object) -> Contest:
    rules = plan(POINTS, panel=panel)
    contest = Contest(workspace, organiser, entries=1, judges=5, rules=rules)
    (work,) = contest.ask(
        lambda session: [row[0] for row in session.connection().exec_driver_sql("SELECT id FROM works")]
    )
    for judge, total in zip(contest.judges, TOTALS, strict=True):
        contest.do(judging.enter_mark, MarkPlace(work, 1, judge, "P1"), Decimal(total))
    return contest


def fates(contest: Contest) -> list[str | None]:
    here = (contest.event, "final", "practical")
    return [contest.ask(dropped.dropped_sheets, *here, f"J{n}", 1).get("001") for n in range(1, 6)]


def derived(contest: Contest) -> list[str | None]:
    """The same as “why this place” tells it."""
    (module,) = [m for m in contest.ask(why, contest.event, "001").modules if m.module == "practical"]
    return [sheet.dropped for sheet in module.attempts[0].sheets]


def lock(contest: Contest) -> None:
    engine = database.writing(contest.workspace.path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET state = 'locked', data_version = data_version + 1")
    engine.dispose()


def test_highest_and_lowest_are_told_after_the_lock_alone(workspace: Workspace, organiser: Actor) -> None:
    contest = marked(workspace, organiser, drop_high=1, drop_low=1)
    assert fates(contest) == [None] * 5, "nobody sees before the lock whose marks lie at the ends"
    lock(contest)
    assert fates(contest) == derived(contest) == ["low", "high", None, None, None]


def test_a_panel_that_drops_nothing_tells_nothing(workspace: Workspace, organiser: Actor) -> None:
    contest = marked(workspace, organiser)
    lock(contest)
    assert fates(contest) == [None] * 5


def test_marks_dropped_criterion_by_criterion_drop_no_sheet(workspace: Workspace, organiser: Actor) -> None:
    contest = marked(workspace, organiser, across="criterion", drop_high=1, drop_low=1)
    lock(contest)
    assert fates(contest) == [None] * 5
