"""lines keep what partnerships took of them"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLES = ("need_lines", "give_lines")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table,
            sa.Column("taken", sa.Integer(), nullable=False, server_default="0"),
        )
        rows = sa.table(
            table, sa.column("taken"), sa.column("quantity"), sa.column("open_quantity")
        )
        op.execute(
            sa.update(rows)
            .where(rows.c.quantity.is_not(None), rows.c.open_quantity.is_not(None))
            .values(taken=rows.c.quantity - rows.c.open_quantity)
        )


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN taken")
