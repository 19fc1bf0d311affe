"""A person who asks to be forgotten: what goes and stays in numbers, and what becomes of certificates."""

import pytest
from contest import Contest
from test_certificate_register import SCORES, WORDING, Finals

from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.certificates import certificates
from competition_app.services.history import forgetting, history
from competition_app.services.workspace import Workspace


@pytest.fixture
def finals(workspace: Workspace, organiser: Actor) -> Finals:
    return Finals(workspace, organiser, SCORES)


def test_what_goes_is_counted_and_only_once(finals: Contest) -> None:
    person = finals.ask(forgetting.of_name, "C2")
    assert person == finals.ask(forgetting.of_name, "110101199001010001")
    found = finals.ask(forgetting.what_goes, person)
    assert (found.name, found.values, found.entries, found.certificates) == ("选手2", 2, 1, 0)
    with pytest.raises(Refusal, match="without name"):
        finals.do(history.erase_person, person, "选手2 本人申请")
    finals.do(history.erase_person, person, "本人申请")
    with pytest.raises(Refusal, match="erased before"):
        finals.ask(forgetting.what_goes, person)
    with pytest.raises(Refusal, match="Nobody"):
        finals.ask(forgetting.of_name, "110101199001010001")


def test_a_certificate_made_before_stays_and_none_is_made_after(finals: Finals) -> None:
    finals.issue(entries=["005"])
    for code in ("C5", "C2"):
        finals.do(history.erase_person, finals.ask(forgetting.of_name, code), "本人申请")
    first, second, *_ = finals.ask(certificates.winner_rows, finals.event, WORDING)
    assert (first.number, first.state, first.problems) == ("005", "made", ())
    assert finals.ask(certificates.papers, finals.event).contents[0].name == "选手5"
    assert (second.number, second.state) == ("002", "hindered")
    assert [problem.code for problem in second.problems] == ["person_erased"]
