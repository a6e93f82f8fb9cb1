"""staff and terms of schools"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "movable",
                "named",
                name="daykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f("ck_school_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_school_days_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_days")),
    )
    op.create_index(op.f("ix_school_days_school_id"), "school_days", ["school_id"])
    op.create_table(
        "staff_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_staff_requests_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_staff_requests_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_requests")),
        sa.UniqueConstraint("user_id", name=op.f("uq_staff_requests_user_id")),
    )
    op.create_index(
        op.f("ix_staff_requests_school_id"), "staff_requests", ["school_id"]
    )
    for column in (
        sa.Column("email", sa.String(254), nullable=False, server_default=""),
        sa.Column("mail_domain", sa.String(120), nullable=False, server_default=""),
        sa.Column(
            "is_limit_raised", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
        sa.Column("notice_weeks", sa.Integer()),
    ):
        op.add_column("schools", column)


def downgrade() -> None:
    for name in ("notice_weeks", "is_limit_raised", "mail_domain", "email"):
        op.drop_column("schools", name)
    op.drop_table("staff_requests")
    op.drop_table("school_days")
