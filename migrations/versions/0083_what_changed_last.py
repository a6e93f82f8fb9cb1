"""when the words of an entry changed last"""

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


def downgrade() -> None:
    op.drop_index(INDEX, "search_entries")
    op.drop_column("search_entries", "touched")
