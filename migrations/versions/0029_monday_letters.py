"""monday letters remember whom they have shown"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_showings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_showings")),
    )
    op.create_index(
        op.f("ix_digest_showings_profile_id_other_id_shown_on"),
        "digest_showings",
        ["profile_id", "other_id", "shown_on"],
    )


def downgrade() -> None:
    op.drop_table("digest_showings")
