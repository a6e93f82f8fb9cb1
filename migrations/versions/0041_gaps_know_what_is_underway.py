"""needs know since when they are stated, gaps what of them is asked for"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gaps", sa.Column("underway", sa.Integer(), nullable=True))
    op.add_column(
        "need_lines",
        sa.Column(
            "stated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("'2026-01-01 00:00:00'"),
        ),
    )
    # Nobody noted the day; the offer was public from this one on, or written then.
    op.execute(
        "UPDATE need_lines SET stated_at = (SELECT COALESCE(offers.published_at,"
        " offers.changed_at) FROM offers WHERE offers.id = need_lines.offer_id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE need_lines DROP COLUMN stated_at")
    op.execute("ALTER TABLE gaps DROP COLUMN underway")
