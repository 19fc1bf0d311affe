"""The reason beside a ruling: its field, and a deed that is refused beside it."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.look import theme
from competition_app.desktop.parts.fields import Field
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use


def reason_field(label: str) -> Field:
    """A field of two lines."""
    lines = QPlainTextEdit()
    lines.setFixedHeight(theme.px("height.rowTwoLine"))
    return Field(label, lines)


def checked(carry_out: Callable[[], None], reason: Field) -> Callable[[], bool]:
    """For a form: carry it out; a refusal stands beside the reason and the form stays."""

    def check() -> bool:
        reason.refuse("")
        try:
            carry_out()
        except Refusal as refusal:
            reason.refuse(in_use().say(refusal))
            return False
        return True

    return check
