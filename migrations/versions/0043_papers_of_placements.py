"""agreements, signatures, instructions, certificates and the key of badges"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

PARTIES = "('company', 'school', 'guardian', 'pupil')"
WAYS = "('screen', 'paper')"


def upgrade() -> None:
    _create_agreements()
    _create_signatures()
    _create_instructions()
    _create_certificates()


def downgrade() -> None:
    for name in (
        "signing_keys",
        "certificates",
        "instructions",
        "agreement_signatures",
        "agreements",
    ):
        op.drop_table(name)


def _moment(name: str, *, is_needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not is_needed)


def _id(table: str) -> tuple[sa.Column, sa.PrimaryKeyConstraint]:
    column = sa.Column("id", sa.Integer(), nullable=False)
    return column, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _to(table: str, column: str, other: str, **rest: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **rest)


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_{table}_{'_'.join(columns)}")
    return sa.UniqueConstraint(*columns, name=name)


def _create_agreements() -> None:
    name = "agreements"
    op.create_table(
        name,
        *_id(name),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _moment("made_at", is_needed=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        _moment("replaced_at"),
        _to(name, "application_id", "applications", ondelete="CASCADE"),
        _once(name, "application_id", "number"),
    )


def _create_signatures() -> None:
    name = "agreement_signatures"
    op.create_table(
        name,
        *_id(name),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(32), nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        _moment("at", is_needed=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("seen_by", sa.String(120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"party IN {PARTIES}", name=op.f(f"ck_{name}_party")),
        sa.CheckConstraint(f"way IN {WAYS}", name=op.f(f"ck_{name}_signatureway")),
        _to(name, "agreement_id", "agreements", ondelete="CASCADE"),
        _to(name, "user_id", "users"),
        _once(name, "agreement_id", "party"),
    )


def _create_instructions() -> None:
    name = "instructions"
    op.create_table(
        name,
        *_id(name),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("risks_assessed_on", sa.Date(), nullable=True),
        sa.Column("instructed_on", sa.Date(), nullable=True),
        sa.Column("guardians_told_on", sa.Date(), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        _moment("reminded_at"),
        _to(name, "application_id", "applications", ondelete="CASCADE"),
        _to(name, "noted_by_id", "users"),
        _once(name, "application_id"),
    )


def _create_certificates() -> None:
    name = "certificates"
    op.create_table(
        name,
        *_id(name),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        _to(name, "application_id", "applications", ondelete="SET NULL"),
        _once(name, "application_id"),
        _once(name, "code_hash"),
    )
    name = "signing_keys"
    op.create_table(
        name,
        *_id(name),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        _moment("made_at", is_needed=True),
        _once(name, "name"),
    )
