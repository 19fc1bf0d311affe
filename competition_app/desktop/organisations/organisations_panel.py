"""The side panel of 单位: one unit with its counts, place, licence and contact; or its form."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QMenu

from competition_app.desktop.look import icons, theme
from competition_app.desktop.organisations.organisations_columns import KIND_WORDS, state_of
from competition_app.desktop.organisations.organisations_form import OrganisationForm, UnitGiven
from competition_app.desktop.parts.controls import Button, Rule, Text, square_button
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import Bar, SidePanel, clear, column, fact, on_click, row
from competition_app.desktop.parts.pills import Pill
from competition_app.i18n import in_use, tr
from competition_app.services.registration.organisation_tree import Counts, TreeUnit


class OrganisationPanel(SidePanel):
    """Shows a unit, edits it, adds one. ``saved`` tells what was typed for which unit (None: a new one).

    ``deed`` tells another deed on a unit by its key: edit, below, merge, join, apart, form, remove.
    """

    saved = Signal(object, object)
    deed = Signal(str, int)

    def __init__(self) -> None:
        super().__init__(tr("Unit"))
        self.set_close_word(tr("Close the panel"))
        self.unit: TreeUnit | None = None
        self.form: OrganisationForm | None = None
        self.buttons: dict[str, Button] = {}

    def show_unit(self, unit: TreeUnit, known: Mapping[int, TreeUnit]) -> None:
        """Show a unit."""
        self._empty(unit, "")
        kind = in_use().say(KIND_WORDS.get(unit.kind, KIND_WORDS["enterprise"]))
        about = tr("{kind}, code {code}", kind=kind, code=unit.code) if unit.code else kind
        self.content.addLayout(
            column(Text(unit.name, "section", wrap=True), Text(about, "caption", "inkTertiary"), gap=0)
        )
        if unit.near is not None and unit.near in known:
            self._ask_near(unit, known[unit.near])
        state = state_of(unit)
        if state is not None:
            self.content.addLayout(row(Pill(state), None))
        self.content.addSpacing(theme.space(1))
        self.content.addLayout(_figures(unit.whole))
        if unit.below:
            self._below(unit)
        self.content.addWidget(Rule())
        above = " › ".join(known[one].name for one in unit.above) or tr("At the top")
        lines = (
            (tr("Above"), above), (tr("Short name"), unit.short_name), (tr("Credit code"), unit.credit_code),
            (tr("Contact"), unit.contact), (tr("Phone"), unit.contact_phone),
        )  # fmt: skip
        for label, value in lines:
            self.content.addLayout(fact(label, value or "—", "ink" if value else "inkTertiary"))
        self.content.addStretch(1)
        self._foot(unit)
        self.reveal()

    def _ask_near(self, unit: TreeUnit, other: TreeUnit) -> None:
        """Another unit's name is nearly this one's: one unit, or two?"""
        words = tr("Nearly “{name}”. Is it the same unit?", name=other.name)
        self.content.addWidget(Well("triangle-alert", words, "wait"))
        join = self._button("join", tr("Join the two"), "merge", unit)
        apart = self._button("apart", tr("They are two"), "", unit)
        self.content.addLayout(row(join, apart, None, gap=2))

    def _below(self, unit: TreeUnit) -> None:
        whole = unit.whole
        self.content.addWidget(Bar("done" if whole.sent == whole.units else "run", _share(whole)))
        said = tr("{sent} of {n} units below have sent their form", sent=whole.sent, n=whole.units)
        self.content.addWidget(Text(said, "caption", "inkSecondary", wrap=True))

    def _foot(self, unit: TreeUnit) -> None:
        edit = self._button("edit", tr("Edit"), "pen-line", unit)
        form = self._button("form", tr("Hand out@form"), "send", unit)
        form.setEnabled(bool(unit.whole.units))
        more = square_button("ellipsis", tr("More"), "plain")
        on_click(more, lambda: self._more(unit, more))
        self.buttons["more"] = more
        for button in (edit, form):
            self.foot.addWidget(button, 1)
        self.foot.addWidget(more)

    def _button(self, key: str, word: str, icon: str, unit: TreeUnit) -> Button:
        made = on_click(Button(word, icon), lambda: self.deed.emit(key, unit.id))
        self.buttons[key] = made
        return made

    def more_deeds(self) -> list[tuple[str, str, str]]:
        """What else may be done with a unit: key, icon, word."""
        return [
            ("below", "plus", tr("Add a unit below it")),
            ("merge", "merge", tr("Join it with another unit")),
            ("remove", "trash-2", tr("Take it away")),
        ]

    def _more(self, unit: TreeUnit, button: Button) -> None:
        menu = QMenu(self)
        for key, icon, word in self.more_deeds():
            action = menu.addAction(icons.icon(icon, ratio=self.devicePixelRatioF()), word)
            action.triggered.connect(partial(self.deed.emit, key, unit.id))
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def edit(self, units: Sequence[TreeUnit], unit: TreeUnit | None, parent_id: int | None = None) -> None:
        """Let a unit be edited, or a new one be written down below another."""
        self._empty(unit, tr("Edit the unit") if unit else tr("Add a unit"))
        self.form = OrganisationForm(units, unit, parent_id)
        self.form.saved.connect(self.save)
        self.content.addWidget(self.form)
        self.content.addStretch(1)
        cancel = on_click(Button(tr("Cancel")), self.closed.emit)
        save = on_click(Button(tr("Save"), "check", "primary"), self.save)
        self.buttons |= {"cancel": cancel, "save": save}
        self.foot.addWidget(cancel, 1)
        self.foot.addWidget(save, 1)
        self.reveal()
        self.form.name.control.setFocus()

    def save(self) -> None:
        """Hand over what was typed, if it can be saved."""
        if self.form is not None and self.form.check():
            given: UnitGiven = self.form.given()
            self.saved.emit(self.unit, given)

    @property
    def editing(self) -> bool:
        """True while the form is open."""
        return self.form is not None

    def show_none(self, ticked: int, deeds: Callable[[], object]) -> None:
        """No unit is chosen, or several are ticked: say what to do."""
        self._empty(None, "")
        if ticked:
            self.content.addWidget(Text(tr("{n} unit ticked|{n} units ticked", n=ticked), "section"))
            hint = tr("Hand the form out to them, or copy their contacts.")
            give = on_click(Button(tr("Hand out@form"), "send"), deeds)
            self.buttons["give"] = give
            self.foot.addWidget(give, 1)
        else:
            hint = tr("Choose a unit to see its counts and contact; tick several to hand out forms together.")
        self.content.addWidget(Text(hint, "body", "inkTertiary", wrap=True))
        self.content.addStretch(1)
        self.reveal()

    def _empty(self, unit: TreeUnit | None, title: str) -> None:
        self.unit, self.form, self.buttons = unit, None, {}
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.close_button.setVisible(bool(title))
        self.fit(wide=self.window().width() >= theme.px("window.wideFrom"))
        clear(self.content)
        clear(self.foot)


def _share(whole: Counts) -> float:
    return whole.sent / whole.units if whole.units else 0.0


def _figures(whole: Counts) -> QLayout:
    """The counts in large figures with their words below."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.space(2))
    grid.setVerticalSpacing(0)
    shown = [
        (whole.registered, tr("Registered"), "ink"), (whole.passed, tr("Passed@units"), "ink"),
        (whole.problems, tr("Problems@units"), "bad" if whole.problems else "ink"),
        (whole.entries, tr("Entries@units"), "ink"),
    ]  # fmt: skip
    if whole.finalists:
        shown.append((whole.finalists, tr("Finalists"), "ink"))
    for place, (count, word, role) in enumerate(shown):
        grid.addWidget(Text(f"{count:,}", "title", role), 0, place)
        grid.addWidget(Text(word, "caption", "inkTertiary"), 1, place)
        grid.setColumnStretch(place, 1)
    return grid
