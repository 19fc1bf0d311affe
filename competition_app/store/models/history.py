"""The people who act, and the history of all they did: a chain that cannot be changed unseen."""

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from competition_app.store.models.base import Table, personal, primary_key


class Staff(Table):
    """工作人员: who may act, with role and passphrase (argon2id)."""

    __tablename__ = "staff"
    id: Mapped[int] = primary_key()
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    passphrase: Mapped[str | None] = personal()  # argon2id hash, never the words
    active: Mapped[bool] = mapped_column(default=True)
    wrong_guesses: Mapped[int] = mapped_column(default=0)  # wrong passphrases since the last right one
    wait_until: Mapped[str | None]  # UTC; no guess is heard before


class History(Table):
    """操作日志: one row an operation, in its transaction; triggers refuse UPDATE and DELETE."""

    __tablename__ = "history"
    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[str]  # UTC, ISO with microseconds
    staff_id: Mapped[int | None]
    actor: Mapped[str]
    role: Mapped[str]
    device: Mapped[str]
    program: Mapped[str]  # version
    use_case: Mapped[str]
    change: Mapped[str]  # canonical JSON
    previous: Mapped[str]  # SHA-256, hex
    digest: Mapped[str]  # SHA-256 over all of the above
    __table_args__ = (
        Index("ix_history_at", "at"),
        Index("ix_history_use_case_actor", "use_case", "actor"),
    )


class PersonalValue(Table):
    """A personal value named in the history by its salted digest; erasable without breaking the chain.

    Erasing takes value and salt: a known salt would let somebody guess an ID number by trying them all.
    """

    __tablename__ = "personal_values"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    salt: Mapped[str | None]  # hex; None once erased
    value: Mapped[str | None] = personal()  # canonical JSON; None once erased
    digest: Mapped[str]  # SHA-256 over salt and value; stays
    __table_args__ = ({"sqlite_with_rowid": False},)


class Setting(Table):
    """A setting kept with the store."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]  # JSON
