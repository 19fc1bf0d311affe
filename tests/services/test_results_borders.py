"""Ties at a prize border or in the top: the next step, and how prizes would shift under each choice."""

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from contest import Contest
from sqlalchemy import func, select

from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.what_if import ranked_if
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.exchange import exchange
from competition_app.services.history import history_told
from competition_app.services.judging import direct_scores, rulings
from competition_app.services.results import prize_borders, results
from competition_app.services.results.prize_borders import Border, Choice, ChoiceKind
from competition_app.services.results.ranking_file import rank_package
from competition_app.services.workspace import Workspace
from competition_app.store.models import History

AWARDS = {"levels": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}]}


def tied(workspace: Workspace, organiser: Actor, totals: list[int], **stage: Any) -> Contest:
    module = {"code": "practical", "name": "实操", "kind": "direct", "full": 100}
    rules = {"stages": [{"code": "final", "modules": [module], **stage}], "awards": AWARDS}
    contest = Contest(workspace, organiser, entries=len(totals), judges=0, rules=rules, opened=False)
    for entry, total in zip(contest.entries, totals, strict=True):
        contest.do(direct_scores.enter_score, contest.event, "final", "practical", entry, Decimal(total))
    return contest


def borders(contest: Contest) -> tuple[Border, ...]:
    found: tuple[Border, ...] = contest.ask(prize_borders.borders, contest.event)
    return found


def prizes(contest: Contest) -> list[str | None]:
    rows = contest.ask(results.standing_rows, contest.event)
    return [row.standing.award for row in sorted(rows, key=lambda row: row.standing.number)]


def shifted(choice: Choice) -> dict[str, str | None]:
    return {one.number: one.after for one in choice.shifts if one.before != one.after}


def test_each_choice_tells_whose_prize_would_shift(workspace: Workspace, organiser: Actor) -> None:
    contest = tied(workspace, organiser, [90, 90, 80], ties=[{"by": "decision"}])
    (border,) = borders(contest)
    assert border.entries == (("001", "选手1"), ("002", "选手2"))
    assert (border.award, border.next) == ("一等奖", "decision")
    assert border.counts == (("一等奖", 0), ("二等奖", 0))
    assert [(one.kind, one.order) for one in border.choices] == [
        (ChoiceKind.ORDER, ("001", "002")), (ChoiceKind.ORDER, ("002", "001")),
        (ChoiceKind.GIVE_ALL, ()), (ChoiceKind.GIVE_NONE, ()),
    ]  # fmt: skip
    assert not border.by_hand
    first, second, give, keep = border.choices
    assert shifted(first) == {"001": "一等奖", "002": "二等奖"}
    assert shifted(second) == {"001": "二等奖", "002": "一等奖"}
    assert shifted(give) == {"001": "一等奖", "002": "一等奖", "003": "二等奖"}
    assert shifted(keep) == {}
    assert give.counts == (("一等奖", 2), ("二等奖", 1))
    assert words("zh").say(give.said) == "分界处同分者都得较高奖项"
    assert words("zh").say(second.said) == "按 002, 001 的顺序"


def test_the_choice_taken_gives_what_it_said(workspace: Workspace, organiser: Actor) -> None:
    contest = tied(workspace, organiser, [90, 90, 80])
    (border,) = borders(contest)
    assert [one.kind for one in border.choices] == [ChoiceKind.GIVE_ALL, ChoiceKind.GIVE_NONE]
    assert border.next == "accept"
    contest.do(
        rulings.accept_question, contest.event, border.problem.code, "评委会决定并列", tied=["001", "002"],
        stage=border.stage, award=border.award, ties="include",
    )  # fmt: skip
    assert borders(contest) == ()
    assert prizes(contest) == ["一等奖", "一等奖", "二等奖"]
    last = contest.ask(lambda session: session.scalar(select(func.max(History.seq))))
    told = contest.ask(history_told.told, last, words("zh"))
    assert told.notes == (("处理", "分界处同分者都得较高奖项"),)


