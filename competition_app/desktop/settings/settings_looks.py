"""语言与外观 and 关于: language, theme and scale; version, licences and facts to copy."""

from functools import partial

import PySide6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.parts import column, facts, on_click, row
from competition_app.desktop.settings.settings_parts import choice, titled
from competition_app.i18n import in_use, tr
from competition_app.services import about
from competition_app.services.about import Licensed

LANGUAGES = (("zh", "简体中文"), ("en", "English"))
SCALES = ("90", "100", "125", "150")
SHOWN = ("program", "system")


class LooksCard:
    """Language and theme change at once; the scale when the program is started next."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.card, _caption = titled(tr("Language and appearance"))
        themes = [("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))]
        now = context.preferences
        language, self.languages = choice(tr("Language"), LANGUAGES, now["language"], context.speak.emit)
        dress, self.themes = choice(tr("Appearance"), themes, now["theme"], context.dress.emit)
        scales = [(one, f"{one}%") for one in SCALES]
        more = tr("from the next start")
        scale, self.scales = choice(tr("Size"), scales, str(now["scale"]), self._scale, more)
        for line in (language, dress, scale):
            self.card.inner.addLayout(line)

    def _scale(self, percent: str) -> None:
        self.context.preferences["scale"] = int(percent)
        self.context.asking.note(
            tr("The size {percent}% is used when the program is started next.", percent=percent)
        )

    def refresh(self) -> None:
        """Show what is in use; it may have been changed under the seal."""
        self.languages.choose(self.context.preferences["language"])
        self.themes.choose(self.context.preferences["theme"])


class AboutCard:
    """What program this is, whose fonts and icons it shows, and its facts for the clipboard."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.copy_button = on_click(Button(tr("Copy the facts"), "copy", small=True), self.copy)
        self.card, _caption = titled(tr("About the program"), "", self.copy_button)
        found = about.facts(context.workspace.path)
        say = in_use().say
        self.card.inner.addLayout(facts([(say(found[key][0]), found[key][1], "ink") for key in SHOWN]))
        self.card.inner.setSpacing(theme.space(2))
        self.card.inner.addWidget(
            Text(tr("Fonts, icons and tables shipped with the program"), "caption", "inkSecondary")
        )
        self.licences = [self._licence(one) for one in about.licensed()]
        pairs = [row(*self.licences[n : n + 2], None, gap=1) for n in range(0, len(self.licences), 2)]
        links = column(*pairs, gap=0)
        self.card.inner.addLayout(links)

    def _licence(self, one: Licensed) -> Button:
        words = tr("{names}, {licence}@licence", names=one.names, licence=one.licence)
        return on_click(Button(words, "", "link", small=True), partial(self.show_licence, one))

    def show_licence(self, one: Licensed) -> None:
        """The text of a licence as it is shipped."""
        sheet = self.context.asking.sheet(tr("Licence of {names}", names=one.names))
        text = QPlainTextEdit(one.file.read_text(encoding="utf-8"))
        text.setReadOnly(True)
        text.setAccessibleName(one.names)
        text.setFixedHeight(theme.px("measure.licenceHeight"))
        sheet.content.addWidget(text)
        sheet.answer(None, tr("Got it"), focus=True)
        self.context.asking.lay(sheet, "licence")

    def copy(self) -> None:
        """Put the facts of program and system on the clipboard."""
        found = about.facts(self.context.workspace.path)
        lines = [f"{in_use().say(label)} {value}" for label, value in found.values()]
        lines.append(f"Qt {PySide6.__version__}")
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.context.asking.note(tr("The facts are on the clipboard."))

    def refresh(self) -> None:
        """Nothing of it changes while the program runs."""
