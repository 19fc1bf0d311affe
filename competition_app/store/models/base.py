"""The declarative base and the columns every area shares."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PERSONAL: Mapping[str, object] = {"personal": True}
"""``info`` of a column whose values stand in the history only as salted digests."""

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """A table of the competition store."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, datetime: String(32)}  # noqa: RUF012


def primary_key() -> Mapped[int]:
    """A whole-number key given by the store."""
    return mapped_column(primary_key=True)


def personal(*args: Any, **kwargs: Any) -> Any:
    """A column with personal values: never in the history in clear, erasable."""
    return mapped_column(*args, info=dict(PERSONAL), **kwargs)
