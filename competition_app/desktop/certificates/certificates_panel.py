"""The panel about one certificate: whose it is, number and state, what hinders it, printing, voiding."""

from PySide6.QtWidgets import QWidget

from competition_app.desktop.certificates.certificates_table import award_ink, state_of
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import SidePanel, clear, facts, row
from competition_app.desktop.parts.pills import Pill
from competition_app.i18n import in_use, tr
from competition_app.services.certificates.certificates import WinnerRow


class CertificatePanel(SidePanel):
    """Shows one winner's paper; its buttons say what can be done with it."""

    def __init__(self) -> None:
        super().__init__(tr("Certificate"))
        self.set_close_word(tr("Close the panel"))
        self.print_one = Button(tr("Print this one"), "printer")
        self.save_one = Button(tr("Save as PDF"), "download")
        self.void_one = Button(tr("Void"), "circle-x", "danger")
        for button in (self.print_one, self.save_one):
            self.foot.addWidget(button, 1)
        self._row: WinnerRow | None = None

    def show_winner(self, winner: WinnerRow, event: str) -> None:
        """Show this paper."""
        self._row = winner
        self.void_one.setParent(None)
        clear(self.content)
        self.content.addWidget(Text(winner.name, "title", wrap=True))
        self.content.addLayout(row(Pill(state_of(winner)), None))
        self.content.addSpacing(self.content.spacing())
        self._facts(winner, event)
        if winner.shrunk and not winner.problems:
            said = tr("A long text is set smaller, within the limit of the layout.")
            self.content.addWidget(Well("triangle-alert", said, "wait"))
        for problem in winner.problems:
            self.content.addWidget(Well("octagon-alert", in_use().say(problem), "bad"))
        self.content.addStretch(1)
        can_print = winner.serial is not None and not winner.problems
        self.print_one.setEnabled(can_print)
        self.save_one.setEnabled(can_print)
        if winner.serial is not None:
            self.void_one.setParent(self)
            self.content.addWidget(self.void_one)
            self.void_one.show()
        elif not winner.problems:
            self.content.addWidget(self._hint())
        self.reveal()

    def _facts(self, winner: WinnerRow, event: str) -> None:
        lines = [
            (tr("Prize"), winner.award, award_ink(winner.award)),
            (tr("Place"), "—" if winner.place is None else str(winner.place), "ink"),
            (tr("Organisation"), winner.organisation, "ink"),
            (tr("Event"), event, "ink"),
            (tr("Entry number"), winner.number, "ink"),
            (
                tr("Certificate number"),
                winner.serial or tr("given when it is made"),
                "ink" if winner.serial else "inkTertiary",
            ),
        ]
        self.content.addLayout(facts(lines))

    @staticmethod
    def _hint() -> QWidget:
        return Text(tr("Make the certificates first, then this one can be printed by itself."), "caption",
                    "inkTertiary", wrap=True)  # fmt: skip
