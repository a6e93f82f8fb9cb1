"""introductions keep lines, numbers, words, releases and a log"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SIDES = "('provider', 'company', 'coordination', 'program')"
KINDS = "('money', 'material', 'venue', 'people', 'visits', 'internships')"


def upgrade() -> None:
    with op.batch_alter_table("introductions") as batch_op:
        for column in _columns():
            batch_op.add_column(column)
        batch_op.create_index(op.f("ix_introductions_todo_at"), ["todo_at"])
    # What was agreed before there were partnerships takes no capacity.
    op.execute("UPDATE introductions SET arranged_at = ended_at WHERE state = 'agreed'")
    _create_lines()
    _create_releases()
    _create_events()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER introduction_events_stay ON introduction_events")
        op.execute("DROP FUNCTION introduction_events_stay")
    op.drop_table("introduction_events")
    op.drop_table("introduction_releases")
    op.drop_table("introduction_lines")
    with op.batch_alter_table("introductions") as batch_op:
        batch_op.drop_index(op.f("ix_introductions_todo_at"))
        for column in _columns():
            batch_op.drop_column(column.name)


def _columns() -> list[sa.Column]:
    return [
        sa.Column(
            "is_from_digest", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
        sa.Column("declined_over", sa.String(64), nullable=False, server_default=""),
        sa.Column("parts", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("weights_version", sa.String(32), nullable=False, server_default=""),
        sa.Column("first_words", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("message", sa.String(300), nullable=False, server_default=""),
        sa.Column("override_reason", sa.String(200), nullable=False, server_default=""),
        sa.Column("todo_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _create_lines() -> None:
    op.create_table(
        "introduction_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("need_line_id", sa.Integer(), nullable=True),
        sa.Column("give_line_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_introduction_lines_quantity_is_positive")
        ),
        sa.CheckConstraint(
            f"kind IN {KINDS}", name=op.f("ck_introduction_lines_linekind")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introductions.id"],
            name=op.f("fk_introduction_lines_introduction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["need_line_id"],
            ["need_lines.id"],
            name=op.f("fk_introduction_lines_need_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["give_line_id"],
            ["give_lines.id"],
            name=op.f("fk_introduction_lines_give_line_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_lines")),
    )
    for column in ("introduction_id", "need_line_id", "give_line_id"):
        op.create_index(
            op.f(f"ix_introduction_lines_{column}"), "introduction_lines", [column]
        )


def _create_releases() -> None:
    op.create_table(
        "introduction_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            f"side IN {SIDES}", name=op.f("ck_introduction_releases_side")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introductions.id"],
            name=op.f("fk_introduction_releases_introduction_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_releases")),
        sa.UniqueConstraint(
            "introduction_id",
            "side",
            name=op.f("uq_introduction_releases_introduction_id_side"),
        ),
    )
    op.execute(
        "INSERT INTO introduction_releases (introduction_id, side, released_at)"
        " SELECT id, 'provider', ended_at FROM introductions WHERE state = 'agreed'"
        " UNION SELECT id, 'company', ended_at FROM introductions"
        " WHERE state = 'agreed'"
    )


def _create_events() -> None:
    op.create_table(
        "introduction_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("to_side", sa.String(32), nullable=True),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.CheckConstraint(
            f"side IN {SIDES}", name=op.f("ck_introduction_events_side")
        ),
        sa.CheckConstraint(
            f"to_side IN {SIDES}", name=op.f("ck_introduction_events_to_side")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introductions.id"],
            name=op.f("fk_introduction_events_introduction_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_events")),
    )
    op.create_index(
        op.f("ix_introduction_events_introduction_id"),
        "introduction_events",
        ["introduction_id"],
    )
    for statement in STAY[op.get_bind().dialect.name]:
        op.execute(statement)


# As the models have it: the database itself refuses to change a row of the log.
_ON_CHANGE = (
    "CREATE TRIGGER introduction_events_stay BEFORE UPDATE ON introduction_events"
)
_SQLITE = "BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END"
_FUNCTION = (
    "CREATE FUNCTION introduction_events_stay() RETURNS trigger AS $$ BEGIN"
    " RAISE EXCEPTION 'a log is never changed'; END $$ LANGUAGE plpgsql"
)
_POSTGRESQL = "FOR EACH ROW EXECUTE FUNCTION introduction_events_stay()"
STAY = {
    "sqlite": [f"{_ON_CHANGE} {_SQLITE}"],
    "postgresql": [_FUNCTION, f"{_ON_CHANGE} {_POSTGRESQL}"],
}
