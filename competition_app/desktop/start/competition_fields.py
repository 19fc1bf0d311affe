"""Fields of a competition that several forms share: its first and last day, its organisers in their rank."""

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from competition_app.desktop.parts.controls import Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import row
from competition_app.i18n import tr


class Days(Field):
    """First and last day in one line."""

    def __init__(self) -> None:
        self.first, self.last = QLineEdit(), QLineEdit()
        box = QWidget()
        box.setLayout(row(self.first, Text("–", "body", "inkTertiary"), self.last, gap=2))
        super().__init__(tr("First and last day, as 2026-09-18"), box)
        box.setFocusProxy(self.first)
        self.first.setAccessibleName(tr("First day"))
        self.last.setAccessibleName(tr("Last day"))

    def set_days(self, first: str | None, last: str | None) -> None:
        """Put these days into the field, ISO dates."""
        self.first.setText(first or "")
        self.last.setText(last or "")

    def days(self) -> tuple[str | None, str | None]:
        """Both days; the last one is the first where it was left out."""
        first, last = self.first.text().strip(), self.last.text().strip()
        return first or None, last or first or None

    def check(self) -> bool:
        """Refuse what is no day of the calendar, or a last day before the first."""
        first, last = self.days()
        wrong = [day for day in (first, last) if day is not None and not _is_day(day)]
        sentence = tr("This is no day. Write it as 2026-09-18.") if wrong else ""
        if not wrong and last is not None and (first is None or last < first):
            sentence = tr("The last day lies before the first, or the first is missing. Write both.")
        self.refuse(sentence)
        for edit in (self.first, self.last):
            edit.setProperty("wrong", "true" if sentence else "false")
            edit.style().unpolish(edit)
            edit.style().polish(edit)
        return not sentence


class Organisers(Field):
    """The organisers in one line, in the order of their rank; the first stands first on the certificates."""

    def __init__(self) -> None:
        super().__init__(tr("Organisers, parted by 、 in the order of their rank"))

    def set_names(self, names: Sequence[str]) -> None:
        """Put these organisers into the field."""
        self.set_text("、".join(names))

    def names(self) -> tuple[str, ...]:
        """The organisers; a comma or semicolon as Chinese writes them parts them too."""
        return tuple(one.strip() for one in re.split("[、，；;]", self.text()) if one.strip())

    def check(self) -> bool:
        """Refuse an organiser named twice: it would stand twice on every certificate."""
        names = self.names()
        twice = next((one for one in names if names.count(one) > 1), None)
        self.refuse(tr("{name} stands twice. Name each organiser once.", name=twice) if twice else "")
        return twice is None


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
