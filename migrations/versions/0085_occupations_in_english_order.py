"""occupations in the order of their English names

`market db upgrade` fills the names in afterwards, as it does the occupations.
"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

INDEX = "ix_occupations_sort_title_en"


def upgrade() -> None:
    name = sa.Column("sort_title_en", sa.String(160), nullable=False, server_default="")
    with op.batch_alter_table("occupations", schema=None) as batch_op:
        batch_op.add_column(name)
        batch_op.create_index(batch_op.f(INDEX), ["sort_title_en"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("occupations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f(INDEX))
        batch_op.drop_column("sort_title_en")
