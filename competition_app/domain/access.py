"""Who acts: the roles of a competition's people."""

from enum import StrEnum


class Role(StrEnum):
    """The role a person acts in (product.md, Who); rights are given to roles, never to names."""

    ORGANISER = "organiser"
    ENCRYPTION_JUDGE = "encryption_judge"
    JUDGE = "judge"
    CHIEF_JUDGE = "chief_judge"
    SUPERVISOR = "supervisor"
    RECORDER = "recorder"
