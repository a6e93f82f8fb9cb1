"""clocks stand while frozen"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No batch: it would make the table anew, and others point to it.
    op.add_column(
        "applications",
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "applications",
        sa.Column("stood_days", sa.Integer(), nullable=False, server_default="0"),
    )


def downgrade() -> None:
    op.execute("ALTER TABLE applications DROP COLUMN stood_days")
    op.execute("ALTER TABLE applications DROP COLUMN stopped_at")
