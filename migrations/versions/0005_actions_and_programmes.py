"""actions and programmes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text  # noqa: F401 - JSON variants name it

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("sort_title", sa.String(length=160), nullable=False),
        sa.Column("initiator", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("topics", sa.BigInteger(), nullable=False),
        sa.Column("audiences", sa.BigInteger(), nullable=False),
        sa.Column("effort_text", sa.String(length=300), nullable=False),
        sa.Column("cost_text", sa.String(length=300), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=True),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_actions_public_id")),
        sa.UniqueConstraint("source_key", name=op.f("uq_actions_source_key")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_actions_sort_title_id"), ["sort_title", "id"], unique=False
        )

    op.create_table(
        "programmes",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("funder", sa.String(length=200), nullable=False),
        sa.Column("kind_text", sa.String(length=80), nullable=False),
        sa.Column("who_can_apply", sa.Text(), nullable=False),
        sa.Column("region_text", sa.String(length=300), nullable=False),
        sa.Column("states", sa.BigInteger(), nullable=False),
        sa.Column("topics", sa.BigInteger(), nullable=False),
        sa.Column("amount_text", sa.Text(), nullable=False),
        sa.Column("amount_eur", sa.Integer(), nullable=True),
        sa.Column("deadline_text", sa.Text(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("is_recurring", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_text", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programmes_public_id")),
        sa.UniqueConstraint("source_key", name=op.f("uq_programmes_source_key")),
    )
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programmes_closes_on_id"), ["closes_on", "id"], unique=False
        )

    op.create_table(
        "existences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "SN",
                "ST",
                "TH",
                name="federalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "open",
                "exists",
                "absent",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "standing = 'open' OR checked_on IS NOT NULL",
            name=op.f("ck_existences_what_is_known_was_checked"),
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["actions.id"], name=op.f("fk_existences_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["users.id"], name=op.f("fk_existences_checked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_existences")),
        sa.UniqueConstraint(
            "action_id", "state", name=op.f("uq_existences_action_id_state")
        ),
    )
    with op.batch_alter_table("existences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_existences_checked_by_id"), ["checked_by_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("existences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_existences_checked_by_id"))

    op.drop_table("existences")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programmes_closes_on_id"))

    op.drop_table("programmes")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actions_sort_title_id"))

    op.drop_table("actions")
