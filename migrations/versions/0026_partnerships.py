"""partnerships, their lines, and how both found them"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SIDES = "('provider', 'company', 'coordination', 'program')"
KINDS = "('money', 'material', 'venue', 'people', 'visits', 'internships')"
WISHES = "('renew', 'change', 'end')"
CODES = "('plans', 'capacity', 'money', 'no_contact', 'unsuitable', 'other')"
STATES = "('arranging', 'active', 'done', 'ended_early')"
RUNNING = sa.text("state IN ('arranging','active')")


def upgrade() -> None:
    _create_partnerships()
    _create_lines()
    _create_feedback()


def downgrade() -> None:
    op.drop_table("partnership_feedback")
    op.drop_table("partnership_lines")
    op.drop_table("partnerships")


def _moment(name: str, *, is_needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not is_needed)


def _choice(table: str, column: str, values: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN {values}", name=op.f(f"ck_{table}_{name}"))


def _to(table: str, column: str, other: str, **rest: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **rest)


def _create_partnerships() -> None:
    name = "partnerships"
    op.create_table(
        name,
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        _moment("created_at", is_needed=True),
        _moment("due_at", is_needed=True),
        sa.Column("reminded_count", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        _moment("provider_ok_at"),
        _moment("company_ok_at"),
        _moment("active_at"),
        sa.Column("value_eur", sa.Integer(), nullable=True),
        sa.Column("is_shown_by_provider", sa.Boolean(), nullable=False),
        sa.Column("is_shown_by_company", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(120), nullable=False),
        _moment("renewal_asked_at"),
        sa.Column("provider_renewal", sa.String(32), nullable=True),
        sa.Column("company_renewal", sa.String(32), nullable=True),
        sa.Column("asked_count", sa.Integer(), nullable=False),
        _moment("ended_at"),
        sa.Column("end_side", sa.String(32), nullable=True),
        sa.Column("end_code", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _choice(name, "state", STATES, "partnershipstate"),
        _choice(name, "provider_renewal", WISHES, "provider_renewal"),
        _choice(name, "company_renewal", WISHES, "company_renewal"),
        _choice(name, "end_side", SIDES, "side"),
        _choice(name, "end_code", CODES, "endcode"),
        sa.CheckConstraint(
            "valid_from <= valid_to", name=op.f("ck_partnerships_days_are_in_order")
        ),
        sa.CheckConstraint(
            "value_eur > 0", name=op.f("ck_partnerships_value_is_positive")
        ),
        _to(name, "introduction_id", "introductions"),
        _to(name, "provider_id", "organisations"),
        _to(name, "company_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerships")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnerships_public_id")),
    )
    op.create_index(
        "uq_partnerships_running",
        name,
        ["introduction_id"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    op.create_index(op.f("ix_partnerships_state_valid_to"), name, ["state", "valid_to"])
    for column in ("introduction_id", "provider_id", "company_id"):
        op.create_index(op.f(f"ix_partnerships_{column}"), name, [column])


def _create_lines() -> None:
    name = "partnership_lines"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("need_line_id", sa.Integer(), nullable=True),
        sa.Column("give_line_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("need_taken", sa.Integer(), nullable=False),
        sa.Column("give_taken", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_partnership_lines_quantity_is_positive")
        ),
        _choice(name, "kind", KINDS, "linekind"),
        _to(name, "partnership_id", "partnerships"),
        _to(name, "need_line_id", "need_lines", ondelete="SET NULL"),
        _to(name, "give_line_id", "give_lines", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_lines")),
    )
    for column in ("partnership_id", "need_line_id", "give_line_id"):
        op.create_index(op.f(f"ix_partnership_lines_{column}"), name, [column])


def _create_feedback() -> None:
    name = "partnership_feedback"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("moment", sa.String(32), nullable=False),
        sa.Column("took_place", sa.Boolean(), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("would_again", sa.Boolean(), nullable=False),
        _moment("given_at", is_needed=True),
        _choice(name, "side", SIDES, "side"),
        _choice(name, "moment", "('first', 'end')", "moment"),
        sa.CheckConstraint(
            "useful BETWEEN 1 AND 4",
            name=op.f("ck_partnership_feedback_useful_is_a_mark"),
        ),
        _to(name, "partnership_id", "partnerships"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_feedback")),
        sa.UniqueConstraint(
            "partnership_id",
            "side",
            "moment",
            name=op.f("uq_partnership_feedback_partnership_id_side_moment"),
        ),
    )
