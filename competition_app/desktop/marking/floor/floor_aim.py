"""Where a button elsewhere leads on the floor record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FloorAim:
    """An entry on the floor of a module; ``number`` empty: none in particular."""

    event_id: int
    stage: str
    module: str
    number: str = ""
