"""what was kept and went: runs of rules, notices, deletions, past placements"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

BASES = "('school', 'voluntary')"
STATES = (
    "('draft', 'waiting', 'refused', 'unapproved', 'open', 'waitlisted', 'offered', "
    "'confirmed', 'running', 'declined', 'unanswered', 'missed', 'withdrawn', "
    "'cancelled_by_pupil', 'cancelled_by_company', 'broken_off', 'attended', "
    "'partly', 'excused', 'no_show')"
)


def upgrade() -> None:
    op.create_table(
        "rule_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_runs")),
        sa.UniqueConstraint("rule", name=op.f("uq_rule_runs_rule")),
    )
    op.create_table(
        "leave_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_leave_notices_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_notices")),
        sa.UniqueConstraint("user_id", name=op.f("uq_leave_notices_user_id")),
    )
    op.create_table(
        "deletions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(64), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
    )
    op.create_index(op.f("ix_deletions_at"), "deletions", ["at"])
    op.create_table(
        "past_placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"basis IN {BASES}", name=op.f("ck_past_placements_basis")),
        sa.CheckConstraint(
            f"state IN {STATES}", name=op.f("ck_past_placements_applicationstate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_placements")),
        sa.UniqueConstraint(
            "school_year",
            "basis",
            "state",
            name=op.f("uq_past_placements_school_year_basis_state"),
        ),
    )


def downgrade() -> None:
    for table in ("past_placements", "deletions", "leave_notices", "rule_runs"):
        op.drop_table(table)
