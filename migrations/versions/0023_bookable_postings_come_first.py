"""bookable postings come first"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("internships", "offers", "sponsorships")


def upgrade() -> None:
    # No batch: it would make the tables anew, and others point to them. SQLite adds
    # no stored column later on, PostgreSQL indexes no virtual one.
    is_stored = op.get_bind().dialect.name == "postgresql"
    computed = sa.Computed("state = 'published'", persisted=is_stored)
    for table in TABLES:
        column = sa.Column("is_bookable", sa.Boolean(), computed, nullable=False)
        op.add_column(table, column)
        op.drop_index(f"ix_{table}_is_in_lists_published_at_id", table)
        op.create_index(
            f"ix_{table}_is_in_lists_is_bookable_published_at_id",
            table,
            ["is_in_lists", "is_bookable", "published_at", "id"],
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_is_in_lists_is_bookable_published_at_id", table)
        op.create_index(
            f"ix_{table}_is_in_lists_published_at_id",
            table,
            ["is_in_lists", "published_at", "id"],
        )
        op.execute(f"ALTER TABLE {table} DROP COLUMN is_bookable")
