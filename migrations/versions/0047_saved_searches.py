"""saved searches, and who agreed to letters"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(100), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("radius_km", sa.Integer(), nullable=True),
        sa.Column("state_code", sa.String(32), nullable=True),
        sa.Column("district_ags", sa.String(5), nullable=False),
        sa.Column("topics", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("starts_from", sa.Date(), nullable=True),
        sa.Column("ends_by", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(32), nullable=True),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column("query", sa.String(1000), nullable=False),
        sa.Column("rhythm", sa.String(32), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hit_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.CheckConstraint(
            "basis IN ('school', 'voluntary')", name=op.f("ck_saved_searches_basis")
        ),
        sa.CheckConstraint(
            "state_code IN ('SN', 'ST', 'TH')",
            name=op.f("ck_saved_searches_federalstate"),
        ),
        sa.CheckConstraint(
            "rhythm IN ('instant', 'daily', 'weekly', 'never')",
            name=op.f("ck_saved_searches_rhythm"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_saved_searches_user_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_searches_public_id")),
    )
    op.create_index(
        op.f("ix_saved_searches_rhythm_user_id"),
        "saved_searches",
        ["rhythm", "user_id"],
    )
    op.create_index(op.f("ix_saved_searches_user_id"), "saved_searches", ["user_id"])
    op.create_table(
        "letter_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_consents")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["users.id"],
            name=op.f("fk_letter_consents_child_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"],
            ["users.id"],
            name=op.f("fk_letter_consents_guardian_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("child_id", name=op.f("uq_letter_consents_child_id")),
    )
    op.create_index(
        op.f("ix_letter_consents_guardian_id"), "letter_consents", ["guardian_id"]
    )


def downgrade() -> None:
    op.drop_table("letter_consents")
    op.drop_table("saved_searches")
