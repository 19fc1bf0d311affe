"""The open competition as the settings show it: what it is called, where and when, who organises it."""

from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.parts import on_click
from competition_app.desktop.settings.settings_parts import titled
from competition_app.desktop.start import competition_facts
from competition_app.i18n import tr


class CompetitionCard:
    """Its name over its place and days and its organisers, with the button that changes them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.change = on_click(
            Button(tr("Change the details"), "pen-line", small=True),
            lambda: competition_facts.change_facts(context),
        )
        self.card, _said = titled(tr("Competition details"), "", self.change)
        self.name = Text("", "body", wrap=True)
        self.facts = Text("", "caption", "inkSecondary", wrap=True)
        self.card.inner.addWidget(self.name)
        self.card.inner.addWidget(self.facts)

    def refresh(self) -> None:
        """Show what stands in the store; what is missing is named."""
        row = competition_facts.row_of(self._context)
        if row is None:
            return
        self.name.setText(row.name)
        days = [day for day in (row.starts_on, row.ends_on) if day]
        lines = [
            row.place or tr("Venue not given"),
            " – ".join(dict.fromkeys(days)) or tr("Days not given"),
            "、".join(row.organisers) or tr("Organisers not given"),
        ]
        self.facts.setText("\n".join(lines))
