"""in whose language is said what becomes of the rows of a file"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    locale = sa.Column("locale", sa.String(10), nullable=False, server_default="de")
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.add_column(locale)


def downgrade() -> None:
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_column("locale")
