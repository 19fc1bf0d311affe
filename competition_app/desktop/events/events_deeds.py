"""What a person does to events: set one up, change its facts, take a changed plan with its consequences."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.events.plan.plan_differences import differences
from competition_app.desktop.events.plan.plan_draft import PlanDraft
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.plans import plan_changes
from competition_app.services.plans.plan_changes import Move

SHOWN = 10
"""So many moves are listed by name; of more, only how many."""


class EventDeeds:
    """Asks and acts; refusals are shown where they arise."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def set_up(self) -> int | None:
        """Ask for code, name and a ready plan; the new event, None where it was left."""
        say = in_use().say
        code, name = Field(tr("Code, short, such as UAV")), Field(tr("Name, as on the certificates"))
        plan = _ready_choice()
        made: list[int] = []

        def check() -> bool:
            try:
                made.append(self._context.workspace.do(
                    self._context.actor, competitions.create_event, self._context.competition_id,
                    code=code.text(), name=name.text(), plan=str(plan.currentData()),
                ))  # fmt: skip
            except Refusal as refusal:
                (name if code.text() and not name.text() else code).refuse(say(refusal))
                return False
            return True

        fields = [code, name, Field(tr("Rules to begin with"), plan)]
        lead = tr("Everything of the rules can be changed afterwards.")
        if not self._context.asking.form(tr("Set up an event"), lead, fields, tr("Set the event up"), check):
            return None
        self._context.choose_event(made[0])
        self._context.asking.note(tr("{event} was set up.", event=name.text()))
        return made[0]

    def ready(self, draft: PlanDraft) -> None:
        """Put ready rules into the draft; they count only once they are used."""
        plan = _ready_choice()
        lead = tr("They take the place of the rules in the editor; nothing counts before you use them.")
        fields = [Field(tr("Rules to begin with"), plan)]
        if self._context.asking.form(
            tr("Begin with ready rules"), lead, fields, tr("Put them in"), lambda: True
        ):
            draft.replace(Said("ready rules put in"), str(plan.currentData()))

    def compare(self, event: EventRow, draft: PlanDraft, version: int) -> None:
        """What the draft, or the version that counts, says differently from an earlier version."""
        found = {one.version: one for one in self._context.workspace.ask(plan_changes.versions, event.id)}
        if version not in found:
            return
        before = PlanDraft()
        before.load(found[version].text)
        lines = differences(before, draft) or [tr("Both say the same.")]
        title = tr("What differs from version {n}", n=version)
        self._lay(title, [tr("{n} difference|{n} differences", n=len(lines)), "", *lines])

    def versions(self, event: EventRow) -> None:
        """Every version with its day, its reason, and what it changed."""
        found = self._context.workspace.ask(plan_changes.versions, event.id)
        lines: list[str] = []
        drafts = []
        for one in found:
            drafts.append(PlanDraft())
            drafts[-1].load(one.text)
        for at, one in enumerate(found):
            day = datetime.fromisoformat(one.made_at).astimezone()
            lines.append(tr("Version {n}, {day}", n=one.version, day=f"{day:%Y-%m-%d %H:%M}"))
            if one.reason:
                lines.append(tr("Reason: {reason}", reason=one.reason))
            if at + 1 < len(found):
                lines += [f"· {line}" for line in differences(drafts[at + 1], drafts[at])]
            lines.append("")
        self._lay(tr("Versions of the rules"), lines)

    def _lay(self, title: str, lines: Sequence[str]) -> None:
        """A sheet with lines that can be scrolled and copied."""
        sheet = self._context.asking.sheet(title)
        text = QPlainTextEdit("\n".join(lines).strip())
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(title)
        text.setFixedHeight(theme.px("measure.licenceHeight"))
        sheet.content.addWidget(text)
        sheet.said += [line for line in lines if line]
        copy = sheet.answer(None, tr("Copy@deed"), "copy", "quiet", left=True)
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.toPlainText()))
        sheet.answer(None, tr("Got it"), focus=True)
        self._context.asking.lay(sheet, "versions")

    def take(self, event: EventRow, draft: PlanDraft, taken: Callable[[], None]) -> None:
        """Take the draft as a new version; once marks are in, only after its consequences were read."""
        if not draft.checked.good:
            error = draft.checked.errors[0]
            where = f"{error.path}: " if error.path else ""
            self._context.asking.refused(
                Refusal("The plan cannot be taken yet: {error}", error=f"{where}{in_use().say(error.said)}")
            )
            return
        ask, text = self._context.workspace.ask, draft.text
        if not ask(plan_changes.frozen, event.id):
            self._set(event, text, None, taken)
            return
        self._context.jobs.start(
            JobWords(tr("Ranking with both plans"), event.name, tr("Nothing is changed.")),
            lambda _progress: ask(plan_changes.moves, event.id, text),
            lambda found: self._with_reason(event, text, found, taken),
        )

    def _with_reason(
        self, event: EventRow, text: str, found: Sequence[Move], taken: Callable[[], None]
    ) -> None:
        reason = Field(tr("Reason, kept with the plan"))

        def check() -> bool:
            reason.refuse("" if reason.text() else tr("Type why the rules change after marks are in."))
            return bool(reason.text())

        lead = "\n".join([tr("Marks of {event} are in.", event=event.name), *move_lines(found)])
        deed = tr("Change the rules all the same")
        if self._context.asking.form(
            tr("Change the rules after marking began?"), lead, [reason], deed, check
        ):
            self._set(event, text, reason.text(), taken)

    def _set(self, event: EventRow, text: str, reason: str | None, taken: Callable[[], None]) -> None:
        try:
            version = self._context.workspace.do(
                self._context.actor, competitions.set_plan, event.id, text, reason=reason
            )
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        taken()
        self._context.asking.note(tr("Version {n} of the rules counts from now on.", n=version))


def _ready_choice() -> Selector:
    say = in_use().say
    plan = Selector(tr("Rules to begin with"))
    words = [(one.text, tr("{name}: {description}", name=say(one.name), description=say(one.description)))
             for one in plan_changes.ready_plans(in_use().language)]  # fmt: skip
    plan.set_choices(words)
    return plan


def move_lines(found: Sequence[Move]) -> list[str]:
    """Whose place or prize would be another, a line each, at most ten."""
    if not found:
        return [tr("With the new rules no place and no prize moves.")]
    lines = [tr("With the new rules {n} entry moves:|With the new rules {n} entries move:", n=len(found))]
    for one in found[:SHOWN]:
        values = {
            "number": one.number,
            "name": one.name,
            "before": one.before or "—",
            "after": one.after or "—",
        }
        if one.prize_before == one.prize_after:
            lines.append(tr("No. {number} {name}: place {before} → {after}", **values))
        else:
            prizes = {"old": one.prize_before or "—", "new": one.prize_after or "—"}
            words = tr("No. {number} {name}: place {before} → {after}, {old} → {new}", **values, **prizes)
            lines.append(words)
    if len(found) > SHOWN:
        lines.append(tr("and {n} more@moves", n=len(found) - SHOWN))
    return lines
