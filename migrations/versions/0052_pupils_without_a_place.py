"""how many pupils went without a place, by quarter, district and interest"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pupil_gaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("area", sa.String(5), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("pupil_count", sa.Integer(), nullable=False),
        sa.Column("school_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_gaps")),
        sa.UniqueConstraint(
            "quarter", "area", "topic", name=op.f("uq_pupil_gaps_quarter_area_topic")
        ),
    )


def downgrade() -> None:
    op.drop_table("pupil_gaps")
