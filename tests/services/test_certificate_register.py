"""Certificates from the one ranking: numbers given once, a register, what hinders, voiding, verifying."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from contest import Contest
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.competitions import competitions
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.marking_desk import MarkPlace
from competition_app.services.results import result_papers
from competition_app.services.results.results import event_result
from competition_app.services.results.winners import Wording
from competition_app.services.workspace import Workspace
from competition_app.store import database
from competition_app.store.models import Division, Entry, Event, Membership, Organisation, Person, Score

LEVELS = [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 2}, {"name": "三等奖", "count": 3}]
WORDING = Wording(issuers=("沈东市总工会",), issued_on=date(2025, 9, 2))


def rules(
    entry: str = "individual", levels: Sequence[dict[str, Any]] = LEVELS, **more: Any
) -> dict[str, Any]:
    theory = {
        "code": "theory",
        "name": "理论",
        "kind": "direct",
        "full": 100,
        "weight": 1,
        "round": {"module": 2},
    }
    practical = {**theory, "code": "practical", "name": "实操", "kind": "sheets", "weight": 0}
    practical["criteria"] = [{"code": "P1", "kind": "points", "max": 100}]
    stage = {"code": "final", "name": "决赛", "modules": [theory], "round": {"total": 2}}
    return {"entry": entry, "stages": [stage], "awards": {"levels": list(levels)}, **more}


class Finals(Contest):
    """An event of one direct module; scores are put in as rows."""

    def __init__(
        self,
        workspace: Workspace,
        actor: Actor,
        scores: list[str | None],
        entry: str = "individual",
        levels: Sequence[dict[str, Any]] = LEVELS,
    ) -> None:
        self.workspace, self.actor = workspace, actor
        self.competition = workspace.do(
            actor, competitions.create_competition, "SZ2025", "智驱未来、助力决胜 数智技术应用劳动竞赛",
            theme="智驱未来、助力决胜", organisers=["沈东市总工会", "沈东市城建交通农林工会"],
            starts_on="2025-09-01", ends_on="2025-09-02",
        )  # fmt: skip
        self.event = workspace.do(
            actor, competitions.create_event, self.competition, code="UAV", name="无人机装调检修工",
            plan=json.dumps(rules(entry, levels)),
        )  # fmt: skip

        self.units = self._insert(
            Organisation(name=f"沈东第{i + 1}公司", kind="enterprise") for i in range(len(scores))
        )
        self.entries = self._insert(
            Entry(event_id=self.event, number=f"{i + 1:03d}", organisation_id=unit)
            for i, unit in enumerate(self.units)
        )
        self._people()
        self.score(scores)

    def score(self, scores: list[str | None], version: int = 1) -> None:
        place = {"stage": "final", "module": "theory", "version": version}
        self._insert(
            Score(entry_id=entry, units=int(Decimal(score) * 10**9), **place)
            for entry, score in zip(self.entries, scores, strict=True)
            if score is not None
        )
        self.change(self._moved)

    def _moved(self, session: Session) -> None:
        """As every use case does it: the event's data have a newer version."""
        session.get_one(Event, self.event).data_version += 1

    def change(self, work: Callable[[Session], None]) -> None:
        engine = database.writing(self.workspace.path)
        with Session(engine) as session, session.begin():
            work(session)
        engine.dispose()

    def issue(self, **more: Any) -> certificates.Issued:
        found: certificates.Issued = self.do(certificates.issue, self.event, WORDING, **more)
        return found


SCORES: list[str | None] = ["70", "90", "80", "60", "95"]


@pytest.fixture
def finals(workspace: Workspace, organiser: Actor) -> Finals:
    return Finals(workspace, organiser, SCORES)


def test_every_winner_gets_a_number_in_printed_order(finals: Finals) -> None:
    issued = finals.issue()
    assert issued.serials == tuple(f"SZ2025-UAV-{level}-000{n}" for n, level in enumerate((1, 2, 2, 3, 3), 1))
    rows = finals.ask(certificates.register, finals.event)
    result = finals.ask(event_result, finals.event)
    assert [(row.name, row.award) for row in rows] == [
        (f"选手{int(one.number)}", one.award) for one in result.divisions[0].standings
    ]
    assert {row.state for row in rows} == {"made"}
    assert (issued.new, issued.left_out) == (5, ())


