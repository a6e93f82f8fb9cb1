"""products have an order"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "products", sa.Column("rank", sa.Integer(), nullable=False, server_default="0")
    )
    # As they stood until now: the older one in front.
    op.execute("UPDATE products SET rank = id")


def downgrade() -> None:
    op.execute("ALTER TABLE products DROP COLUMN rank")
