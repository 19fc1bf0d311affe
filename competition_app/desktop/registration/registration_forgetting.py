"""A person asks to be forgotten: what goes and what stays in numbers, the reason, then the erasing."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.sentences import joined
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.history import forgetting, history
from competition_app.services.history.forgetting import Forgetting


class RegistrationForgetting(QObject):
    """Asks and erases; there is no way back, and the sheet says so."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def forget(self, registration: int) -> None:
        """Erase the person this registration is about, once a reason is written."""
        ask = self._context.workspace.ask
        try:
            found = ask(forgetting.what_goes, ask(forgetting.of_registration, registration))
        except Refusal as refusal:
            self._context.asking.refused(refusal, tr("Nobody is erased"))
            return
        lines = QPlainTextEdit()
        lines.setFixedHeight(theme.px("height.rowTwoLine"))
        reason = Field(tr("Reason, kept in the history (no personal data)"), lines)

        def check() -> bool:
            reason.refuse("")
            try:
                self._context.workspace.do(
                    self._context.actor, history.erase_person, found.person_id, reason.text()
                )
            except Refusal as refusal:
                reason.refuse(in_use().say(refusal))
                return False
            return True

        if self._context.asking.destroy(
            tr("Erase {name} for good?", name=found.name), tr("This goes and never comes back:"),
            _losses(found), _kept(found), "", tr("Erase the person"), tr("Keep the person"), reason, check,
        ):  # fmt: skip
            self._context.asking.note(tr("The person was erased; numbers, marks and places stay."))


def _losses(found: Forgetting) -> list[str]:
    """What goes, in numbers; what there is none of is not named."""
    register = tr(
        "{n} value of the register: name, ID number, birth date, phone, form columns|"
        "{n} values of the register: name, ID number, birth date, phone, form columns",
        n=found.values,
    )
    earlier = tr(
        "{n} earlier value kept with the history|{n} earlier values kept with the history", n=found.earlier
    )
    where = tr(
        "in {n} competition, with its registrations|in all {n} competitions, with their registrations",
        n=found.competitions,
    )
    return [register, *([earlier] if found.earlier else []), where]


def _kept(found: Forgetting) -> str:
    """What stays, in numbers, and where the values are still found."""
    entries = tr(
        "{n} entry stays with number, marks and place, under a dash.|"
        "{n} entries stay with numbers, marks and places, under a dash.",
        n=found.entries,
    )
    papers = tr(
        "{n} certificate stays in the register as printed, a public record.|"
        "{n} certificates stay in the register as printed, a public record.",
        n=found.certificates,
    )
    copies = tr("Earlier copies of the store hold the values until newer ones replace them.")
    return joined([entries, papers if found.certificates else "", copies])
