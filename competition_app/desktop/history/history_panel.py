"""One operation whole: what, who, when, where, and every value before and after."""

from PySide6.QtGui import QGuiApplication

from competition_app.desktop.frame.page import Context
from competition_app.desktop.history.history_changes import Changes, as_text
from competition_app.desktop.history.history_rows import local
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Rule, Text
from competition_app.desktop.parts.parts import SidePanel, clear, facts, on_click
from competition_app.i18n import in_use, tr
from competition_app.services.history import history_told
from competition_app.services.history.history_told import Told

FINGERPRINT = 16


class HistoryPanel(SidePanel):
    """Shows one operation, and copies it as text."""

    def __init__(self, context: Context) -> None:
        super().__init__("")
        self._context = context
        self.set_close_word(tr("Close the panel"))
        self.copy_button = on_click(Button(tr("Copy as text"), "copy"), self.copy)
        self.foot.addWidget(self.copy_button, 1)
        self._text = ""

    def show_operation(self, seq: int) -> None:
        """Show the operation with this number."""
        self.fit(wide=self.window().width() >= theme.px("window.wideFrom"))
        found = self._context.workspace.ask(history_told.told, seq, in_use())
        self.title.setText(tr("Operation {seq}", seq=f"{seq:,}"))
        clear(self.content)
        self.content.addWidget(Text(found.row.done, "section", wrap=True))
        lines = self._facts(found)
        self.content.addLayout(facts([(label, value, "ink") for label, value in lines]))
        if found.lines:
            self.content.addSpacing(theme.space(1))
            self.content.addWidget(Rule())
            self.content.addWidget(Text(tr("What changed"), "strong"))
            changes = Changes()
            changes.show_lines(found.lines)
            self.content.addWidget(changes)
        if found.more:
            more = tr("{n} more value|{n} more values", n=f"{found.more:,}")
            self.content.addWidget(Text(more, "caption", "inkTertiary", wrap=True))
        self.content.addStretch(1)
        self.reveal()
        self.area.verticalScrollBar().setValue(0)
        self._text = "\n".join(
            [found.row.done, *(f"{label} {value}" for label, value in lines), *as_text(found.lines)]
        )

    @staticmethod
    def _facts(found: Told) -> list[tuple[str, str]]:
        row = found.row
        about = [(tr("About"), row.subject)] if row.subject and not found.lines else []
        return [
            (tr("Name"), row.actor),
            (tr("Role"), row.role),
            (tr("Time"), f"{local(row.at):%Y-%m-%d %H:%M:%S}"),
            (tr("Device"), row.device),
            (tr("Program"), row.program),
            (tr("Fingerprint"), f"{found.digest[:FINGERPRINT]}…"),
            *about,
            *found.notes,
        ]

    def copy(self) -> None:
        """Put the operation on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._text)
        self._context.asking.note(tr("The operation is on the clipboard."))
