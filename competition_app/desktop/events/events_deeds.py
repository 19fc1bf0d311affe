"""What a person does to events: set one up, change its facts, take a changed plan with its consequences."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from competition_app.desktop.events.events_draft import PlanDraft
from competition_app.desktop.events.events_fields import pair
from competition_app.desktop.events.events_forms import Form
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Selector, Tick
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import on_click, row
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions, plan_changes
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.competitions.plan_changes import Move

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
            draft.put_text(str(plan.currentData()))

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


class EventForm(Form):
    """What is known of an event besides its plan; taken by its own button."""

    def __init__(self, context: Context, draft: PlanDraft, event: EventRow) -> None:
        self._context, self.row = context, event
        self.name, self.aliases = (
            Field(tr("Name of the event")),
            Field(tr("Other names it goes by, parted by 、")),
        )
        self.divisions = Field(tr("Divisions, one a line: code and name"), QPlainTextEdit())
        self.divisions.control.setFixedHeight(theme.px("measure.dayBar"))
        self.least, self.most, self.quota = (
            Field(tr("Members at least@field"), figures=True),
            Field(tr("Members at most@field"), figures=True),
            Field(tr("Entries a unit may send"), figures=True),
        )  # fmt: skip
        self.double = Tick(tr("Paper sheets count only when typed twice"))
        ready = Button(tr("Begin with ready rules"), "clipboard-list", "quiet")
        self.ready_button = on_click(ready, lambda: EventDeeds(context).ready(draft))
        self.save_button = on_click(Button(tr("Save the event"), "check"), self.save)
        foot = QWidget()
        foot.setLayout(row(self.save_button, self.ready_button, None, gap=2))
        parts: list[QWidget] = [self.name, self.aliases, self.divisions,
                 pair(self.least, self.most, self.quota), self.double, foot]  # fmt: skip
        super().__init__(draft, [event.code, tr("Event and divisions")], parts)
        self._fill()

    def _fill(self) -> None:
        event = self.row
        self.name.set_text(event.name)
        self.aliases.set_text("、".join(event.aliases))
        self.divisions.set_text("\n".join(f"{one.code} {one.name}" for one in event.divisions))
        self.least.set_text(str(event.team_min))
        self.most.set_text(str(event.team_max))
        self.quota.set_text("" if event.quota is None else str(event.quota))
        self.double.setChecked(event.double_entry)

    def _values(self) -> tuple[object, ...]:
        control = self.divisions.text()
        return (self.name.text(), self.aliases.text(), control, self.least.text(), self.most.text(),
                self.quota.text(), self.double.isChecked())  # fmt: skip

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what is stored."""
        event = self.row
        divisions = "\n".join(f"{one.code} {one.name}" for one in event.divisions)
        stored = (event.name, "、".join(event.aliases), divisions,
                  str(event.team_min), str(event.team_max), "" if event.quota is None else str(event.quota),
                  event.double_entry)  # fmt: skip
        return self._values() != stored

    def save(self) -> None:
        """Store the facts; a wrong figure is refused beside its field."""
        sizes = []
        for field in (self.least, self.most, self.quota):
            text = field.text()
            good = (text.isdecimal() and len(text) < 7) or (field is self.quota and not text)
            field.refuse("" if good else tr("Type a whole number."))
            sizes.append(int(text) if good and text else None)
        if any(field.refused() for field in (self.least, self.most, self.quota)):
            return
        parted = [line.split(maxsplit=1) for line in self.divisions.text().splitlines() if line.strip()]
        names = [name.strip() for name in self.aliases.text().replace("，", "、").split("、") if name.strip()]
        do, actor = self._context.workspace.do, self._context.actor
        try:
            do(actor, competitions.edit_event, self.row.id, name=self.name.text(), aliases=tuple(names),
               team_min=sizes[0], team_max=sizes[1], quota=sizes[2],
               double_entry=self.double.isChecked())  # fmt: skip
            do(actor, competitions.set_divisions, self.row.id, [(one[0], one[-1]) for one in parted])
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        self._context.asking.note(tr("{event} was saved.", event=self.name.text()))
