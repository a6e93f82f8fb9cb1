"""partners that an organisation does not want"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

TABLE = "unwanted_partners"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "organisation_id <> other_id", name=op.f("ck_unwanted_partners_are_two")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_unwanted_partners_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["organisations.id"],
            name=op.f("fk_unwanted_partners_other_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unwanted_partners")),
        sa.UniqueConstraint(
            "organisation_id",
            "other_id",
            name=op.f("uq_unwanted_partners_organisation_id_other_id"),
        ),
    )
    op.create_index(op.f("ix_unwanted_partners_other_id"), TABLE, ["other_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
