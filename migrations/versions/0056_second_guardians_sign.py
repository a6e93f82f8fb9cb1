"""of two guardians each signs an agreement"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

NAME = "agreement_signatures"
CHECK = f"ck_{NAME}_party"
BEFORE = ("company", "school", "guardian", "pupil")
AFTER = ("company", "school", "guardian", "second_guardian", "pupil")
WAYS = ("screen", "paper")


def upgrade() -> None:
    _allow(*AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM agreement_signatures WHERE party = 'second_guardian'")
    _allow(*BEFORE)


def _allow(*parties: str) -> None:
    """Lets the column `party` hold these values; SQLite copies the table for it."""
    condition = f"party IN ({', '.join(map(repr, parties))})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(CHECK), NAME, type_="check")
        op.create_check_constraint(op.f(CHECK), NAME, condition)
        return
    table = _signatures(condition)
    with op.batch_alter_table(NAME, copy_from=table, recreate="always"):
        pass


def _signatures(condition: str) -> sa.Table:
    return sa.Table(
        NAME,
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(32), nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("seen_by", sa.String(120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.CheckConstraint(condition, name=op.f(CHECK)),
        sa.CheckConstraint(f"way IN {WAYS}", name=op.f(f"ck_{NAME}_signatureway")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreements.id"],
            name=op.f(f"fk_{NAME}_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f(f"fk_{NAME}_user_id")
        ),
        sa.UniqueConstraint(
            "agreement_id", "party", name=op.f(f"uq_{NAME}_agreement_id_party")
        ),
    )
