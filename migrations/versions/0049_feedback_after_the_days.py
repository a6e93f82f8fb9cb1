"""feedback after the days, without names"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_requests")),
        sa.CheckConstraint(
            "side IN ('pupil', 'company', 'school')",
            name=op.f("ck_feedback_requests_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_feedback_requests_application_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "application_id",
            "side",
            name=op.f("uq_feedback_requests_application_id_side"),
        ),
    )
    op.create_index(
        op.f("ix_feedback_requests_side_is_answered"),
        "feedback_requests",
        ["side", "is_answered"],
    )
    op.create_table(
        "feedback_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("state_code", sa.String(32), nullable=True),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("third", sa.Integer(), nullable=False),
        sa.Column("fourth", sa.Integer(), nullable=False),
        sa.Column("fifth", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_answers")),
        sa.CheckConstraint(
            "side IN ('pupil', 'company', 'school')",
            name=op.f("ck_feedback_answers_asked"),
        ),
        sa.CheckConstraint(
            "basis IN ('school', 'voluntary')", name=op.f("ck_feedback_answers_basis")
        ),
        sa.CheckConstraint(
            "state_code IN ('SN', 'ST', 'TH')",
            name=op.f("ck_feedback_answers_federalstate"),
        ),
        sa.CheckConstraint(
            "fifth BETWEEN 1 AND 4", name=op.f("ck_feedback_answers_fifth_is_a_mark")
        ),
        sa.CheckConstraint(
            "first BETWEEN 1 AND 4", name=op.f("ck_feedback_answers_first_is_a_mark")
        ),
        sa.CheckConstraint(
            "fourth BETWEEN 1 AND 4", name=op.f("ck_feedback_answers_fourth_is_a_mark")
        ),
        sa.CheckConstraint(
            "side = 'pupil' OR words = ''",
            name=op.f("ck_feedback_answers_only_pupils_have_words"),
        ),
        sa.CheckConstraint(
            "second BETWEEN 1 AND 4", name=op.f("ck_feedback_answers_second_is_a_mark")
        ),
        sa.CheckConstraint(
            "third BETWEEN 1 AND 4", name=op.f("ck_feedback_answers_third_is_a_mark")
        ),
    )
    op.create_index(
        op.f("ix_feedback_answers_side_month"), "feedback_answers", ["side", "month"]
    )


def downgrade() -> None:
    op.drop_table("feedback_answers")
    op.drop_table("feedback_requests")
