"""The people who act, and the history of all they did: a chain that cannot be changed unseen."""

from sqlalchemy import BigInteger, Integer
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


class History(Table):
    """操作日志: one row an operation, in the transaction of the operation; triggers refuse UPDATE and DELETE."""

    __tablename__ = "history"
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False)
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


class PersonalValue(Table):
    """A personal value named in the history by its salted digest; erasable without breaking the chain."""

    __tablename__ = "personal_values"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    salt: Mapped[str]
    value: Mapped[str | None] = personal()  # JSON; None once erased


class Setting(Table):
    """A setting kept with the store."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]  # JSON
