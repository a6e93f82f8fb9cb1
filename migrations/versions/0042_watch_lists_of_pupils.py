"""watch lists of pupils"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("internship_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
        sa.ForeignKeyConstraint(
            ["internship_id"],
            ["internships.id"],
            name=op.f("fk_bookmarks_internship_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"],
            ["users.id"],
            name=op.f("fk_bookmarks_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "pupil_id",
            "internship_id",
            name=op.f("uq_bookmarks_pupil_id_internship_id"),
        ),
    )
    op.create_index(op.f("ix_bookmarks_internship_id"), "bookmarks", ["internship_id"])


def downgrade() -> None:
    op.drop_table("bookmarks")
