"""accounts are shut with a reason"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No batch: it would make the table anew, and others point to it.
    op.add_column(
        "users", sa.Column("disabled_reason", sa.String(length=600), nullable=True)
    )


def downgrade() -> None:
    op.execute("ALTER TABLE users DROP COLUMN disabled_reason")
