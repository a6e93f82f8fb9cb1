"""Column types that keep their promise on SQLite and on PostgreSQL."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    String,
    literal,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# Without the letters and digits that are mistaken for one another on paper.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLIC_ID_LENGTH = 10


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware when written, in UTC when read; refuses naive ones.

    SQLite forgets the zone it was given, so no column uses `DateTime` itself.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def _values(enum: type[StrEnum]) -> list[str]:
    return [member.value for member in enum]


# Any StrEnum, stored by value under a CHECK; wide enough for states yet to come.
StoredEnum = Enum(
    StrEnum,
    values_callable=_values,
    native_enum=False,
    create_constraint=True,
    length=32,
)


def stored_as(name: str, enum: type[StrEnum]) -> Enum:
    """The same for one column, its CHECK named by `name`.

    For a table with two columns of one enum, whose constraints need two names.
    """
    return Enum(
        enum,
        name=name,
        values_callable=_values,
        native_enum=False,
        create_constraint=True,
        length=32,
    )


class SetOf(TypeDecorator[frozenset[Any]]):
    """A set of members of one enum, kept as a bit mask in one integer.

    The bit of a member is its position in the enum, so an enum that is stored this
    way only ever grows at its end, and to 63 members at most.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum
        if len(enum) > 63:
            raise ValueError(f"{enum.__name__} has more members than a column has bits")

    @property
    def python_type(self) -> type[frozenset[Any]]:
        return frozenset

    def process_bind_param(
        self, value: Iterable[StrEnum] | int | None, _dialect: Dialect
    ) -> int | None:
        if value is None or isinstance(value, int):
            return value
        return mask_of(value)

    def process_result_value(
        self, value: int | None, _dialect: Dialect
    ) -> frozenset[Any] | None:
        return None if value is None else members_of(self.enum, value)

    class comparator_factory(TypeDecorator.Comparator[Any]):  # noqa: N801 - SQLAlchemy's name
        """Asks the database about sets."""

        def overlaps(self, members: Iterable[StrEnum]) -> ColumnElement[bool]:
            """Says whether the column shares a member with `members`."""
            mask = literal(mask_of(members), BigInteger)
            return self.expr.op("&", return_type=BigInteger())(mask) != literal(
                0, BigInteger
            )

        def contains_all(self, members: Iterable[StrEnum]) -> ColumnElement[bool]:
            """Says whether the column holds every one of `members`."""
            mask = literal(mask_of(members), BigInteger)
            return self.expr.op("&", return_type=BigInteger())(mask) == mask


def mask_of(members: Iterable[StrEnum]) -> int:
    """Gives the bit mask of some members of one enum."""
    mask = 0
    for member in members:
        mask |= 1 << list(type(member)).index(member)
    return mask


@lru_cache(maxsize=10_000)
def members_of(enum: type[StrEnum], mask: int) -> frozenset[StrEnum]:
    """Gives the members of a bit mask; the same masks come again and again."""
    return frozenset(m for k, m in enumerate(enum) if mask >> k & 1)


def new_public_id() -> str:
    """Draws an id for addresses: 10 signs, 49 bits, nothing to count up."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class Public:
    """What has a page of its own: an id that tells nothing and cannot be guessed."""

    public_id: Mapped[str] = mapped_column(
        String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id, sort_order=-1
    )
