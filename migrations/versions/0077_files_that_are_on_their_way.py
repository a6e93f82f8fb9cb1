"""files of organisations that are on their way: how far, and how they are taken"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

TABLE, CHECK = "takeovers", "ck_takeovers_takeoverstate"
BEFORE, AFTER = ("chosen", "done"), ("reading", "chosen", "taking", "done")


def upgrade() -> None:
    columns = (
        sa.Column("locale", sa.String(length=10), nullable=False, server_default="de"),
        sa.Column("entry_count", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("done_count", sa.Integer(), nullable=False, server_default="0"),
        sa.Column(
            "is_submitted", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
        sa.Column("fates", sa.JSON(), nullable=False, server_default="{}"),
    )
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        for column in columns:
            batch_op.add_column(column)
    _allow(AFTER)


def downgrade() -> None:
    # What is on its way waits for a click; taken over twice, nothing is there twice.
    op.execute(
        "UPDATE takeovers SET state = 'chosen' WHERE state IN ('reading', 'taking')"
    )
    _allow(BEFORE)
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        for name in ("fates", "is_submitted", "done_count", "entry_count", "locale"):
            batch_op.drop_column(name)


def _allow(states) -> None:
    allowed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"state IN ({allowed})")
