"""classes of schools"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school_classes",
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("class_level", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("full_time_ends_on", sa.Date()),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "class_level BETWEEN 5 AND 13", name=op.f("ck_school_classes_class_level")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_school_classes_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_classes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_school_classes_code_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_school_classes_public_id")),
    )
    op.create_index(
        op.f("ix_school_classes_school_id_school_year"),
        "school_classes",
        ["school_id", "school_year"],
    )
    op.create_table(
        "class_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["school_classes.id"], name=op.f("fk_class_members_class_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_class_members_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_members")),
        sa.UniqueConstraint("user_id", name=op.f("uq_class_members_user_id")),
    )
    op.create_index(op.f("ix_class_members_class_id"), "class_members", ["class_id"])
    op.create_table(
        "class_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "block",
                "weekly_day",
                "fortnightly_day",
                "single_days",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f("ck_class_periods_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["school_classes.id"], name=op.f("fk_class_periods_class_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_periods")),
    )
    op.create_index(op.f("ix_class_periods_class_id"), "class_periods", ["class_id"])
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_visits_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("application_id", name=op.f("uq_visits_application_id")),
    )


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_table("class_periods")
    op.drop_table("class_members")
    op.drop_table("school_classes")
