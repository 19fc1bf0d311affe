"""What is known of an event besides its plan: names, divisions, sizes; saved by a button of its own."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from competition_app.desktop.events.forms.plan_fields import pair
from competition_app.desktop.events.forms.plan_form import Form
from competition_app.desktop.events.plan.plan_draft import PlanDraft
from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Tick
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import on_click, row
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.competitions import competitions
from competition_app.services.competitions.competitions import EventRow


class EventForm(Form):
    """What is known of an event besides its plan; taken by its own button."""

    def __init__(self, context: Context, draft: PlanDraft, event: EventRow) -> None:
        self._context, self.row = context, event
        self.name, self.aliases = (
            Field(tr("Name of the event")),
            Field(tr("Other names it goes by, parted by 、")),
        )
        self.divisions = Field(tr("Divisions, one a line: code and name"), QPlainTextEdit())
        self.divisions.control.setFixedHeight(theme.px("measure.planLines"))
        self.least, self.most, self.quota = (
            Field(tr("Members at least@field"), figures=True),
            Field(tr("Members at most@field"), figures=True),
            Field(tr("Entries a unit may send"), figures=True),
        )  # fmt: skip
        self.double = Tick(tr("Paper sheets count only when typed twice"))
        self.save_button = on_click(Button(tr("Save the event"), "check"), self.save)
        foot = QWidget()
        foot.setLayout(row(self.save_button, None, gap=2))
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

    def drop(self) -> None:
        """Show what is stored again."""
        self._fill()

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
        self.row = self._context.workspace.ask(competitions.event, self.row.id)
        self._context.asking.note(tr("{event} was saved.", event=self.name.text()))
