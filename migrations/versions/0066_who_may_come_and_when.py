"""how many may come to an offer, and on which days of the week"""

import re
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

EVERY_DAY = 127


def upgrade() -> None:
    op.add_column("offers", sa.Column("most_people", sa.Integer(), nullable=True))
    op.add_column(
        "offers",
        sa.Column(
            "weekdays",
            sa.SmallInteger(),
            server_default=str(EVERY_DAY),
            nullable=False,
        ),
    )
    offers = sa.table(
        "offers",
        sa.column("id", sa.Integer),
        sa.column("starts_on", sa.Date),
        sa.column("ends_on", sa.Date),
        sa.column("group_size", sa.String),
        sa.column("most_people", sa.Integer),
        sa.column("weekdays", sa.SmallInteger),
    )
    told = sa.or_(offers.c.group_size != "", offers.c.starts_on.is_not(None))
    connection = op.get_bind()
    for row in connection.execute(sa.select(offers).where(told)).all():
        connection.execute(
            offers.update()
            .where(offers.c.id == row.id)
            .values(
                most_people=_largest(row.group_size),
                weekdays=_days(row.starts_on, row.ends_on),
            )
        )


def downgrade() -> None:
    op.drop_column("offers", "weekdays")
    op.drop_column("offers", "most_people")


def _largest(words: str) -> int | None:
    """The plain sizes alone; all others may be meant until somebody revises them."""
    found = re.fullmatch(r"(?:bis|max\.?|maximal)?\s*(\d{1,3})\D{0,20}", words.lower())
    return int(found[1]) if found else None


def _days(first: date | None, last: date | None) -> int:
    if first is None:
        return EVERY_DAY
    span = min(((last or first) - first).days, 6)
    days = (first + timedelta(days=n) for n in range(span + 1))
    return sum(1 << day.weekday() for day in days)
