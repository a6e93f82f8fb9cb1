"""seals on the entries of the record, which the database itself keeps as they are"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

# As the models have it: the database refuses to change an entry, or to drop one early.
_CHANGE = "CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries"
_DROP = "CREATE TRIGGER audit_entries_last BEFORE DELETE ON audit_entries"
_YOUNG = "SELECT 1 FROM audit_chains WHERE pruned_until >= OLD.at"
_REFUSED = "SELECT RAISE(ABORT, 'the record is never changed')"
_STAY = (
    "CREATE FUNCTION audit_entries_stay() RETURNS trigger AS $$ BEGIN"
    f" IF TG_OP = 'DELETE' THEN IF EXISTS ({_YOUNG}) THEN RETURN OLD; END IF; END IF;"
    " RAISE EXCEPTION 'the record is never changed'; END $$ LANGUAGE plpgsql"
)
_CALL = "FOR EACH ROW EXECUTE FUNCTION audit_entries_stay()"
STAY = {
    "sqlite": [
        f"{_CHANGE} BEGIN {_REFUSED}; END",
        f"{_DROP} WHEN NOT EXISTS ({_YOUNG}) BEGIN {_REFUSED}; END",
    ],
    "postgresql": [_STAY, f"{_CHANGE} {_CALL}", f"{_DROP} {_CALL}"],
}


def upgrade() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_seals_entry_id")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_seals_number")),
    )
    op.create_table(
        "audit_chains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_mark", sa.String(64), nullable=False),
        sa.Column("last_entry_id", sa.Integer(), nullable=False),
        sa.Column("pruned_number", sa.Integer(), nullable=False),
        sa.Column("pruned_mark", sa.String(64), nullable=False),
        sa.Column("pruned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("own_mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chains")),
    )
    for statement in STAY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entries_stay ON audit_entries")
        op.execute("DROP TRIGGER audit_entries_last ON audit_entries")
        op.execute("DROP FUNCTION audit_entries_stay")
    else:
        op.execute("DROP TRIGGER audit_entries_stay")
        op.execute("DROP TRIGGER audit_entries_last")
    op.drop_table("audit_chains")
    op.drop_table("audit_seals")
