"""A person's data as files to take away: for programs, and to read."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask_babel import force_locale, format_date, format_datetime
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.matching.rounds.models import Round
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.schools.models import School
from marketplace.postings.internships.models import Internship
from marketplace.stewardship.privacy.services.gathering import plain, rows_of
from marketplace.stewardship.privacy.tables import register

Section = tuple[str, list[list[tuple[str, str]]]]
Names = Mapping[tuple[str, int], str]
# What is told by name instead of number.
TITLES: Mapping[str, tuple[str, Any]] = {
    "internship_id": ("Praktikum", Internship.title),
    "organisation_id": ("Organisation", Organisation.name),
    "round_id": ("Verteilrunde", Round.title),
    "school_id": ("Schule", School.name),
}


def as_json(user: User, *, at: datetime) -> bytes:
    """All rows by table and column, under the names they have in the database."""
    tables = {
        name: [{column: plain(value) for column, value in row.items()} for row in rows]
        for name, rows in rows_of(user).items()
    }
    content = {"account": user.id, "made_at": at.isoformat(), "tables": tables}
    return json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()


def sections_of(user: User) -> list[Section]:
    """The same to read: each table with its words, each row as label and value.

    Numbers and columns that only the program needs stand in the other file alone.
    """
    found = rows_of(user)
    names = _names(row for rows in found.values() for row in rows)
    with force_locale("de"):
        return [
            (register()[name].words, [_lines(name, row, names) for row in rows])
            for name, rows in found.items()
        ]


def _names(rows: Iterable[Mapping[str, Any]]) -> Names:
    """The titles behind all numbers that are told by name, one query for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for column in TITLES:
            if row.get(column):
                wanted[column].add(row[column])
    names: dict[tuple[str, int], str] = {}
    for column, ids in wanted.items():
        title = TITLES[column][1]
        query = select(title.class_.id, title).where(title.class_.id.in_(ids))
        names |= {(column, number): name for number, name in db.session.execute(query)}
    return names


def _lines(table: str, row: Mapping[str, Any], names: Names) -> list[tuple[str, str]]:
    columns, lines = register()[table].columns, []
    for column, value in row.items():
        if value in (None, "", frozenset()):
            continue
        if column in TITLES:
            lines.append((TITLES[column][0], names[column, value]))
        elif label := columns[column]:
            lines.append((label, _said(value)))
    return lines


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, frozenset):
        return ", ".join(sorted(_said(one) for one in value))
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, datetime):
        return str(format_datetime(value, "d. MMMM yyyy, H:mm"))
    if isinstance(value, date):
        return str(format_date(value, "long"))
    return str(value)
