"""when the words of an entry changed last, and what went"""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

INDEX = "ix_search_entries_touched"


def upgrade() -> None:
    # Added beside the others: a table of SQLite made anew would lose its triggers.
    column = sa.Column("touched", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("search_entries", column)
    op.create_index(INDEX, "search_entries", ["touched"])
    op.create_table(
        "search_removals",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("touched", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_removals")),
    )
    op.create_index("ix_search_removals_touched", "search_removals", ["touched"])


def downgrade() -> None:
    op.drop_table("search_removals")
    op.drop_index(INDEX, "search_entries")
    op.drop_column("search_entries", "touched")