def test_what_stands_on_a_certificate(finals: Finals) -> None:
    finals.issue()
    first = finals.ask(certificates.papers, finals.event).contents[0]
    assert (first.name, first.organisation, first.award) == ("选手5", "沈东第5公司", "一等奖")
    assert (first.theme, first.contest) == ("智驱未来、助力决胜", "数智技术应用劳动竞赛")
    assert (first.event, first.stage, first.issued_on) == ("无人机装调检修工", "决赛", date(2025, 9, 2))
    assert first.issuers == ("沈东市总工会",)


def test_without_a_choice_the_organisers_issue_on_the_last_day(finals: Finals) -> None:
    finals.do(certificates.issue, finals.event)
    first = finals.ask(certificates.papers, finals.event).contents[0]
    assert first.issuers == ("沈东市总工会", "沈东市城建交通农林工会")
    assert first.issued_on == date(2025, 9, 2)


def test_issuing_again_keeps_every_number(finals: Finals) -> None:
    first = finals.issue()
    again = finals.issue()
    assert again.serials == first.serials
    assert again.new == 0


def test_only_chosen_entries(finals: Finals) -> None:
    assert finals.issue(entries={"002"}).serials == ("SZ2025-UAV-2-0001",)
    assert finals.issue().serials[0] == "SZ2025-UAV-1-0002"
    rows = finals.ask(certificates.winner_rows, finals.event, WORDING)
    assert [row.serial for row in rows][:2] == ["SZ2025-UAV-1-0002", "SZ2025-UAV-2-0001"]


def test_a_voided_number_is_never_used_again(finals: Finals) -> None:
    finals.issue()
    finals.do(certificates.void, "SZ2025-UAV-3-0005", "姓名写错")
    again = finals.issue()
    assert again.serials[-1] == "SZ2025-UAV-3-0006"
    row = finals.ask(certificates.register, finals.event)[4]
    assert (row.serial, row.state, row.void_reason) == ("SZ2025-UAV-3-0005", "voided", "姓名写错")
    with pytest.raises(Refusal, match="voided"):
        finals.ask(certificates.papers, finals.event, ["SZ2025-UAV-3-0005"])
    with pytest.raises(Refusal, match="why"):
        finals.do(certificates.void, "SZ2025-UAV-1-0001", "  ")


def test_a_changed_result_must_be_voided_before_a_new_paper(finals: Finals) -> None:
    finals.issue()
    finals.score(["99", None, None, None, None], version=2)
    rows = {row.number: row for row in finals.ask(certificates.winner_rows, finals.event, WORDING)}
    assert rows["001"].state == "hindered"
    assert [problem.code for problem in rows["001"].problems] == ["certificate_outdated"]
    assert rows["003"].state == "hindered"  # from second to third prize
    assert rows["004"].state == "made"  # still a third prize


def test_an_incomplete_entry_holds_back_its_division(workspace: Workspace, organiser: Actor) -> None:
    finals = Finals(workspace, organiser, ["90", None, "80"])
    rows = finals.ask(certificates.winner_rows, finals.event, WORDING)
    assert {row.state for row in rows} <= {"hindered"}
    with pytest.raises(Refusal, match="002"):
        finals.issue()
    assert not finals.ask(certificates.register, finals.event)


def test_a_tie_at_a_prize_holds_back_until_decided(workspace: Workspace, organiser: Actor) -> None:
    finals = Finals(workspace, organiser, ["90", "90", "80"])
    with pytest.raises(Refusal, match="No certificate"):
        finals.issue()


def test_a_name_no_font_has_is_left_out_and_the_others_are_made(finals: Finals) -> None:
    def rename(session: Session) -> None:
        person = session.query(Person).filter(Person.name == "选手2").one()
        person.name = "选\ue123手"

    finals.change(rename)
    issued = finals.issue()
    assert len(issued.serials) == 4
    (left,) = issued.left_out
    assert (left.number, left.state, left.problems[0].code) == ("002", "hindered", "missing_glyph")


