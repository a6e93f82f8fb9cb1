"""an address that is wrong, or whose name is nobody's, is not one that is barred"""

from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

BEFORE = ("unasked", "alive", "gone", "silent", "barred")
AFTER = ("unasked", "alive", "gone", "silent", "faulty", "unknown", "barred")
CHECK = "ck_checked_links_linkstate"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute(
        "UPDATE checked_links SET state = 'barred' WHERE state IN ('faulty', 'unknown')"
    )
    _allow(BEFORE)


def _allow(states) -> None:
    allowed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("checked_links", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"state IN ({allowed})")
