"""工作人员: who may act, with role and passphrase; adding, changing, taking off, signing in and out."""

from dataclasses import replace

from competition_app.desktop.frame.page import Context
from competition_app.desktop.frame.people import add, hide
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Selector, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import Card, on_click, row
from competition_app.desktop.parts.pills import State, widest
from competition_app.desktop.settings.settings_parts import titled
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import in_use, tr
from competition_app.services import staff
from competition_app.services.access import ROLE_NAMES
from competition_app.services.staff import Member

ACTS = State("done", "circle-check", Said("May act@state"))
ACTS_NOW = State("run", "circle-dot", Said("Acting now"))
ACTS_NO_MORE = State("idle", "circle-x", Said("Acts no more"))


class PeopleCard:
    """The people of the store as a card; ``refresh`` asks again."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.add_button = on_click(Button(tr("Add a person"), "plus"), self.add)
        self.card: Card
        self.card, self._caption = titled(tr("People and passphrases"), "", self.add_button)
        self.alone = Well("user-round", "")
        self.table: TableView[Member] = TableView(self._columns(), lambda one: one.id, tr("People"))
        self.edit_button = on_click(Button(tr("Edit@person"), "pen-line", small=True), self.edit)
        self.phrase_button = on_click(Button(tr("Set passphrase"), small=True), self.set_passphrase)
        self.active_button = on_click(Button(tr("Take off@person"), small=True), self.switch_active)
        self.sign_button = on_click(
            Button(tr("Switch@person"), "user-round", small=True), context.sign_in.emit
        )
        self.out_button = on_click(Button(tr("Sign out"), small=True), context.sign_out.emit)
        self.own_button = on_click(Button(tr("My passphrase"), small=True), self.own_passphrase)
        self.hint = Text(tr("Choose a person to change."), "caption", "inkTertiary")
        inner = self.card.inner
        inner.addWidget(self.alone)
        inner.addWidget(self.table, 1)
        inner.addStretch(0)  # takes the room only where there is no list
        deeds = (self.edit_button, self.phrase_button, self.active_button)
        inner.addLayout(row(*deeds, self.hint, None, self.own_button, self.sign_button,
                            self.out_button))  # fmt: skip
        self.table.chosen.connect(lambda _member: self._show_deeds())
        self.table.opened.connect(lambda _member: self.edit())

    def _columns(self) -> list[Column[Member]]:
        say = in_use().say
        return [
            Column("name", tr("Name"), lambda one: one.name, theme.px("column.name"), grow=2, names="person",
                   maximum=theme.px("column.organisationMax"),
                   strong=lambda one: one.id == self.context.actor.staff_id),
            Column("role", tr("Role"), lambda one: say(ROLE_NAMES[one.role]), theme.px("column.event"),
                   grow=1,
                   maximum=theme.px("column.organisationMax"), ink=lambda _one: "inkSecondary",
                   sort=lambda one: list(Role).index(one.role)),
            Column("state", tr("State"), lambda one: self._state(one).word,
                   widest(ACTS, ACTS_NOW, ACTS_NO_MORE), pill=self._state),
        ]  # fmt: skip

    def _state(self, one: Member) -> State:
        if not one.active:
            return ACTS_NO_MORE
        return ACTS_NOW if one.id == self.context.actor.staff_id else ACTS

    def refresh(self) -> None:
        """Ask again; the chosen person stays."""
        members = self.context.workspace.ask(staff.people)
        acting = sum(member.active for member in members)
        alone = not acting
        self.table.set_rows(members)
        self.table.setVisible(bool(members))
        self.alone.setVisible(alone)
        self.alone.text.setText(
            tr("You act alone as organiser. Once people are added, everybody signs in with a passphrase.")
        )
        self._caption.setText(
            "" if not members else tr("{n} person, {acting} may act|{n} persons, {acting} may act",
                                      n=len(members), acting=acting)
        )  # fmt: skip
        self.add_button.setText(tr("Add yourself as organiser") if alone else tr("Add a person"))
        for button in (self.own_button, self.sign_button, self.out_button):
            button.setVisible(not alone)
        self._show_deeds()

    def _show_deeds(self) -> None:
        chosen = self.table.chosen_row()
        for button in (self.edit_button, self.phrase_button, self.active_button):
            button.setVisible(chosen is not None)
        self.hint.setVisible(chosen is None and self.table.isVisibleTo(self.card))
        if chosen is not None:
            self.active_button.setText(tr("Take off@person") if chosen.active else tr("Let act again"))

    def add(self) -> None:
        """Add a person; the first one acts at once."""
        actor = add(self.context.asking, self.context.workspace, self.context.actor)
        if actor is not None:
            self.context.act_as(actor)
        self.refresh()

    def edit(self) -> None:
        """Change name and role; what is refused is said beside the field it concerns."""
        member = self.table.chosen_row()
        if member is None:
            return
        name, roles = Field(tr("Name")), Selector(tr("Role"))
        name.set_text(member.name)
        roles.set_choices([(role, in_use().say(ROLE_NAMES[role])) for role in Role], member.role)
        role = Field(tr("Role"), roles)

        def check() -> bool:
            for field in (name, role):
                field.refuse("")
            renamed = name.text() if name.text() != member.name else None
            wanted = Role(roles.currentData())
            changed = wanted if wanted != member.role else None
            return self._change(member, role if changed and not renamed else name, name=renamed, role=changed)

        title = tr("Change {name}", name=member.name)
        if self.context.asking.form(title, "", [name, role], tr("Save the changes"), check):
            self._follow(member)
            self.context.asking.note(tr("{name} was changed.", name=name.text()))

    def _change(self, member: Member, field: Field, **what: object) -> bool:
        try:
            given = {key: value for key, value in what.items() if value is not None}
            if given:
                self.context.workspace.do(self.context.actor, staff.change, member.id, **given)  # type: ignore[arg-type]
        except Refusal as refusal:
            field.refuse(in_use().say(refusal))
            return False
        return True

    def _follow(self, member: Member) -> None:
        """Who acts and was changed goes on acting under the new name and role."""
        context = self.context
        if member.id == context.actor.staff_id:
            now = next(one for one in context.workspace.ask(staff.people) if one.id == member.id)
            context.act_as(replace(context.actor, name=now.name, role=now.role))
        self.refresh()

    def set_passphrase(self) -> None:
        """Give a person a new passphrase, typed twice."""
        member = self.table.chosen_row()
        if member is None:
            return
        phrase, again = Field(tr("New passphrase")), Field(tr("Passphrase again"))
        for field in (phrase, again):
            hide(field)

        def check() -> bool:
            differ = phrase.text() != again.text()
            again.refuse(tr("The two passphrases differ. Type it again.") if differ else "")
            phrase.refuse("")
            return not differ and self._change(member, phrase, passphrase=phrase.text())

        title = tr("Passphrase of {name}", name=member.name)
        lead = tr("Nobody can read a passphrase, not even the organiser. A short sentence is good.")
        if self.context.asking.form(title, lead, [phrase, again], tr("Set the passphrase"), check):
            self.context.asking.note(tr("{name} signs in with the new passphrase.", name=member.name))

    def own_passphrase(self) -> None:
        """Who acts changes the own passphrase, after typing the old one."""
        heads = (tr("Passphrase now"), tr("New passphrase"), tr("Passphrase again"))
        fields = [old, phrase, again] = [Field(head) for head in heads]
        for field in fields:
            hide(field)

        def check() -> bool:
            for field in fields:
                field.refuse("")
            if phrase.text() != again.text():
                again.refuse(tr("The two passphrases differ. Type it again."))
                return False
            return self._prove(old, phrase)

        lead = tr("Nobody can read a passphrase, not even the organiser. A short sentence is good.")
        title = tr("Passphrase of {name}", name=self.context.actor.name)
        if self.context.asking.form(title, lead, fields, tr("Set the passphrase"), check):
            self.context.asking.note(tr("From now on you sign in with the new passphrase."))

    def _prove(self, old: Field, phrase: Field) -> bool:
        """Change it; each refusal stands beside the field it is about."""
        try:
            field = phrase
            staff.refuse_new(old.text(), phrase.text())
            field = old
            workspace, actor = self.context.workspace, self.context.actor
            staff.change_own_passphrase(workspace, actor, old.text(), phrase.text())
        except Refusal as refusal:
            field.refuse(in_use().say(refusal))
            return False
        return True

    def switch_active(self) -> None:
        """Take a person off, asked once, or let the person act again."""
        member = self.table.chosen_row()
        if member is None:
            return
        name = member.name
        if member.active and not self.context.asking.destroy(
            tr("Take {name} off?", name=name),
            tr("From then on:"),
            [tr("{name} cannot sign in any more", name=name)],
            tr("Everything {name} did stays in the history.", name=name),
            tr("You can let the person act again at any time."),
            tr("Take {name} off", name=name),
            tr("Keep {name}", name=name),
        ):
            return
        try:
            self.context.workspace.do(self.context.actor, staff.change, member.id, active=not member.active)
        except Refusal as refusal:
            self.context.asking.refused(refusal)
            return
        if member.active and member.id == self.context.actor.staff_id:
            self.context.sign_out.emit()
        else:
            self.refresh()