def test_a_tie_in_the_top_is_ordered_or_stands(workspace: Workspace, organiser: Actor) -> None:
    contest = tied(workspace, organiser, [90, 80, 80], ties=[{"by": "lot"}], no_shared_top=3)
    in_top = next(one for one in borders(contest) if one.problem.code == "unresolved_tie_in_top")
    assert (in_top.next, in_top.award) == ("lot", None)
    assert [one.kind for one in in_top.choices] == [ChoiceKind.ORDER, ChoiceKind.ORDER, ChoiceKind.SHARE]
    assert in_top.choices[-1].shifts == ()
    assert [(one.number, one.place_before, one.place_after) for one in in_top.choices[1].shifts] == [
        ("002", 2, 3), ("003", 2, 2),
    ]  # fmt: skip
    contest.do(rulings.record_lot, contest.event, in_top.choices[1].order)
    assert borders(contest) == ()
    assert prizes(contest) == ["一等奖", None, "二等奖"]


def test_of_many_tied_no_order_is_worked_out(
    workspace: Workspace, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many rankings as the tied would be minutes for a few hundred; the order is given by hand."""
    contest = tied(workspace, organiser, [90] * 4 + [80], ties=[{"by": "decision"}])
    rankings: list[Any] = []

    def counted(*given: Any) -> Any:
        rankings.append(given)
        return ranked_if(*given)

    monkeypatch.setattr(prize_borders, "ranked_if", counted)
    found = borders(contest)
    for border in found:
        assert [one.kind for one in border.choices] == [ChoiceKind.GIVE_ALL, ChoiceKind.GIVE_NONE]
        assert border.by_hand
    assert len(rankings) == 2 * len(found)
    (only,) = contest.ask(prize_borders.borders, contest.event, found[0].problem)
    assert only == found[0]


def test_a_settled_border_goes_along_in_a_package(
    workspace: Workspace, organiser: Actor, tmp_path: Path
) -> None:
    contest = tied(workspace, organiser, [90, 90, 80])
    contest.do(
        rulings.accept_question, contest.event, "unresolved_tie_at_prize", "并列", tied=["002", "001"],
        award="一等奖", ties="include",
    )  # fmt: skip
    target = tmp_path / "a.json"
    exchange.export_package(workspace, "SZ2025", target, "2025-09-01T18:00:00+08:00")
    (event,) = rank_package(target).document(words("zh"))["events"]
    rows = event["divisions"][0]["standings"]
    assert [row["award"] for row in rows] == ["一等奖", "一等奖", "二等奖"]


def test_only_a_prize_is_given_or_kept(workspace: Workspace, organiser: Actor) -> None:
    contest = tied(workspace, organiser, [90, 90])
    with pytest.raises(Refusal, match="Only a tie across a prize border"):
        contest.do(rulings.accept_question, contest.event, "unresolved_tie_in_top", "r", ties="include")


def test_a_ruling_settles_no_other_tie_than_its_own(workspace: Workspace, organiser: Actor) -> None:
    contest = tied(workspace, organiser, [90, 90, 80])
    ruling = partial(contest.do, rulings.accept_question, contest.event, "unresolved_tie_at_prize")
    ruling("并列", tied=["001", "002"], stage="final", award="一等奖", ties="include")
    assert borders(contest) == ()
    ruling("再议", tied=["002", "001"], stage="final", award="一等奖", ties="exclude")
    assert prizes(contest)[:2] == [None, None], "the newer of two on the same tie counts"
    contest.do(
        direct_scores.enter_score,
        contest.event,
        "final",
        "practical",
        contest.entries[2],
        Decimal(90),
        reason="r",
    )
    assert [one.entries for one in borders(contest)] == [
        (("001", "选手1"), ("002", "选手2"), ("003", "选手3"))
    ], "three tied now: nobody ruled about them"


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"stage": "QQ"}, "no stage QQ"),
        ({"award": "ZZZ"}, "no prize ZZZ"),
        ({"module": "m9"}, "no module m9"),
        ({"tied": ["001"]}, "all entries that are tied"),
    ],
)
def test_a_ruling_names_what_there_is(
    workspace: Workspace, organiser: Actor, more: dict[str, Any], refused: str
) -> None:
    contest = tied(workspace, organiser, [90, 90])
    given = {"tied": ["001", "002"], "award": "一等奖", "ties": "include", **more}
    with pytest.raises(Refusal, match=refused):
        contest.do(rulings.accept_question, contest.event, "unresolved_tie_at_prize", "r", **given)
    with pytest.raises(Refusal, match="no stage QQ"):
        contest.do(rulings.decide_tie, contest.event, ["001", "002"], "r", stage="QQ")
