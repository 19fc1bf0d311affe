"""The question that stands over the list once forms were read: take them in, or take nothing."""

from PySide6.QtWidgets import QWidget

from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.parts import Banner, column, on_click
from competition_app.desktop.registration.registration_import import RegistrationImport
from competition_app.i18n import tr


class ImportBanner(QWidget):
    """What was read in one sentence, and its two answers; one only where no row can be taken."""

    def __init__(self, bringing: RegistrationImport) -> None:
        super().__init__()
        assert bringing.brought is not None
        n = bringing.brought.report.accepted
        first, more = bringing.summary
        self.answers = [on_click(Button(tr("Take nothing"), small=True), bringing.put_aside)]
        if n:
            words = tr("Accept {n} registration|Accept {n} registrations", n=f"{n:,}")
            accept = on_click(Button(words, "check", "primary", small=True), bringing.accept)
            self.answers.append(accept)
        role, icon = ("run", "circle-dot") if n else ("bad", "octagon-alert")
        self.setLayout(column(Banner(role, icon, first, more, self.answers), margins=(4, 2, 4, 2)))
