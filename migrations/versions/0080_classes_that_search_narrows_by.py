"""what is for a class or from an age on is indexed anew"""

from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without its key a card counts as missing and is made anew after the migration.
    op.execute(
        "UPDATE search_entries SET key = ''"
        " WHERE kind IN ('internship', 'offer', 'event')"
    )


def downgrade() -> None:
    """Leaves the cards: the older program passes over the words it does not know."""
