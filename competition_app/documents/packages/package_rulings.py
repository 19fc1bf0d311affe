"""What the chief judge decided, as it stands in a package (package.md §1)."""

from typing import Literal

from pydantic import Field

from competition_app.documents.packages.package_part import Part
from competition_app.domain.plans.plan import Code


class Accepted(Part):
    """A problem or open question the chief judge let stand, with the reason.

    ``entries`` in place of ``entry``: all who are tied, so that it holds for exactly their tie.
    """

    code: Code
    entry: Code | None = None
    entries: tuple[Code, ...] = ()
    stage: Code | None = None
    module: Code | None = None
    criterion: Code | None = None
    award: Code | None = None
    ties: Literal["include", "exclude"] | None = None
    reason: str

    @property
    def concerned(self) -> tuple[str, ...]:
        """The numbers named, one or all who are tied."""
        return self.entries or ((self.entry,) if self.entry is not None else ())


class Decision(Part):
    """Tied entries in the order the chief judge decided."""

    entries: tuple[Code, ...]
    stage: Code | None = None
    reason: str | None = None


class Seats(Part):
    """Free seats of a stage: who took whose (``instead``, new to gone), and who ``declined`` one."""

    instead: dict[str, Code] = Field(default_factory=dict)
    declined: tuple[Code, ...] = ()
