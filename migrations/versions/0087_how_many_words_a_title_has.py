"""how many words a title has is indexed"""

from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without its key a card counts as missing and is made anew after the migration.
    op.execute("UPDATE search_entries SET key = ''")


def downgrade() -> None:
    """Leaves the cards: the older program passes over the words it does not know."""
