"""schools see what they are shown"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column(
        "is_shown_to_school", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("applications", column)


def downgrade() -> None:
    op.drop_column("applications", "is_shown_to_school")
