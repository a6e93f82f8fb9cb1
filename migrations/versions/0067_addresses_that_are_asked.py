"""addresses to which something links, and what they said last"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checked_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("unasked", "alive", "gone", "silent", "barred"),
                name="linkstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_links")),
        sa.UniqueConstraint("address", name=op.f("uq_checked_links_address")),
    )
    with op.batch_alter_table("checked_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checked_links_due_at_id"), ["due_at", "id"]
        )
        batch_op.create_index(batch_op.f("ix_checked_links_state_id"), ["state", "id"])
    op.create_table(
        "link_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing_key", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["checked_links.id"],
            name=op.f("fk_link_uses_link_id_checked_links"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_link_uses_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_uses")),
        sa.UniqueConstraint(
            *("link_id", "kind", "thing_key"),
            name=op.f("uq_link_uses_link_id_kind_thing_key"),
        ),
    )
    with op.batch_alter_table("link_uses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_uses_organisation_id_id"), ["organisation_id", "id"]
        )


def downgrade() -> None:
    op.drop_table("link_uses")
    op.drop_table("checked_links")
