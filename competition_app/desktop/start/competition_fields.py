"""Fields of a competition that several forms share: its first and last day, its organisers in their rank."""

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from competition_app.desktop.parts.controls import Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import row
from competition_app.i18n import tr
from competition_app.services.competitions import schedule_rows


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
        """Both days, however a calendar writes them; the last one is the first where it was left out."""
        first, last = _iso(self.first.text()), _iso(self.last.text())
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


def _iso(text: str) -> str:
    """2026年9月1日, 2026/9/1 and 2026-9-1 as 2026-09-01; anything else as it was typed, to be refused."""
    found = schedule_rows.day_of(text, 0)  # a day without its year is none
    return found.isoformat() if found is not None else text.strip()


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
