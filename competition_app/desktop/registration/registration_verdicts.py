"""The verdicts on registrations and their mends, each with its reason where one is due, and each undoable."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.desktop.registration.registration_panel import Trouble
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import tr
from competition_app.services.registration import organisations
from competition_app.services.registration import registration_review as review
from competition_app.services.registration.registration_rows import RegistrationRow

STAND, MERGE = "stand", "merge"
"""Ways out of a trouble other than correcting it: let it stand with a reason; it is the same unit."""


class RegistrationVerdicts(QObject):
    """Carries out verdicts and mends. ``refused_field`` tells a correction that was refused."""

    refused_field = Signal(int, str, object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def pass_(self, keys: Sequence[int], who: str) -> None:
        """Pass these registrations."""
        self._judge(tr("Passed: {who}", who=who), review.pass_registrations, keys)

    def pass_many(self, rows: Sequence[RegistrationRow], who: str) -> None:
        """Pass these; where some have problems, say which, and offer to pass the rest."""
        blocked = [row.name for row in rows if row.state == "problem"]
        rest = [row.id for row in rows if row.state != "problem"]
        if not blocked or not rest:
            self.pass_([row.id for row in rows], who)
            return
        n = len(blocked)
        title = tr("{n} of them has a problem|{n} of them have problems", n=n)
        others = tr("{n} person|{n} persons", n=len(rest))
        word = tr("Pass the other {n}", n=len(rest))
        names = tr(", @list").join(blocked[:12]) + ("…" if n > 12 else "")
        line = Obstacle(title, names, word, lambda: self.pass_(rest, others))
        self._context.asking.obstacles(
            tr("Not all can pass yet"), tr("Mend these, or let them stand with a reason."), [line]
        )

    def hand_back(self, keys: Sequence[int], who: str) -> None:
        """Hand these registrations back to their unit, with the reason."""
        reason = self._ask_reason(tr("Return {who}?", who=who),
                                  tr("The unit reads the reason and mends its form."),
                                  tr("Return@deed"))  # fmt: skip
        if reason:
            self._judge(tr("Returned: {who}", who=who), review.hand_back, keys, reason)

    def refuse(self, keys: Sequence[int], who: str) -> None:
        """Refuse these registrations, with the reason."""
        reason = self._ask_reason(tr("Refuse {who}?", who=who),
                                  tr("They do not take part. Registration and reason stay on record."),
                                  tr("Refuse"))  # fmt: skip
        if reason:
            self._judge(tr("Refused: {who}", who=who), review.refuse, keys, reason)

    def _judge(self, words: str, use_case: Callable[..., object], *given: object) -> None:
        try:
            self._context.undoing.carry_out(words, use_case, *given)
        except Refusal as refusal:
            self._context.asking.refused(refusal)

    def correct(self, key: int, role: str, text: str) -> None:
        """Correct a field; where the new text is wrong too it is refused beside the field."""
        undoing = self._context.undoing
        words = tr("Corrected: {what}", what=text.strip())
        try:
            made = undoing.carry_out(words, review.correct, key, role, text)
        except Refusal as refusal:
            self.refused_field.emit(key, role, refusal)
            return
        left = made.problems_left
        self._context.asking.note(
            tr("Corrected; {n} problem left.|Corrected; {n} problems left.", n=left) if left
            else tr("Corrected. Nothing hinders passing it now."),
            undoing.undo,
        )  # fmt: skip

    def other_way(self, key: int, name: str, trouble: Trouble) -> None:
        """Let a trouble stand with a reason, or join two names of one unit."""
        if name == MERGE:
            self._merge(trouble)
            return
        reason = self._ask_reason(tr("Let this stand?"),
                                  tr("Say what was looked at (the paper itself, a proof)."),
                                  tr("Let it stand@registration"))  # fmt: skip
        if reason:
            self._judge(tr("Let stand: {reason}", reason=reason), review.settle, key, trouble.code, reason)

    def _merge(self, trouble: Trouble) -> None:
        near = str(trouble.said.values.get("near", ""))
        rows = self._context.workspace.ask(organisations.organisations, self._context.competition_id)
        by_name = {row.name: row for row in rows}
        gone, kept = by_name.get(trouble.value), by_name.get(near)
        if gone is None or kept is None:
            self._context.asking.refused(Said("One of the two units is no longer there. Refresh the page."))
            return
        losses = [tr("the name “{name}”", name=gone.name)]
        if not self._context.asking.destroy(
            tr("Join “{gone}” with “{kept}”?", gone=gone.name, kept=kept.name), tr("This goes:"), losses,
            tr("{n} contestant goes over to “{kept}”.|{n} contestants go over to “{kept}”.",
               n=gone.contestants,
               kept=kept.name),
            "", tr("Join the two units"), tr("Keep both"),
        ):  # fmt: skip
            return
        try:
            self._context.workspace.do(
                self._context.actor, organisations.merge_organisations, gone.id, kept.id
            )
        except Refusal as refusal:
            self._context.asking.refused(refusal)

    def _ask_reason(self, title: str, lead: str, deed: str) -> str:
        """The reason in one sentence; empty where it was left."""
        box = QPlainTextEdit()
        box.setFixedHeight(box.fontMetrics().lineSpacing() * 3)
        field = Field(tr("Reason"), box)

        def check() -> bool:
            field.refuse("" if field.text() else tr("Write the reason in one sentence."))
            return bool(field.text())

        return field.text() if self._context.asking.form(title, lead, [field], deed, check) else ""
