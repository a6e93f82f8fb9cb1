"""places that were lawful once and break a rule by now"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

INDEX = "ix_applications_breached_at"


def upgrade() -> None:
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("breach", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.create_index(op.f(INDEX), ["breached_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(op.f(INDEX))
        batch_op.drop_column("breached_at")
        batch_op.drop_column("breach")
