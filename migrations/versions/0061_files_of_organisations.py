"""files of organisations: their own entries, and what became of each"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

KINDS = ("events", "offers", "internships", "sponsorships")


def _of(name, *values):
    return sa.Enum(
        *values, name=name, native_enum=False, create_constraint=True, length=32
    )


def upgrade() -> None:
    op.create_table(
        "takeovers",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("state", _of("takeoverstate", "chosen", "done"), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("kind", _of("takeoverkind", *KINDS), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("vanished", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_takeovers_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"],
            ["users.id"],
            name=op.f("fk_takeovers_given_by_id_users"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_files.id"],
            name=op.f("fk_takeovers_file_id_stored_files"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeovers")),
        sa.UniqueConstraint("file_id", name=op.f("uq_takeovers_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_takeovers_public_id")),
    )
    with op.batch_alter_table("takeovers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_takeovers_organisation_id_given_at_id"),
            ["organisation_id", "given_at", "id"],
        )
        batch_op.create_index(
            batch_op.f("ix_takeovers_state_given_at"), ["state", "given_at"]
        )
        batch_op.create_index(batch_op.f("ix_takeovers_given_by_id"), ["given_by_id"])
    op.create_table(
        "taken_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", _of("takeoverkind", *KINDS), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("posting_key", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_taken_entries_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_entries")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "key",
            name=op.f("uq_taken_entries_organisation_id_kind_key"),
        ),
    )
    with op.batch_alter_table("taken_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_taken_entries_kind_posting_key"), ["kind", "posting_key"]
        )


def downgrade() -> None:
    op.drop_table("taken_entries")
    op.drop_table("takeovers")
