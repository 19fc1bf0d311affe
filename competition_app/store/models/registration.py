"""People, contestants, entries, memberships and registrations."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from competition_app.store.models.base import Table, personal, primary_key


class Person(Table):
    """A person over all competitions (人才档案)."""

    __tablename__ = "persons"
    id: Mapped[int] = primary_key()
    name: Mapped[str] = personal(index=True)
    sex: Mapped[str | None]  # 男, 女
    id_kind: Mapped[str] = mapped_column(default="resident")  # resident, hmt, passport, other
    id_number: Mapped[str | None] = personal()
    birth_date: Mapped[str | None] = personal()  # ISO date
    phone: Mapped[str | None] = personal()
    __table_args__ = (UniqueConstraint("id_kind", "id_number"),)


class Contestant(Table):
    """选手: a person in one competition, with the unit represented, the employer and the employment."""

    __tablename__ = "contestants"
    id: Mapped[int] = primary_key()
    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    code: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    employment: Mapped[str | None]  # 在职, 劳务派遣 …
    fields: Mapped[dict[str, Any]] = personal(default=dict)  # 现技能等级 and other columns as read
    titles: Mapped[list[Any]] = personal(default=list)  # 称号 already held
    photo: Mapped[str | None] = personal()
    __table_args__ = (UniqueConstraint("competition_id", "code"),)


class Entry(Table):
    """参赛队/选手: what is ranked; an individual, a team or an organisation."""

    __tablename__ = "entries"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("divisions.id"), index=True)
    number: Mapped[str]
    name: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    judging_group: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="ranked")  # as given: ranked, out_of_competition, withdrawn …
    status_reason: Mapped[str | None]
    coaches: Mapped[list[Any]] = personal(default=list)
    fields: Mapped[dict[str, Any]] = personal(default=dict)
    __table_args__ = (UniqueConstraint("event_id", "number"),)


class EntryOrganisation(Table):
    """An organisation an entry stands for, with its share (joint entries 结对共建)."""

    __tablename__ = "entry_organisations"
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    share: Mapped[str | None]  # decimal text


class Membership(Table):
    """A contestant in an entry."""

    __tablename__ = "memberships"
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str | None]  # 队长, 队员


class Registration(Table):
    """报名: one accepted row of a workbook, its review and its problems."""

    __tablename__ = "registrations"
    id: Mapped[int] = primary_key()
    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    # waiting 待审, problem 有问题, returned 退回, passed 已通过, refused 不通过
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str | None]
    file: Mapped[str | None]
    sheet: Mapped[str | None]
    row: Mapped[int | None]
    problems: Mapped[list[Any]] = personal(default=list)  # as in package.md §2, with the values as typed
    received_at: Mapped[str]
    reviewed_at: Mapped[str | None]
    __table_args__ = (UniqueConstraint("event_id", "contestant_id"),)


class Certificate(Table):
    """证书: the register. A number is never used twice; a spoilt one is voided, never deleted."""

    __tablename__ = "certificates"
    id: Mapped[int] = primary_key()
    serial: Mapped[str] = mapped_column(unique=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    contestant_id: Mapped[int | None] = mapped_column(ForeignKey("contestants.id"), index=True)
    kind: Mapped[str] = mapped_column(default="honour")
    layout: Mapped[str]
    content: Mapped[dict[str, Any]] = personal()  # every variable as printed
    result_digest: Mapped[str]  # SHA-256 of the standing it certifies
    state: Mapped[str] = mapped_column(default="made")  # made 待打印, printed 已打印, voided 作废
    issued_on: Mapped[str]
    void_reason: Mapped[str | None]
