"""The organisation tree, competitions, events, divisions and plan versions."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from competition_app.store.models.base import Table, personal, primary_key


class Organisation(Table):
    """单位: an enterprise, an industry union, a city union; a tree over all competitions."""

    __tablename__ = "organisations"
    id: Mapped[int] = primary_key()
    name: Mapped[str] = mapped_column(index=True)
    short_name: Mapped[str | None]
    kind: Mapped[str] = mapped_column(default="enterprise")  # enterprise, union, studio, workshop …
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    credit_code: Mapped[str | None] = mapped_column(unique=True)
    contact: Mapped[str | None] = personal()
    contact_phone: Mapped[str | None] = personal()


class Competition(Table):
    """竞赛: the whole contest. ``organisers`` are the issuers of its certificates, by rank."""

    __tablename__ = "competitions"
    id: Mapped[int] = primary_key()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str | None]
    theme: Mapped[str | None]
    place: Mapped[str | None]
    organisers: Mapped[list[Any]] = mapped_column(default=list)
    starts_on: Mapped[str | None]  # ISO date
    ends_on: Mapped[str | None]
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)  # organisation tables, as in packages


class Participation(Table):
    """An organisation's code in one competition: packages and numbers name organisations by it."""

    __tablename__ = "participations"
    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    code: Mapped[str]
    __table_args__ = (UniqueConstraint("competition_id", "code"),)


class Event(Table):
    """赛项: one trade or subject with its own entries, plan and ranking."""

    __tablename__ = "events"
    id: Mapped[int] = primary_key()
    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"))
    code: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    aliases: Mapped[list[Any]] = mapped_column(default=list)  # other names under which enterprises write it
    team_min: Mapped[int] = mapped_column(default=1)
    team_max: Mapped[int] = mapped_column(default=1)
    quota: Mapped[int | None]  # entries one organisation may send
    eligibility: Mapped[dict[str, Any]] = mapped_column(default=dict)
    double_entry: Mapped[bool] = mapped_column(default=False)  # paper sheets count only when typed twice
    # open, provisional, locked, unsealed, published, final
    state: Mapped[str] = mapped_column(default="open")
    data_version: Mapped[int] = mapped_column(default=0)  # +1 with every write the result depends on
    mark_changes: Mapped[int] = mapped_column(default=0)  # how many of those writes changed marks alone
    __table_args__ = (UniqueConstraint("competition_id", "code"),)


class Division(Table):
    """组别: same event, ranked apart."""

    __tablename__ = "divisions"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    code: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("event_id", "code"),)


class PlanVersion(Table):
    """A version of an event's plan (scoring.md §2). The highest version counts; frozen at the first mark."""

    __tablename__ = "plan_versions"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    version: Mapped[int]
    plan: Mapped[str]  # JSON text, as given
    reason: Mapped[str | None]
    made_at: Mapped[str]  # UTC
    __table_args__ = (UniqueConstraint("event_id", "version"),)


class ScheduleItem(Table):
    """日程: what takes place when and where, in the hall's own time; it counts for no result."""

    __tablename__ = "schedule_items"
    id: Mapped[int] = primary_key()
    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    name: Mapped[str]
    place: Mapped[str | None]
    starts: Mapped[str]  # 2025-09-01T08:30, local
    ends: Mapped[str]
    kind: Mapped[str] = mapped_column(default="contest")  # contest, meeting, appeals, ceremony, other


class Criterion(Table):
    """A short number for each criterion of an event, so that marks stay small (all plan versions)."""

    __tablename__ = "criteria"
    id: Mapped[int] = primary_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    stage: Mapped[str]
    module: Mapped[str]
    code: Mapped[str]
    __table_args__ = (UniqueConstraint("event_id", "stage", "module", "code"),)
