"""messages about applications, and who ended or read them"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("stopped_by_pupil_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by_guardian_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pupil_seen_id", sa.Integer(), nullable=False),
        sa.Column("guardian_seen_id", sa.Integer(), nullable=False),
        sa.Column("company_seen_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_conversations_application_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "application_id", name=op.f("uq_conversations_application_id")
        ),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("circle", sa.String(32), nullable=False),
        sa.Column("speaker", sa.String(32), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("phrase", sa.String(32), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("things", sa.BigInteger(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.CheckConstraint(
            "circle IN ('pupil', 'guardian')", name=op.f("ck_messages_circle")
        ),
        sa.CheckConstraint(
            "speaker <> 'company' OR circle <> 'pupil' OR words = ''",
            name=op.f("ck_messages_no_free_words_to_a_pupil"),
        ),
        sa.CheckConstraint(
            "phrase IN ('where', 'clothing', 'hours', 'who', 'lunch', 'tasks', 'visit', 'friend', 'thanks', 'first_day', 'bring', 'daily_hours', 'supervisor', 'lunch_own', 'lunch_here', 'as_posted', 'come_before', 'not_before', 'together', 'alone', 'ask_home')",
            name=op.f("ck_messages_phrase"),
        ),
        sa.CheckConstraint(
            "phrase IS NOT NULL OR words <> ''", name=op.f("ck_messages_says_something")
        ),
        sa.CheckConstraint(
            "speaker IN ('pupil', 'guardian', 'company')",
            name=op.f("ck_messages_speaker"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_messages_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_messages_author_id"),
            ondelete="SET NULL",
        ),
    )
    op.create_index(
        op.f("ix_messages_application_id_id"), "messages", ["application_id", "id"]
    )
    op.create_table(
        "message_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_readings")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_message_readings_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["users.id"], name=op.f("fk_message_readings_reader_id")
        ),
    )
    op.create_index(
        op.f("ix_message_readings_application_id_reader_id_at"),
        "message_readings",
        ["application_id", "reader_id", "at"],
    )


def downgrade() -> None:
    op.drop_table("message_readings")
    op.drop_table("messages")
    op.drop_table("conversations")
