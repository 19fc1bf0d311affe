"""The presets one can begin with, as their cards show them: light enough for the start.

What a preset holds stands in ``resources/presets/<key>.json`` and is read by ``services.setting_up``.
"""

from dataclasses import dataclass

from competition_app.domain.errors import Said


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A preset as a card: words, icon, and what competes (``individual``, ``team``, ``organisation``).

    ``more`` is the card's last line; ``usual`` marks the one most organisers take.
    """

    key: str
    name: Said
    description: Said
    more: Said
    icon: str
    kind: str
    usual: bool = False


def presets() -> tuple[PresetRow, ...]:
    """All presets, the usual one first."""
    return _PRESETS


_PRESETS = (
    PresetRow(
        "individual-skills", Said("Digital skills"), Said("Individual, theory 30 + practical 70"),
        Said("Drones, robots, artificial intelligence"), "cpu", "individual", usual=True,
    ),
    PresetRow(
        "pair-modules", Said("Teams of two"), Said("Two a team, modules A–D"),
        Said("Levels and measurements mixed"), "users-round", "team",
    ),
    PresetRow(
        "team-of-three", Said("Team of three + singles"), Said("Three members, three posts, one team"),
        Said("With a table of units"), "users", "team",
    ),
    PresetRow(
        "prelim-and-final", Said("Theory, then the final"),
        Said("The best go on and bring their marks"), Said("For many registrations"),
        "git-branch", "individual",
    ),
    PresetRow(
        "innovation-roadshow", Said("Innovation roadshow"), Said("Projects before a panel, with a defence"),
        Said("No theory, time can be limited"), "lightbulb", "team",
    ),
    PresetRow(
        "speech", Said("Speech contest"), Said("Marked live, extremes dropped"),
        Said("Points off for running over time"), "mic", "individual",
    ),
    PresetRow(
        "work-team-season", Said("Work-team season"), Said("Figures each month against targets"),
        Said("Work teams and units ranked"), "chart-no-axes-column", "organisation",
    ),
    PresetRow(
        "paired-units", Said("Paired units"), Said("Two units make one team"),
        Said("Points count for both"), "handshake", "team",
    ),
)  # fmt: skip
