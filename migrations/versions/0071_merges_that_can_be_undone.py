"""merges, and what it takes to make two of one again"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merges",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("survivor_key", sa.String(length=10), nullable=False),
        sa.Column("other_key", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("journal", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["pair_id"],
            ["duplicate_pairs.id"],
            name=op.f("fk_merges_pair_id_duplicate_pairs"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_merges_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["users.id"], name=op.f("fk_merges_merged_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_merges_undone_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sa.UniqueConstraint("public_id", name=op.f("uq_merges_public_id")),
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merges_pair_id"), ["pair_id"])
        batch_op.create_index(batch_op.f("ix_merges_merged_by_id"), ["merged_by_id"])
        batch_op.create_index(batch_op.f("ix_merges_undone_by_id"), ["undone_by_id"])
        batch_op.create_index(batch_op.f("ix_merges_merged_at_id"), ["merged_at", "id"])
        batch_op.create_index(
            batch_op.f("ix_merges_organisation_id_merged_at_id"),
            ["organisation_id", "merged_at", "id"],
        )


def downgrade() -> None:
    op.drop_table("merges")
