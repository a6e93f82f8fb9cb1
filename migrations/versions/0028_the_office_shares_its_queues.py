"""the office shares its queues, and knows why an approval is held"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=64), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_cares_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cares")),
        sa.UniqueConstraint("queue", "thing_id", name=op.f("uq_cares_queue_thing_id")),
    )
    op.create_index(op.f("ix_cares_user_id"), "cares", ["user_id"])
    # No batch: it would make the table anew, and others point to it.
    op.add_column(
        "applications",
        sa.Column("held_for", sa.BigInteger(), nullable=False, server_default="0"),
    )


def downgrade() -> None:
    op.execute("ALTER TABLE applications DROP COLUMN held_for")
    op.drop_index(op.f("ix_cares_user_id"), table_name="cares")
    op.drop_table("cares")
