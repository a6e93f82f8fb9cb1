"""clearing rounds: seats, entries, wishes, consents, frozen lists, results"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

STATES = "('draft', 'open', 'frozen', 'cleared', 'published', 'done')"
SCOPES = "('school', 'district', 'region')"
RULES = "('lot_fair', 'most_places')"
WAYS = "('letter', 'account', 'paper')"
TABLES = (
    *("rounds", "round_seats", "round_entries", "round_wishes", "round_consents"),
    *("round_lists", "round_results", "round_outcomes"),
)


def upgrade() -> None:
    _create_rounds()
    _create_seats()
    _create_entries()
    _create_wishes()
    _create_consents()
    _create_rows()


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)


def _number(name: str, *, is_needed: bool = True) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=not is_needed)


def _words(name: str, length: int, *, is_needed: bool = True) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=not is_needed)


def _moment(name: str, *, is_needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not is_needed)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _to(table: str, column: str, other: str, **rest: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **rest)


def _of_round(table: str) -> sa.ForeignKeyConstraint:
    return _to(table, "round_id", "rounds", ondelete="CASCADE")


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_{table}_{'_'.join(columns)}")
    return sa.UniqueConstraint(*columns, name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _create_rounds() -> None:
    name = "rounds"
    op.create_table(
        name,
        _words("public_id", 10),
        _number("id"),
        _words("title", 80),
        _words("scope", 32),
        _number("school_id", is_needed=False),
        _words("district_ags", 5, is_needed=False),
        _words("basis", 32),
        _words("rule", 32),
        _moment("opens_at", is_needed=True),
        _moment("closes_at", is_needed=True),
        _words("beacon_name", 160),
        _words("beacon", 160),
        sa.Column("seed", sa.LargeBinary(), nullable=True),
        _words("commit_hash", 64, is_needed=False),
        sa.Column("past_commits", sa.JSON(), nullable=False),
        _words("lists_hash", 64, is_needed=False),
        _words("late_lists_hash", 64, is_needed=False),
        _words("state", 32),
        _moment("announced_at"),
        _moment("published_at"),
        _moment("confirm_until"),
        sa.Column("seats_row", sa.LargeBinary(), nullable=True),
        sa.Column("late_seats_row", sa.LargeBinary(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        _number("version"),
        _check(name, "opens_before_it_closes", "opens_at < closes_at"),
        _check(
            name,
            "a_school_for_a_school",
            "(scope = 'school') = (school_id IS NOT NULL)",
        ),
        _check(
            name,
            "a_district_for_one",
            "(scope = 'district') = (district_ags IS NOT NULL)",
        ),
        _check(name, "roundscope", f"scope IN {SCOPES}"),
        _check(name, "basis", "basis IN ('school', 'voluntary')"),
        _check(name, "rule", f"rule IN {RULES}"),
        _check(name, "roundstate", f"state IN {STATES}"),
        _to(name, "school_id", "schools"),
        _key(name),
        _once(name, "public_id"),
    )
    _index(name, "state", "closes_at")
    _index(name, "school_id")


def _create_seats() -> None:
    name = "round_seats"
    op.create_table(
        name,
        _number("id"),
        _number("round_id"),
        _number("seat_no"),
        _number("period_id"),
        _number("capacity"),
        _number("minimum", is_needed=False),
        sa.Column("criteria", sa.BigInteger(), nullable=False),
        _number("km", is_needed=False),
        _moment("entered_at", is_needed=True),
        _check(name, "capacity", "capacity BETWEEN 1 AND 500"),
        _check(name, "minimum", "minimum BETWEEN 1 AND capacity"),
        _check(name, "km", "km IN (10, 25, 50)"),
        _of_round(name),
        _to(name, "period_id", "periods", ondelete="CASCADE"),
        _key(name),
        _once(name, "round_id", "seat_no"),
        _once(name, "round_id", "period_id"),
    )
    _index(name, "period_id")


def _create_entries() -> None:
    name = "round_entries"
    op.create_table(
        name,
        _words("public_id", 10),
        _number("id"),
        _number("round_id"),
        _number("pupil_id"),
        _moment("joined_at", is_needed=True),
        _number("class_level"),
        sa.Column("free_from", sa.Date(), nullable=True),
        sa.Column("free_to", sa.Date(), nullable=True),
        _words("friend_code", 10),
        _words("guardian_name", 120),
        _words("guardian_email", 254),
        sa.Column("guardian_phone", sa.LargeBinary(), nullable=True),
        _number("holiday_days_used"),
        _moment("saved_at"),
        _moment("asked_at"),
        _words("asked_from_hash", 64, is_needed=False),
        _number("application_id", is_needed=False),
        _number("told_run"),
        _words("trouble", 300),
        _of_round(name),
        _to(name, "pupil_id", "users", ondelete="CASCADE"),
        _to(name, "application_id", "applications", ondelete="SET NULL"),
        _key(name),
        _once(name, "public_id"),
        _once(name, "round_id", "pupil_id"),
    )
    for column in ("pupil_id", "guardian_email", "application_id"):
        _index(name, column)


def _create_wishes() -> None:
    name = "round_wishes"
    op.create_table(
        name,
        _number("id"),
        _number("entry_id"),
        _number("seat_id"),
        _number("tier"),
        _number("pos"),
        _check(name, "tier", "tier BETWEEN 1 AND 999"),
        _to(name, "entry_id", "round_entries", ondelete="CASCADE"),
        _to(name, "seat_id", "round_seats", ondelete="CASCADE"),
        _key(name),
        _once(name, "entry_id", "seat_id"),
    )
    _index(name, "seat_id")


def _create_consents() -> None:
    name = "round_consents"
    op.create_table(
        name,
        _number("id"),
        _number("entry_id"),
        _number("organisation_id"),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        _words("way", 32),
        _moment("at", is_needed=True),
        _words("guardian_name", 120),
        _words("address", 254),
        _number("user_id", is_needed=False),
        _words("text_version", 20),
        _check(name, "approvalway", f"way IN {WAYS}"),
        _to(name, "entry_id", "round_entries", ondelete="CASCADE"),
        _to(name, "organisation_id", "organisations", ondelete="CASCADE"),
        _to(name, "user_id", "users", ondelete="SET NULL"),
        _key(name),
        _once(name, "entry_id", "organisation_id"),
    )
    for column in ("organisation_id", "user_id"):
        _index(name, column)


def _create_rows() -> None:
    own: dict[str, list[sa.Column]] = {
        "round_lists": [
            _words("pupil_code", 10),
            sa.Column("row", sa.LargeBinary(), nullable=False),
        ],
        "round_results": [
            _words("pupil_code", 10),
            _number("seat_no", is_needed=False),
            _number("tier"),
            _number("lot_rank"),
            sa.Column("waiting", sa.Text(), nullable=True),
        ],
        "round_outcomes": [
            *map(_number, ("seat_no", "capacity", "minimum", "wish_count")),
            _number("held_count"),
            sa.Column("is_closed", sa.Boolean(), nullable=False),
            _number("cutoff_missed", is_needed=False),
            _number("cutoff_lot", is_needed=False),
        ],
    }
    for name, columns in own.items():
        op.create_table(
            name,
            *(_number("id"), _number("round_id"), _number("run"), *columns),
            *(_of_round(name), _key(name)),
            _once(name, "round_id", "run", columns[0].name),
        )
