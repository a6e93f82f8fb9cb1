"""a partnership knows its present term"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "partnerships",
        sa.Column("term_from", sa.Date(), nullable=False, server_default="2026-01-01"),
    )
    op.execute("UPDATE partnerships SET term_from = valid_from")


def downgrade() -> None:
    op.execute("ALTER TABLE partnerships DROP COLUMN term_from")
