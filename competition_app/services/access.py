"""Who may do what: one table of rights, roles by use case, asked only by ``Workspace.do``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal, Said

_ORGANISER = frozenset({Role.ORGANISER})
_ANYONE = frozenset(Role)
_NO_RULE: frozenset[Role] = frozenset()
_RECORDING = frozenset({Role.ORGANISER, Role.RECORDER, Role.CHIEF_JUDGE})
_DECIDING = frozenset({Role.ORGANISER, Role.CHIEF_JUDGE})

RIGHTS: Mapping[str, frozenset[Role]] = {
    "setting_up.set_up": _ORGANISER,
    "staff.add": _ORGANISER,
    "staff.change": _ORGANISER,
    "staff.signed_in": _ANYONE,
    "staff.set_own_passphrase": _ANYONE,
    "staff.guessed_wrong": _ANYONE,
    "history.erase_person": _ORGANISER,
    "organisations.add_organisation": _ORGANISER,
    "organisations.edit_organisation": _ORGANISER,
    "organisations.merge_organisations": _ORGANISER,
    "organisations.part_organisations": _ORGANISER,
    "organisations.remove_organisation": _ORGANISER,
    "organisations.invite": _ORGANISER,
    "organisations.uninvite": _ORGANISER,
    "organisations.tell_apart": _ORGANISER,
    "organisation_lists.take_units": _ORGANISER,
    "organisation_lists.take_over": _ORGANISER,
    "registration.accept": _ORGANISER,
    "registration_review.pass_registrations": _ORGANISER,
    "registration_review.hand_back": _ORGANISER,
    "registration_review.refuse": _ORGANISER,
    "registration_review.settle": _ORGANISER,
    "registration_review.correct": _ORGANISER,
    "upkeep.note_restored": _NO_RULE,
    "competitions.create_competition": _ORGANISER,
    "competitions.edit_competition": _ORGANISER,
    "competitions.create_event": _ORGANISER,
    "competitions.edit_event": _ORGANISER,
    "competitions.set_plan": _ORGANISER,
    "competitions.set_divisions": _ORGANISER,
    "schedule.add_items": _ORGANISER,
    "schedule.change_item": _ORGANISER,
    "schedule.remove_items": _ORGANISER,
    "panels.add_judge": _ORGANISER,
    "panels.edit_judge": _ORGANISER,
    "panels.pass_seat": _ORGANISER,
    "panels.assign": _ORGANISER,
    "panels.remove_judge": _ORGANISER,
    "panels.give_back_seat": _ORGANISER,
    "panel_desk.add_judges": _ORGANISER,
    "panel_desk.remove_judges": _ORGANISER,
    "panel_desk.change_seat": _ORGANISER,
    "panel_desk.hand_seat": _ORGANISER,
    "judging.open_module": _ORGANISER,
    "judging.confirm_sheet": _RECORDING,
    "judging.enter_mark": _RECORDING,
    "judging.enter_marks": _RECORDING,
    "judging.enter_absent": _RECORDING,
    "judging.clear_mark": _RECORDING,
    "judging.restore_mark": _RECORDING,
    "judging.restore_marks": _RECORDING,
    "judging.enter_second": _RECORDING,
    "certificates.issue": _ORGANISER,
    "certificates.mark_printed": _ORGANISER,
    "certificates.void": _ORGANISER,
    "exchange.take_in": _ORGANISER,
    "direct_scores.enter_score": _RECORDING,
    "direct_scores.enter_scores": _RECORDING,
    "direct_scores.put_scores": _RECORDING,
    "direct_scores.restore_scores": _RECORDING,
    "floor_record.record_many": _RECORDING,
    "floor_record.record_absent": _RECORDING,
    "rulings.record_absence": _RECORDING,
    "rulings.withdraw_absence": _RECORDING,
    "rulings.record_time": _RECORDING,
    "rulings.record_submission": _RECORDING,
    "rulings.add_penalty": _DECIDING,
    "rulings.withdraw_penalty": _DECIDING,
    "rulings.withdraw_entry": _DECIDING,
    "rulings.disqualify": _DECIDING,
    "rulings.out_of_competition": _DECIDING,
    "rulings.reinstate": _DECIDING,
    "rulings.decide_tie": _DECIDING,
    "rulings.record_lot": _DECIDING,
    "rulings.accept_question": _DECIDING,
    "rulings.confirm_advanced": _DECIDING,
    "rulings.withdraw_ruling": _DECIDING,
    "locking.lock": _DECIDING,
    "locking.reopen": _DECIDING,
    "supposing.open_what_if": _DECIDING,
    "going_on.confirm_advance": _DECIDING,
    "going_on.take_next": _DECIDING,
    "undoing.take_back": _RECORDING,
    "scores_import.take_scores": _RECORDING,
}
"""Use case (module.function in services) → roles that may carry it out; none named: no role is asked for."""

PARTS: frozenset[str] = frozenset({
    "organisations.find_or_create",
    "organisations.take_part",
    "package_intake.store_event",
    "package_intake.store_marks",
    "package_people.store_contestants",
    "package_people.store_organisations",
    "package_schedule.store_schedule",
    "registration_intake.take_in",
    "registration_people.identify",
    "registration_review.entry_follows",
    "rulings.replace_advanced",
})  # fmt: skip
"""Functions with an act that are only steps of use cases; ``Workspace.do`` carries none of them out."""

ROLE_NAMES: Mapping[Role, Said] = {
    Role.ORGANISER: Said("Organiser"),
    Role.ENCRYPTION_JUDGE: Said("Encryption judge"),
    Role.JUDGE: Said("Judge"),
    Role.CHIEF_JUDGE: Said("Chief judge"),
    Role.SUPERVISOR: Said("Supervisor"),
    Role.RECORDER: Said("Recorder"),
}
"""How each role is called."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: name and role as the history has them, the device, the member of staff if signed in."""

    name: str
    role: Role
    device: str
    staff_id: int | None = None


def name_of(use_case: Callable[..., Any]) -> str:
    """The key of a use case in ``RIGHTS``: ``judging.enter_mark``."""
    return f"{use_case.__module__.rpartition('.')[2]}.{use_case.__name__}"


def refuse_without_right(actor: Actor, use_case: str, staff: Mapping[int, tuple[str, str]]) -> None:
    """Refuses an actor who may not carry out a use case. ``staff`` holds name and role of the active people.

    With no people in the store the lone organiser acts without signing in; nobody else does.
    Raises KeyError for a use case without a row in ``RIGHTS``.
    """
    roles = RIGHTS[use_case]
    if not roles:
        return
    refuse_stranger(actor, staff)
    if actor.role not in roles:
        raise Refusal(
            "This is not for the role {role}. Let the {allowed} sign in, in the status bar.",
            role=ROLE_NAMES[actor.role],
            allowed=next(ROLE_NAMES[role] for role in Role if role in roles),
        )


def refuse_stranger(actor: Actor, staff: Mapping[int, tuple[str, str]]) -> None:
    """Refuses who is not, or no more, among the active people of a store (``staff``: names and roles)."""
    if actor.staff_id is None:
        if staff:
            raise Refusal("Nobody is signed in. Choose your name in the status bar and type your passphrase.")
        if actor.role is not Role.ORGANISER:
            raise Refusal(
                "{role} is no member of staff yet. Add the people under Settings, then sign in.",
                role=ROLE_NAMES[actor.role],
            )
    elif staff.get(actor.staff_id) != (actor.name, actor.role.value):
        raise Refusal(
            "{name} no longer acts as {role}. Sign in again.", name=actor.name, role=ROLE_NAMES[actor.role]
        )
