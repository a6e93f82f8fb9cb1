"""What postings keep of their lives: approval, end, freeze, reminders.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("internships", "offers", "sponsorships")


def upgrade():
    op.create_table(
        "posting_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_changes")),
    )
    op.create_index(
        op.f("ix_posting_changes_kind_posting_id_at_id"),
        "posting_changes",
        ["kind", "posting_id", "at", "id"],
    )
    for table in TABLES:
        for name in ("approved_at", "ended_at"):
            column = sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            op.add_column(table, column)
        op.add_column(table, sa.Column("frozen_from", sa.String(32), nullable=True))
        count = sa.Column(
            "reminded_count", sa.Integer(), nullable=False, server_default="0"
        )
        op.add_column(table, count)
        rows = sa.table(
            table,
            *map(sa.column, ("state", "published_at", "changed_at")),
            *map(sa.column, ("approved_at", "ended_at")),
        )
        # Until now the office let each of them pass.
        op.execute(rows.update().values(approved_at=rows.c.published_at))
        is_over = rows.c.state.in_(("ended", "archived"))
        op.execute(rows.update().where(is_over).values(ended_at=rows.c.changed_at))


def downgrade():
    names = ("reminded_count", "frozen_from", "ended_at", "approved_at")
    for table in TABLES:
        for name in names:
            op.drop_column(table, name)
    op.drop_table("posting_changes")
