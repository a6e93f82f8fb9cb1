"""hints that search called confirmed are indexed anew"""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without its key a card counts as missing and is made anew after the migration.
    op.execute(
        "UPDATE search_entries SET key = '' WHERE kind IN ('action', 'programme')"
    )


def downgrade() -> None:
    """Leaves the cards: those of the older program are made alike."""
