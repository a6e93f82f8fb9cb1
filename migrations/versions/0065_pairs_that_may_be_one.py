"""pairs of postings that may be one, and what somebody said about them"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def _of(name, *values):
    return sa.Enum(
        *values, name=name, native_enum=False, create_constraint=True, length=32
    )


def upgrade() -> None:
    op.create_table(
        "duplicate_pairs",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first_key", sa.String(length=10), nullable=False),
        sa.Column("second_key", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("sign", _of("sign", "address", "words"), nullable=False),
        sa.Column(
            "state", _of("pairstate", "waiting", "merged", "apart"), nullable=False
        ),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_duplicate_pairs_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pairs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duplicate_pairs_public_id")),
        sa.UniqueConstraint(
            "first_key",
            "second_key",
            name=op.f("uq_duplicate_pairs_first_key_second_key"),
        ),
    )
    with op.batch_alter_table("duplicate_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_duplicate_pairs_state_id"), ["state", "id"]
        )
        batch_op.create_index(
            batch_op.f("ix_duplicate_pairs_organisation_id_state_id"),
            ["organisation_id", "state", "id"],
        )


def downgrade() -> None:
    op.drop_table("duplicate_pairs")
