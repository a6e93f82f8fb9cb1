"""reasons in each language"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INTRODUCTIONS = sa.table(
    "introductions", sa.column("id", sa.Integer), sa.column("reasons", sa.JSON)
)


def upgrade() -> None:
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entries_thing_id"), ["thing", "id"], unique=False
        )
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.drop_column("message")
    _change_reasons(lambda old: {"de": old} if "provider" in old else old)


def downgrade() -> None:
    _change_reasons(lambda new: new.get("de", new))
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("message", sa.String(600), nullable=False, server_default="")
        )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_thing_id"))


def _change_reasons(change) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(INTRODUCTIONS)).all()
    for number, reasons in rows:
        connection.execute(
            sa.update(INTRODUCTIONS)
            .where(INTRODUCTIONS.c.id == number)
            .values(reasons=change(reasons))
        )
