"""lists of the office that the worker looks at"""

from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

BEFORE = ("chosen", "waiting", "taking", "done", "refused")
AFTER = ("looking", *BEFORE)
CHECK = "ck_uploads_uploadstate"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute("UPDATE uploads SET state = 'chosen' WHERE state = 'looking'")
    _allow(BEFORE)


def _allow(states) -> None:
    allowed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"state IN ({allowed})")