def test_a_team_gets_one_for_the_unit_and_one_for_each_member(workspace: Workspace, organiser: Actor) -> None:
    finals = Finals(workspace, organiser, ["90", "80"], entry="team")

    def second_member(session: Session) -> None:
        session.get_one(Entry, finals.entries[0]).name = "智驱队"
        extra = session.query(Membership).filter(Membership.entry_id == finals.entries[1]).one()
        session.add(Membership(entry_id=finals.entries[0], contestant_id=extra.contestant_id, position=1))

    finals.change(second_member)
    issued = finals.issue(entries={"001"})
    assert issued.serials == ("SZ2025-UAV-1-0001", "SZ2025-UAV-1-0001-1", "SZ2025-UAV-1-0001-2")
    unit, *members = finals.ask(certificates.papers, finals.event).contents
    assert (unit.name, unit.honorific, unit.note) == ("智驱队", "", "")
    assert [(one.name, one.suffix) for one in members] == [
        ("选手1", "（智驱队队员）同志："),
        ("选手2", "（智驱队队员）同志："),
    ]


def test_a_division_stands_behind_the_event(finals: Finals) -> None:
    def divide(session: Session) -> None:
        division = Division(event_id=finals.event, code="W", name="职工组")
        session.add(division)
        session.flush()
        for entry in session.query(Entry):
            entry.division_id = division.id

    finals.change(divide)
    finals.issue()
    assert finals.ask(certificates.papers, finals.event).contents[0].event == "无人机装调检修工（职工组）"


def test_printing_is_noted_and_may_be_repeated(finals: Finals) -> None:
    serials = finals.issue().serials
    assert finals.do(certificates.mark_printed, serials[:2]) == 2
    assert finals.do(certificates.mark_printed, serials[:1]) == 1
    states = [row.state for row in finals.ask(certificates.register)]
    assert states == ["printed", "printed", "made", "made", "made"]
    with pytest.raises(Refusal, match="no certificate X"):
        finals.do(certificates.mark_printed, ["X"])


def test_no_winners_and_no_layout_are_refused(workspace: Workspace, organiser: Actor) -> None:
    finals = Finals(workspace, organiser, [])
    with pytest.raises(Refusal, match="no winners"):
        finals.issue()
    with pytest.raises(Refusal, match="no layout"):
        finals.do(certificates.issue, finals.event, Wording(layout="nowhere"))


def test_the_file_is_genuine_and_a_changed_one_is_not(finals: Finals, tmp_path: Path) -> None:
    finals.issue()
    papers = finals.ask(certificates.papers, finals.event)
    assert certificate_files.print_file(papers, tmp_path / "all.pdf") == 5
    verdict = finals.ask(certificate_files.verify, str(tmp_path / "all.pdf"))
    assert verdict.true
    assert [page.name for page in verdict.pages] == [content.name for content in papers.contents]
    proof = certificate_files.Printing(proof=True)
    certificate_files.print_file(papers, tmp_path / "proof.pdf", printing=proof)
    assert finals.ask(certificate_files.verify, str(tmp_path / "proof.pdf")).true

    finals.do(certificates.void, papers.contents[0].serial, "作废")
    pages = finals.ask(certificate_files.verify, str(tmp_path / "all.pdf")).pages
    assert [page.true for page in pages] == [False, True, True, True, True]
    assert (pages[0].state, pages[0].void_reason, pages[0].differences) == ("voided", "作废", ())


def test_a_forged_prize_is_seen(finals: Finals, tmp_path: Path) -> None:
    finals.issue()
    papers = finals.ask(certificates.papers, finals.event)
    forged = replace(papers, contents=(replace(papers.contents[4], award="一等奖"),))
    certificate_files.print_file(forged, tmp_path / "forged.pdf")
    (page,) = finals.ask(certificate_files.verify, str(tmp_path / "forged.pdf")).pages
    assert not page.true
    assert page.differences == ("三等奖",)


