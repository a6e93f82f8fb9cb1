"""two guardians, the eve and attendance of placements"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MARKS = "('present', 'late', 'excused', 'absent')"
REPLIES = "('was_there', 'was_on_time', 'had_told')"


def upgrade() -> None:
    for column in (
        sa.Column(
            "second_guardian_name", sa.String(120), nullable=False, server_default=""
        ),
        sa.Column(
            "second_guardian_email", sa.String(254), nullable=False, server_default=""
        ),
        sa.Column("guardians_asked", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("second_code_hash", sa.String(64), nullable=True),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("eve_told_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("applications", column)
    op.create_index(
        "uq_applications_second_code_hash",
        "applications",
        ["second_code_hash"],
        unique=True,
    )
    op.create_index(
        "ix_applications_second_guardian_email",
        "applications",
        ["second_guardian_email"],
    )
    op.add_column(
        "approvals",
        sa.Column("guardian_no", sa.Integer(), nullable=False, server_default="1"),
    )
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("presence", sa.String(32), nullable=False),
        sa.Column("contradiction", sa.String(32), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            f"presence IN {MARKS}", name=op.f("ck_attendances_presence")
        ),
        sa.CheckConstraint(
            f"contradiction IN {REPLIES}", name=op.f("ck_attendances_contradiction")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_attendances_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint(
            "application_id", "day", name=op.f("uq_attendances_application_id_day")
        ),
    )


def downgrade() -> None:
    op.drop_table("attendances")
    op.execute("ALTER TABLE approvals DROP COLUMN guardian_no")
    op.drop_index("ix_applications_second_guardian_email", "applications")
    op.drop_index("uq_applications_second_code_hash", "applications")
    for column in (
        *("eve_told_at", "nudged_at", "second_code_hash", "guardians_asked"),
        *("second_guardian_email", "second_guardian_name"),
    ):
        op.execute(f"ALTER TABLE applications DROP COLUMN {column}")
