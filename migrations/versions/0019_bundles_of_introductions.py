"""bundles of introductions"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No batch: it would make the table anew, and others point to it.
    op.add_column(
        "introductions", sa.Column("bundle_id", sa.String(length=10), nullable=True)
    )
    op.create_index(
        op.f("ix_introductions_bundle_id"), "introductions", ["bundle_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_introductions_bundle_id"), table_name="introductions")
    op.execute("ALTER TABLE introductions DROP COLUMN bundle_id")
