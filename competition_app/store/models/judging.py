"""Judges' seats, works under their codes, sheets, marks with every version, and facts of a result."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from competition_app.store.models.base import Table, personal, primary_key


class Judge(Table):
    """裁判: a seat on an event's panel (J3). The person on it may change during the day."""

    __tablename__ = "judges"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    code: Mapped[str]
    role: Mapped[str] = mapped_column(default="judge")
    judging_group: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("event_id", "code"),)


class JudgePerson(Table):
    """Who sat on a judge's seat, from when; the last one sits there now."""

    __tablename__ = "judge_persons"
    id: Mapped[int] = primary_key()
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"), index=True)
    name: Mapped[str | None] = personal()
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    since: Mapped[str | None]


class Assignment(Table):
    """A judge assigned to a module."""

    __tablename__ = "assignments"
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)


class Work(Table):
    """作品: what an entry did in one module of a stage; marks hang on it. ``code`` is anonymous (作品号)."""

    __tablename__ = "works"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    stage: Mapped[str]
    module: Mapped[str]
    code: Mapped[str | None]
    data_version: Mapped[int] = mapped_column(default=0)  # the event's, when marks of this work last changed
    __table_args__ = (
        UniqueConstraint("event_id", "stage", "module", "code"),
        Index("ix_works_event_id_data_version", "event_id", "data_version"),
    )


class WorkLink(Table):
    """Which entry a work belongs to. While codes are sealed this row is absent from the clear store."""

    __tablename__ = "work_links"
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)


class Recusal(Table):
    """回避: a judge kept from a work, stored when the work is coded."""

    __tablename__ = "recusals"
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"), primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id"), primary_key=True)
    reason: Mapped[str | None]


class Sheet(Table):
    """评分表: one judge's marks for one attempt of one work. They count when it is signed or confirmed."""

    __tablename__ = "sheets"
    id: Mapped[int] = primary_key()
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id"))
    attempt: Mapped[int] = mapped_column(SmallInteger, default=1)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"))
    medium: Mapped[str] = mapped_column(default="paper")  # paper, page, package
    state: Mapped[str] = mapped_column(default="begun")  # begun, entered 待复录, confirmed, signed
    entered_by: Mapped[str | None]
    confirmed_by: Mapped[str | None]
    counted_at: Mapped[str | None]  # UTC, when it began to count
    __table_args__ = (UniqueConstraint("work_id", "attempt", "judge_id"),)


class Mark(Table):
    """评分: the newest value of one judge for one criterion of one attempt; fast to rank by.

    ``units`` = value × 10^9, whole (exact decimals, never a float); ``outcome`` 0 a value, 1 absent, 2 DNF.
    """

    __tablename__ = "marks"
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id"), primary_key=True)
    attempt: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"), primary_key=True)
    units: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[int] = mapped_column(SmallInteger, default=0)
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = ({"sqlite_with_rowid": False},)


class MarkVersion(Table):
    """Every version of a mark, for ever: triggers refuse changes. ``entry_pass`` 2 = second typing."""

    __tablename__ = "mark_versions"
    work_id: Mapped[int] = mapped_column(primary_key=True)
    attempt: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    criterion_id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(primary_key=True)
    entry_pass: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=1)
    version: Mapped[int] = mapped_column(primary_key=True)
    units: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[int] = mapped_column(SmallInteger, default=0)
    reason: Mapped[str | None]
    history_seq: Mapped[int] = mapped_column(BigInteger)  # who, when, on which device
    judge_person_id: Mapped[int | None]  # who sat on the seat
    __table_args__ = (
        Index("ix_mark_versions_judge_person_id_version", "judge_person_id", "version"),
        {"sqlite_with_rowid": False},
    )


class Score(Table):
    """A direct module's score (theory …), for ever: the highest version counts; triggers refuse changes."""

    __tablename__ = "scores"
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    attempt: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=1)
    version: Mapped[int] = mapped_column(primary_key=True, default=1)
    units: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[int] = mapped_column(SmallInteger, default=0)
    reason: Mapped[str | None]
    history_seq: Mapped[int | None] = mapped_column(BigInteger)  # who, when, on which device


class ModuleFact(Table):
    """Time used, hand-in and absence of an entry in a module, as recorded."""

    __tablename__ = "module_facts"
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[str | None]  # decimal text
    submitted_at: Mapped[str | None]  # as given, with its offset
    absent: Mapped[bool] = mapped_column(default=False)
    absent_reason: Mapped[str | None]


class Penalty(Table):
    """违规扣分: points off or disqualification, with reason. Withdrawn ones stay, with the reason."""

    __tablename__ = "penalties"
    id: Mapped[int] = primary_key()
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    stage: Mapped[str | None]
    module: Mapped[str | None]
    attempt: Mapped[int | None]
    units: Mapped[int | None] = mapped_column(BigInteger)
    disqualifies: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str]
    withdrawn: Mapped[str | None]


class Ruling(Table):
    """What was decided for an event: lot, decision, accepted or advanced, with numbers and reason."""

    __tablename__ = "rulings"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str | None]
    code: Mapped[str | None]  # of an accepted question
    entries: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str | None]
    more: Mapped[dict[str, Any]] = mapped_column(default=dict)
    withdrawn: Mapped[str | None]


Index("ix_sheets_judge_id_state", Sheet.judge_id, Sheet.state)
Index("ix_sheets_counted_at", Sheet.counted_at)