def test_numbers_and_codes_are_looked_up(finals: Finals) -> None:
    finals.issue()
    assert finals.ask(certificate_files.verify, "SZ2025-UAV-1-0001").true
    assert finals.ask(certificate_files.verify, "荣誉证书 选手5 一等奖 验真 SZ2025-UAV-1-0001").true
    (forged,) = finals.ask(certificate_files.verify, "荣誉证书 选手9 一等奖 验真 SZ2025-UAV-1-0001").pages
    assert (forged.known, forged.true, forged.differences) == (
        True, False, ("荣誉证书 选手5 一等奖 验真 SZ2025-UAV-1-0001",),
    )  # fmt: skip
    for added in ("荣誉证书 选手5 一等奖 冠军 验真", "荣誉证书 选手55 一等奖 验真", "选手5 一等奖 验真"):
        assert not finals.ask(certificate_files.verify, f"{added} SZ2025-UAV-1-0001").true
    (unknown,) = finals.ask(certificate_files.verify, "SZ2025-UAV-1-9999").pages
    assert (unknown.known, unknown.true) == (False, False)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.pdf", None, "cannot be opened"),
        ("text.pdf", b"hello", "no PDF"),
        ("empty.pdf", b"", "no PDF"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "damaged"),
    ],
)
def test_a_wrong_file_is_told_in_words(
    finals: Finals, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(Refusal, match=said):
        finals.ask(certificate_files.verify, str(tmp_path / name))


def test_a_file_without_certificates_is_told_in_words(finals: Finals, tmp_path: Path) -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(100, 100)
    blank.save(tmp_path / "blank.pdf")
    with pytest.raises(Refusal, match="holds no certificate"):
        finals.ask(certificate_files.verify, str(tmp_path / "blank.pdf"))


def test_proofs_and_pictures_before_any_number(finals: Finals, tmp_path: Path) -> None:
    papers = finals.ask(certificates.proofs, finals.event, WORDING)
    shown = certificate_files.picture(papers, 0, 50)
    assert shown.startswith(b"\x89PNG")
    assert not finals.ask(certificates.register)
    assert certificate_files.print_apart(papers, tmp_path / "apart")[0].name == "未编号 选手5.pdf"
    assert certificate_files.layouts("zh")[0] == ("honour", "荣誉证书（横）")


def test_the_standings_papers_say_the_same_result(finals: Finals, tmp_path: Path) -> None:
    zh = words("zh")
    papers = finals.ask(result_papers.result_papers, finals.event, zh, "2025-09-02 16:32")
    (table,) = papers.tables
    assert table.title == "无人机装调检修工决赛成绩"
    assert [row.total for row in table.rows] == ["95.00", "90.00", "80.00", "70.00", "60.00"]
    assert [row.award for row in table.rows] == ["一等奖", "二等奖", "二等奖", "三等奖", "三等奖"]
    assert table.head.draft == "未锁定"
    assert result_papers.save_pdf(papers, tmp_path / "a.pdf", zh) == 1
    result_papers.save_book(papers, tmp_path / "a.xlsx", zh)
    assert (tmp_path / "a.xlsx").stat().st_size > 5000


def test_the_result_book_holds_every_judges_marks(
    workspace: Workspace, organiser: Actor, tmp_path: Path
) -> None:
    contest = Contest(workspace, organiser, entries=2, judges=2)
    shown = contest.ask(marking_grid.grid, contest.event, "final", "practical", contest.judges[1])
    place = MarkPlace(shown.rows[1].work_id, 1, contest.judges[1], "P1")
    contest.do(judging.enter_mark, place, Decimal("35.5"))
    zh = words("zh")
    papers = contest.ask(result_papers.result_papers, contest.event, zh, "2025-09-02 16:32")
    (marks,) = papers.marks
    assert marks.title == "无人机装调检修工 决赛 实操"
    assert marks.judges == ("J2",)
    assert [(row.number, row.name, row.criterion, row.values) for row in marks.rows] == [
        ("002", "选手2", "装配质量", ("35.5",))
    ]
    assert papers.tables[0].head.formula == "理论占 30%，实操占 70%，总分四舍五入留 2 位小数"
    result_papers.save_book(papers, tmp_path / "book.xlsx", zh)
