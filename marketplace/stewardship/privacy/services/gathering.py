"""All that is stored under a person's number, found along the foreign keys.

A row is hers that bears her number. What bears a pupil's as its `pupil_id` is hers as
a whole, with every row that hangs on it. New tables are found without a word here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_, select

from marketplace.encounters.messages.enums import Circle
from marketplace.encounters.messages.models import Message
from marketplace.foundation.database import Base, db
from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed

Rows = dict[str, list[Mapping[str, Any]]]
# Whose rows belong to a pupil with all that hangs on them.
WHOLE = "pupil_id"
# Numbers of people that no foreign key leads to.
BESIDE = frozenset(
    {
        ("audit_entries", "actor_id"),
        ("posting_changes", "actor_id"),
        ("settings", "changed_by_id"),
    }
)
# Where a confirmed address stands without a number.
ADDRESSED = {
    "invitations": "email",
    "link_tokens": "recipient",
    "outbox_entries": "recipient",
}
# Where a pupil named somebody at home, and what that person may take away of it.
NAMING = ("applications", "round_entries")
NAMED = ("guardian_name", "guardian_email", "guardian_phone")
SECOND = ("second_guardian_name", "second_guardian_email")
# Instead of what nobody can read, or what would open a door.
HIDDEN = "…"
SECRETS = frozenset({"totp_secret", "token"})
# What a company told the office alone.
CONFIDED = frozenset({"decline_words"})


def rows_of(user: User) -> Rows:
    """Every row that bears a person's number or confirmed address, by its table.

    What adults write to one another about a pupil is theirs, so it is left out.
    """
    tables = Base.metadata.sorted_tables  # those that are pointed at come first
    whole: dict[str, list[int]] = {}
    found: Rows = {}
    for table in tables:
        hers = list(_direct(table, user))
        parts = list(_parts(table, whole, user))
        if not (hers or parts):
            continue
        rows = _read(table, or_(*hers, *parts))
        if rows:
            found[table.name] = [_shown(row) for row in rows]
        if parts:
            whole[table.name] = [row["id"] for row in _read(table, or_(*parts))]
    return found | _named(user)


def _direct(table: Table, user: User) -> Iterator[ColumnElement[bool]]:
    """What makes a row hers: each column that leads to her, or bears her address."""
    if table.name == User.__tablename__:
        yield table.c.id == user.id
    for column in table.columns:
        if _leads_to(column, User.__tablename__) or (table.name, column.name) in BESIDE:
            yield column == user.id
    address = ADDRESSED.get(table.name)
    if address and is_confirmed(user):
        yield table.c[address] == user.email


def _parts(
    table: Table, whole: Mapping[str, Sequence[int]], user: User
) -> Iterator[ColumnElement[bool]]:
    """What makes a row part of a pupil's: her number, or a row that is wholly hers."""
    for column in table.columns:
        if column.name == WHOLE and _leads_to(column, User.__tablename__):
            yield column == user.id
        for name, ids in whole.items():
            if ids and _leads_to(column, name):
                yield _of_pupil(table, column.in_(ids))


def _of_pupil(table: Table, is_part: ColumnElement[bool]) -> ColumnElement[bool]:
    if table.name == Message.__tablename__:
        return is_part & (table.c.circle == Circle.PUPIL)
    return is_part


def _leads_to(column: Column[Any], table: str) -> bool:
    return any(key.column.table.name == table for key in column.foreign_keys)


def _read(table: Table, is_hers: ColumnElement[bool]) -> list[Mapping[str, Any]]:
    query = select(table).where(is_hers).order_by(table.c.id)
    return [dict(row) for row in db.session.execute(query).mappings()]


def _named(user: User) -> Rows:
    """Where a pupil named her at home: what was told of her, and nothing of the child.

    A pupil's own rows bear it already.
    """
    if not is_confirmed(user) or user.pupil:
        return {}
    found: Rows = {}
    for name in NAMING:
        table = Base.metadata.tables[name]
        for columns in (NAMED, SECOND):
            if columns[1] not in table.c:
                continue
            picked = [table.c[one] for one in columns]
            query = select(*picked).where(table.c[columns[1]] == user.email)
            rows = [dict(row) for row in db.session.execute(query).mappings()]
            found.setdefault(name, []).extend(rows)
    return {name: rows for name, rows in found.items() if rows}


def _shown(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        name: HIDDEN if value and _is_secret(name) else value
        for name, value in row.items()
        if name not in CONFIDED
    }


def _is_secret(column: str) -> bool:
    return column.endswith("_hash") or column in SECRETS


def plain(value: Any) -> Any:
    """A value as JSON knows it; sets sorted, times as ISO 8601."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(plain(one) for one in value)
    if isinstance(value, bytes):
        return value.hex()
    return value
