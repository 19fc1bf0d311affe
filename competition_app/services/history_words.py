"""What each use case is called in the history, said as done."""

from collections.abc import Mapping

from competition_app.domain.errors import Said

DONE: Mapping[str, Said] = {
    "certificates.issue": Said("Certificates were registered"),
    "certificates.mark_printed": Said("Certificates were printed"),
    "certificates.void": Said("A certificate was voided"),
    "competitions.create_competition": Said("A competition was set up"),
    "competitions.create_event": Said("An event was set up"),
    "competitions.edit_competition": Said("A competition was changed"),
    "competitions.edit_event": Said("An event was changed"),
    "competitions.set_divisions": Said("An event's divisions were changed"),
    "competitions.set_plan": Said("An event's plan was changed"),
    "exchange.take_in": Said("A package was taken in"),
    "history.erase_person": Said("A person's values were erased"),
    "judging.clear_mark": Said("A mark was taken back"),
    "judging.confirm_sheet": Said("A score sheet was confirmed"),
    "judging.enter_absent": Said("A judge's absence was entered"),
    "judging.enter_mark": Said("A mark was entered"),
    "judging.enter_marks": Said("Marks were entered"),
    "judging.enter_second": Said("A mark was typed a second time"),
    "judging.open_module": Said("A module was opened for marking"),
    "judging.restore_mark": Said("An earlier mark was put back"),
    "organisations.add_organisation": Said("A unit was added"),
    "organisations.edit_organisation": Said("A unit was changed"),
    "organisations.merge_organisations": Said("Two units were joined"),
    "panels.add_judge": Said("A judge was added"),
    "panels.assign": Said("A judge was assigned"),
    "panels.edit_judge": Said("A judge was changed"),
    "panels.pass_seat": Said("A judge's seat passed to another person"),
    "panels.remove_judge": Said("A judge was taken off"),
    "registration.accept": Said("Registrations were taken in"),
    "registration_review.correct": Said("A registration was corrected"),
    "registration_review.hand_back": Said("Registrations were handed back"),
    "registration_review.pass_registrations": Said("Registrations were passed"),
    "registration_review.refuse": Said("Registrations were refused"),
    "registration_review.restore": Said("Reviews of registrations were taken back"),
    "registration_review.settle": Said("A problem of a registration was settled"),
    "setting_up.set_up": Said("A competition was set up with its events"),
    "staff.add": Said("A member of staff was added"),
    "staff.change": Said("A member of staff was changed"),
    "staff.guessed_wrong": Said("A wrong passphrase was typed"),
    "staff.signed_in": Said("Signed in"),
    "upkeep.note_restored": Said("A copy of the store was put back"),
}
"""Use case → what was done; a test holds it against the table of rights."""
