"""files that lay in the folders of organisations, and what became of them"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "laid_files",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=1000), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                *("waiting", "taken", "refused"),
                name="laidstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("refusal", sa.String(length=400), nullable=False),
        sa.Column("aside", sa.String(length=255), nullable=False),
        sa.Column("takeover_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("laid_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_laid_files_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["takeover_id"],
            ["takeovers.id"],
            name=op.f("fk_laid_files_takeover_id_takeovers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laid_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_laid_files_public_id")),
        sa.UniqueConstraint("takeover_id", name=op.f("uq_laid_files_takeover_id")),
    )
    with op.batch_alter_table("laid_files", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laid_files_folder_file_name"),
            ["folder", "file_name"],
            unique=True,
            sqlite_where=sa.text("laid_aside_at IS NULL"),
            postgresql_where=sa.text("laid_aside_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_laid_files_organisation_id_seen_at_id"),
            ["organisation_id", "seen_at", "id"],
        )
        batch_op.create_index(batch_op.f("ix_laid_files_seen_at_id"), ["seen_at", "id"])


def downgrade() -> None:
    op.drop_table("laid_files")
