"""that a certificate of conduct was seen, and nothing of what it says"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NAME = "conduct_notes"


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("duty", sa.String(32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f(f"ck_{NAME}_starts_before_end")
        ),
        sa.CheckConstraint(
            "duty IN ('overnight', 'one_to_one', 'series')",
            name=op.f(f"ck_{NAME}_duty"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f(f"fk_{NAME}_organisation_id"),
        ),
    )
    op.create_index(op.f(f"ix_{NAME}_ends_on"), NAME, ["ends_on"])
    op.create_index(op.f(f"ix_{NAME}_organisation_id"), NAME, ["organisation_id"])


def downgrade() -> None:
    op.drop_table(NAME)
