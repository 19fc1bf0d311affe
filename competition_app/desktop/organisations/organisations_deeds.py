"""What is done on the page of units: saved, joined, told apart, taken away; each of it can be taken back."""

from collections.abc import Callable, Mapping
from typing import Any

from competition_app.desktop.frame.page import Context
from competition_app.desktop.frame.turns import TakenBack
from competition_app.desktop.organisations.organisations_form import UnitGiven
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.registration import organisations
from competition_app.services.registration.organisation_tree import TreeUnit

FIELDS = ("name", "short_name", "kind", "parent_id", "credit_code", "contact", "contact_phone")


class OrganisationDeeds:
    """Carries out what the page asks for, with its questions and its undo."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def _do(self, use_case: Callable[..., Any], *given: Any, **more: Any) -> Any:
        return self._context.workspace.do(self._context.actor, use_case, *given, **more)

    def save(self, unit: TreeUnit | None, given: UnitGiven) -> int | None:
        """Save a unit, or a new one; its key, None where it was refused."""
        if unit is not None:
            return unit.id if self._change(unit, given) else None
        made: list[int] = []

        def add() -> int:
            made.append(self._add(given))
            return made[-1]

        words = tr("Added: {name}", name=given.name)
        if not self._carry_out(words, add, lambda key: self._do(organisations.remove_organisation, key)):
            return None
        return made[-1]

    def _add(self, given: UnitGiven) -> int:
        competition = self._context.competition_id if given.takes_part else None
        key: int = self._do(
            organisations.add_organisation, given.name, kind=given.kind, parent_id=given.parent_id,
            credit_code=given.credit_code, short_name=given.short_name, competition_id=competition,
        )  # fmt: skip
        if given.contact or given.contact_phone:
            self._do(organisations.edit_organisation, key, contact=given.contact,
                     contact_phone=given.contact_phone)  # fmt: skip
        return key

    def _change(self, unit: TreeUnit, given: UnitGiven) -> bool:
        old = {field: getattr(unit, field) for field in FIELDS}
        new = {field: getattr(given, field) for field in FIELDS}
        changed = {field: value for field, value in new.items() if value != old[field]}
        takes_part = unit.code is not None
        if not changed and given.takes_part == takes_part:
            return True

        def set_to(values: Mapping[str, Any], *, part: bool) -> None:
            if given.takes_part != takes_part:
                self._take_part(unit.id, on=part)
            if values:
                self._do(organisations.edit_organisation, unit.id, **values)

        return self._carry_out(
            _said(unit, given, changed),
            lambda: set_to(changed, part=given.takes_part),
            lambda _none: set_to({field: old[field] for field in changed}, part=takes_part),
        )

    def _take_part(self, unit_id: int, *, on: bool) -> None:
        competition = self._context.competition_id
        if on:
            self._do(organisations.invite, competition, [unit_id])
        else:
            self._do(organisations.uninvite, competition, unit_id)

    def join(self, gone: TreeUnit, kept: TreeUnit) -> None:
        """Join a unit with another after naming what goes over."""
        size = self._context.workspace.ask(organisations.hanging, gone.id)
        moving = [
            tr("{n} entry of all competitions|{n} entries of all competitions", n=size.entries),
            tr("{n} contestant|{n} contestants", n=size.contestants),
            tr("{n} judge|{n} judges", n=size.judges),
            tr("{n} unit below it|{n} units below it", n=size.below),
        ]
        counts = (size.entries, size.contestants, size.judges, size.below)
        lines = [line for line, count in zip(moving, counts, strict=True) if count]
        if not self._context.asking.destroy(
            tr("Join “{gone}” with “{kept}”?", gone=gone.name, kept=kept.name),
            tr("All this goes over to “{kept}”:", kept=kept.name) if lines
            else tr("Nothing hangs on it; only its name goes."),
            lines or [tr("the name “{name}”", name=gone.name)],
            tr("The name “{gone}” is gone afterwards. Contact and credit code only fill gaps.",
               gone=gone.name),
            tr("Ctrl+Z takes it back until the competition is closed."),
            tr("Join the two units"), tr("Keep both"),
        ):  # fmt: skip
            return
        self._carry_out(
            tr("Joined: {gone} with {kept}", gone=gone.name, kept=kept.name),
            lambda: self._do(organisations.merge_organisations, gone.id, kept.id),
            lambda merged: self._do(organisations.part_organisations, merged),
        )

    def join_with_any(self, gone: TreeUnit, units: Mapping[int, TreeUnit]) -> None:
        """Choose the unit this one is joined with."""
        others = [unit for unit in units.values() if unit.id != gone.id]
        if not others:
            return
        chosen = Selector(tr("Unit"))
        chosen.set_choices([(unit.id, unit.name) for unit in others], gone.near)
        field = Field(tr("The unit that stays"), chosen)
        title = tr("Join “{gone}” with which unit?", gone=gone.name)
        if self._context.asking.form(title, "", [field], tr("Go on"), lambda: True):
            self.join(gone, units[int(chosen.currentData())])

    def tell_apart(self, unit: TreeUnit, other: TreeUnit) -> None:
        """Two units of near-equal names are two."""
        self._carry_out(
            tr("Two units: {one} and {other}", one=unit.name, other=other.name),
            lambda: self._do(organisations.tell_apart, unit.id, other.id),
            lambda _none: self._do(organisations.tell_apart, unit.id, other.id, apart=False),
        )

    def remove(self, unit: TreeUnit) -> None:
        """Take a unit away on which nothing hangs."""
        given = UnitGiven(
            unit.name, unit.short_name, unit.kind, unit.parent_id, unit.credit_code, unit.contact,
            unit.contact_phone, unit.code is not None,
        )  # fmt: skip
        self._carry_out(
            tr("Taken away: {name}", name=unit.name),
            lambda: self._do(organisations.remove_organisation, unit.id),
            lambda _none: self._add(given),
        )

    def _carry_out(self, words: str, deed: Callable[[], Any], back: Callable[[Any], object]) -> bool:
        """Do it, say it, keep its undo; False where it was refused."""
        try:
            made = deed()
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return False
        self._context.undoing.did(words, TakenBack(deed, back, made))
        return True


def _said(unit: TreeUnit, given: UnitGiven, changed: Mapping[str, Any]) -> str:
    """What a change was, in words."""
    if set(changed) == {"name"}:
        return tr("Renamed: {old} is {new}", old=unit.name, new=given.name)
    if set(changed) == {"parent_id"}:
        return tr("Moved: {name}", name=unit.name)
    return tr("Changed: {name}", name=given.name)
