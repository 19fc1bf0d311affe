"""Why this place out of the store: the page, the lines and the document say what the standings say."""

from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from contest import Contest, plan

from competition_app.documents.results.standings_table import check_code
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.results import results, why_papers
from competition_app.services.workspace import Workspace

ZH = words("zh")
ONE = [{"code": "A", "name": "全部", "kind": "points", "max": 100, "step": 0.5}]
RULES = plan(ONE, panel={"across": "sheet", "combine": "mean", "min_judges": 1})
RULES["stages"][0]["modules"] = [RULES["stages"][0]["modules"][1] | {"weight": 1}]


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    made = Contest(workspace, organiser, entries=2, judges=3, rules=RULES)
    for judge, values in zip(made.judges, ((90, 80), (91, 80), (91, 80)), strict=True):
        rows = made.ask(marking_grid.grid, made.event, "final", "practical", judge).rows
        for row, value in zip(rows, values, strict=True):
            made.do(judging.enter_mark, MarkPlace(row.work_id, 1, judge, "A"), Decimal(value))
    return made


def test_page_lines_and_document_say_what_the_standings_say(contest: Contest, tmp_path: Path) -> None:
    paper = contest.ask(why_papers.why_paper, contest.event, "001", ZH)
    standings = contest.ask(results.event_result, contest.event).divisions[0]
    target = tmp_path / "why.pdf"
    assert why_papers.save_why(paper, target) == 1
    page = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_range()
    lines = "\n".join(why_papers.why_lines(paper))
    document = why_papers.why_json(paper)
    for told in (page, lines):
        assert "（90.00＋91.00＋91.00）÷ 3 ＝ 90.666…" in told
        assert "选手1" in told
        assert "选手2" not in told
        assert check_code(standings) in told
    assert "锁" in page
    assert document["standing"]["total"] == standings.standings[0].total == "90.67"
    assert document["text"] == lines.splitlines()


def test_a_number_that_is_not_there_is_refused(contest: Contest) -> None:
    with pytest.raises(Refusal, match="no entry with the number 099"):
        contest.ask(why_papers.why_paper, contest.event, "099", ZH)
