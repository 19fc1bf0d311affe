"""Certificates whose prize the result took back: marked, refused, told when verified, voided first."""

from pathlib import Path

import pytest
from test_certificate_register import WORDING, Finals

from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.workspace import Workspace

OLD, NEW = "SZ2025-UAV-1-0001", "SZ2025-UAV-1-0002"


@pytest.fixture
def overtaken(workspace: Workspace, organiser: Actor, tmp_path: Path) -> Finals:
    """One first prize, its paper printed; then the winner's score is corrected below another's."""
    finals = Finals(workspace, organiser, ["90", "80", "70"], levels=[{"name": "一等奖", "count": 1}])
    assert finals.issue().serials == (OLD,)
    certificate_files.print_file(finals.ask(certificates.papers, finals.event), tmp_path / "old.pdf")
    finals.do(certificates.mark_printed, [OLD])
    assert finals.ask(certificate_files.verify, OLD).true
    finals.score(["60", None, None], version=2)
    return finals


def test_a_paper_without_its_prize_is_marked_in_list_and_register(overtaken: Finals) -> None:
    winner, lost = overtaken.ask(certificates.winner_rows, overtaken.event, WORDING)
    assert (winner.number, winner.state) == ("002", "waiting")
    assert (lost.number, lost.serial, lost.state, lost.place) == ("001", OLD, "hindered", None)
    assert [problem.code for problem in lost.problems] == ["certificate_without_prize"]
    (row,) = overtaken.ask(certificates.register, overtaken.event)
    assert row.problem is not None
    assert row.problem.code == "certificate_without_prize"


def test_no_other_paper_before_the_old_one_is_voided(overtaken: Finals) -> None:
    with pytest.raises(Refusal, match=f"{OLD} gives 选手1 一等奖"):
        overtaken.issue()
    overtaken.do(certificates.void, OLD, "成绩更正")
    assert overtaken.issue().serials == (NEW,)
    assert [one.serial for one in overtaken.ask(certificates.papers, overtaken.event).contents] == [NEW]
    assert [row.problem for row in overtaken.ask(certificates.register, overtaken.event)] == [None, None]


def test_a_paper_without_its_prize_is_not_printed(overtaken: Finals) -> None:
    with pytest.raises(Refusal, match="does not"):
        overtaken.ask(certificates.papers, overtaken.event)
    with pytest.raises(Refusal, match="does not"):
        overtaken.ask(certificates.papers, overtaken.event, [OLD])
    with pytest.raises(Refusal, match="does not"):
        overtaken.do(certificates.mark_printed, [OLD])


def test_verifying_tells_that_the_result_changed(overtaken: Finals, tmp_path: Path) -> None:
    for what in (OLD, str(tmp_path / "old.pdf")):
        (page,) = overtaken.ask(certificate_files.verify, what).pages
        assert (page.known, page.true, page.changed, page.differences) == (True, False, True, ())
    overtaken.score(["90", None, None], version=3)
    assert overtaken.ask(certificate_files.verify, OLD).true


def test_another_prize_than_the_papers_is_a_prize_lost(workspace: Workspace, organiser: Actor) -> None:
    finals = Finals(workspace, organiser, ["90", "80", "70", "65"])
    finals.issue(entries={"001", "004"})
    finals.score(["75", None, None, None], version=2)  # from first to second prize
    with pytest.raises(Refusal, match="选手1 一等奖"):
        finals.issue()
    verdicts = [finals.ask(certificate_files.verify, one) for one in (OLD, "SZ2025-UAV-3-0002")]
    assert [one.true for one in verdicts] == [False, True]
