"""What another combination is offered: every one that differs from a panel at work."""

from competition_app.desktop.results.afterwards.what_if_offers import kinds
from competition_app.domain.plans.plan import CriterionPanel
from competition_app.services.looking_back.supposing import OfferedModule, Offers


def offered(*panels: CriterionPanel) -> int:
    module = OfferedModule("final", "practical", "实操", panels)
    found = [kind for kind in kinds(Offers((), (module,), (), ()), "final", {}) if kind.key == "combination"]
    return sum(len(choices) for kind in found for _word, choices in kind.groups)


def test_a_combination_is_offered_where_any_panel_has_another() -> None:
    trimmed = CriterionPanel(drop_high=1, drop_low=1)
    assert offered(CriterionPanel()) == 3
    assert offered(trimmed, CriterionPanel()) == 4  # even the mean of all would change the trimmed one
    assert offered() == 0  # nothing but agreed values
