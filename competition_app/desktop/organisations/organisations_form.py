"""The form of one unit in the side panel: names, place in the tree, licence code, contact, taking part."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from competition_app.desktop.organisations.organisations_columns import KIND_WORDS
from competition_app.desktop.parts.controls import Selector, Text, Tick
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column, row
from competition_app.domain.registration import identity
from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.i18n import in_use, tr
from competition_app.services.registration.organisation_tree import TreeUnit


@dataclass(frozen=True, slots=True)
class UnitGiven:
    """What was typed into the form."""

    name: str
    short_name: str | None
    kind: str
    parent_id: int | None
    credit_code: str | None
    contact: str | None
    contact_phone: str | None
    takes_part: bool


class OrganisationForm(QWidget):
    """Edits a unit, or a new one. ``saved`` is told by Enter in a field."""

    saved = Signal()

    def __init__(self, units: Sequence[TreeUnit], unit: TreeUnit | None, parent_id: int | None) -> None:
        super().__init__()
        self._names = KnownNames(one.name for one in units if unit is None or one.id != unit.id)
        self.name = Field(tr("Full name"))
        self.near = Text("", "caption", "wait", wrap=True)
        self.near.hide()
        self.short = Field(tr("Short name"))
        self._kind = Selector(tr("Kind"))
        self._kind.set_choices([(kind, in_use().say(said)) for kind, said in KIND_WORDS.items()])
        self.kind = Field(tr("Kind"), self._kind)
        self._above = Selector(tr("Stands below"))
        self._above.set_choices(_places(units, unit))
        self.above = Field(tr("Stands below"), self._above)
        self.code = Field(tr("Unified social credit code"))
        self.contact, self.phone = Field(tr("Contact person")), Field(tr("Phone"))
        self.part = Tick(tr("Takes part in this competition"))
        pairs = [row(self.short, self.kind, gap=3), row(self.contact, self.phone, gap=3)]
        for pair in pairs:
            pair.setStretch(0, 1)
            pair.setStretch(1, 1)
        self.setLayout(
            column(self.name, self.near, pairs[0], self.above, self.code, pairs[1], self.part, None, gap=3)
        )
        self._fill(unit, parent_id)
        self._connect()

    def _fill(self, unit: TreeUnit | None, parent_id: int | None) -> None:
        self._above.choose(parent_id if unit is None else unit.parent_id)
        self._kind.choose("enterprise" if unit is None else unit.kind)
        self.part.setChecked(unit is None or unit.code is not None)
        if unit is not None:
            for field, text in (
                (self.name, unit.name), (self.short, unit.short_name), (self.code, unit.credit_code),
                (self.contact, unit.contact), (self.phone, unit.contact_phone),
            ):  # fmt: skip
                field.set_text(text or "")

    def _connect(self) -> None:
        for field in (self.name, self.short, self.code, self.contact, self.phone):
            assert isinstance(field.control, QLineEdit)
            field.control.returnPressed.connect(self.saved)
        assert isinstance(self.name.control, QLineEdit)
        assert isinstance(self.code.control, QLineEdit)
        self.name.control.textChanged.connect(lambda _text: self._compare())
        self.code.control.editingFinished.connect(self._check_code)
        self._kind.currentIndexChanged.connect(lambda _at: self._kind_chosen())

    def _kind_chosen(self) -> None:
        """Unions and workshops send no form of their own, as a rule."""
        self.part.setChecked(self._kind.currentData() in ("enterprise", "other"))

    def _compare(self) -> None:
        """Say while the name is typed that it is nearly another unit's."""
        self.name.refuse("")
        near = self._names.near(self.name.text()) if self.name.text() else None
        self.near.setText(tr("Nearly “{name}”. Is it the same unit?", name=near) if near else "")
        self.near.setVisible(near is not None)

    def _check_code(self) -> bool:
        _code, said = identity.credit_code(self.code.text())
        self.code.refuse(in_use().say(said) if said else "")
        return said is None

    def check(self) -> bool:
        """Whether all that was typed can be saved; what cannot is said beside its field."""
        if not self.name.text():
            self.name.refuse(tr("Write the unit's full name, as on its seal."))
        elif self._names.same(self.name.text()):
            self.name.refuse(tr("This unit is already there. Choose it in the tree."))
        right = self._check_code()
        first = next((field for field in (self.name, self.code) if field.refused()), None)
        if first is not None:
            first.control.setFocus()
        return right and not self.name.refused()

    def given(self) -> UnitGiven:
        """What stands in the form."""
        return UnitGiven(
            self.name.text(), self.short.text() or None, str(self._kind.currentData()),
            self._above.currentData(), self.code.text() or None, self.contact.text() or None,
            self.phone.text() or None, self.part.isChecked(),
        )  # fmt: skip


def _places(units: Sequence[TreeUnit], unit: TreeUnit | None) -> list[tuple[object, str]]:
    """Where a unit may stand: at the top, or below any that does not stand below it."""
    free = [one for one in units if unit is None or (one.id != unit.id and unit.id not in one.above)]
    return [(None, tr("At the top")), *((one.id, "　" * one.depth + one.name) for one in free)]
