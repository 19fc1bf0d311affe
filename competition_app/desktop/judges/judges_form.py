"""The forms of a seat: correcting it, adding one, and passing it to another person."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from competition_app.desktop.judges.judges_columns import ROLES, role_word
from competition_app.desktop.parts.controls import Selector, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column, row
from competition_app.domain.access import Role
from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.i18n import tr
from competition_app.services.competitions.panel_desk import Seat


class SeatForm(QWidget):
    """Name and unit of a person; with ``whole`` also role and group of the seat. ``saved`` is told by Enter.

    The unit is completed from those known: one written otherwise would keep nobody from anything.
    """

    saved = Signal()

    def __init__(self, units: Sequence[str], seat: Seat | None, *, whole: bool) -> None:
        super().__init__()
        self._known = KnownNames(units)
        self.name, self.unit = Field(tr("Name")), Field(tr("Organisation"))
        self.near = Text("", "caption", "wait", wrap=True)
        self.near.hide()
        self._role = Selector(tr("Role"))
        self._role.set_choices([(role, role_word(role)) for role in ROLES])
        self.role, self.group = Field(tr("Role"), self._role), Field(tr("Judging group"))
        pair = row(self.role, self.group, gap=3)
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        self.setLayout(column(self.name, self.unit, self.near, pair, None, gap=3))
        self.role.setVisible(whole)
        self.group.setVisible(whole)
        if seat is not None and whole:
            self.name.set_text(seat.name)
            self.unit.set_text(seat.organisation)
            self.group.set_text(seat.group or "")
            self._role.choose(seat.role)
        for field in (self.name, self.unit, self.group):
            assert isinstance(field.control, QLineEdit)
            field.control.returnPressed.connect(self.saved)
        self._complete(units)

    def _complete(self, units: Sequence[str]) -> None:
        assert isinstance(self.unit.control, QLineEdit)
        completer = QCompleter(list(units), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.unit.control.setCompleter(completer)
        self.unit.control.textChanged.connect(lambda _text: self._compare())

    def _compare(self) -> None:
        text = self.unit.text()
        near = self._known.near(text) if text and not self._known.same(text) else None
        words = tr("Nearly “{name}”. Written otherwise, the two count as different units.", name=near or "")
        self.near.setText(words if near else "")
        self.near.setVisible(near is not None)

    def check(self) -> bool:
        """Whether it can be saved; what is missing is said beside its field."""
        self.name.refuse("" if self.name.text() else tr("Write the name of the person on this seat."))
        if self.name.refused():
            self.name.control.setFocus()
        return not self.name.refused()

    @property
    def chosen_role(self) -> Role:
        """The role chosen."""
        return Role(self._role.currentData())
