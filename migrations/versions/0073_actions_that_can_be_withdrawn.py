"""actions that the office writes, shows and withdraws"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_public", sa.Boolean(), server_default=sa.true(), nullable=False
            )
        )


def downgrade() -> None:
    # What nobody was to see would be shown: it goes, with what hangs on it.
    op.execute(
        "DELETE FROM existences WHERE action_id IN "
        "(SELECT id FROM actions WHERE NOT is_public)"
    )
    op.execute(
        "DELETE FROM search_entries WHERE kind = 'action' AND thing_id IN "
        "(SELECT id FROM actions WHERE NOT is_public)"
    )
    op.execute("DELETE FROM actions WHERE NOT is_public")
    op.execute("DELETE FROM posting_changes WHERE kind = 'action'")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_column("is_public")
