"""letters bear their writer, and their code is a step of verification"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BEFORE = ("register", "imprint", "call_back", "domain_mail")
CHECK = "ck_verification_checks_checkway"


def upgrade() -> None:
    with op.batch_alter_table("claim_letters") as batch_op:
        batch_op.add_column(sa.Column("made_by_id", sa.Integer(), nullable=True))
    # Only coordinators write them.
    op.execute(
        "UPDATE claim_letters SET made_by_id ="
        " (SELECT min(id) FROM users WHERE role = 'coordinator')"
    )
    with op.batch_alter_table("claim_letters") as batch_op:
        batch_op.alter_column("made_by_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(
            op.f("fk_claim_letters_made_by_id"), "users", ["made_by_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_claim_letters_made_by_id"), ["made_by_id"])
    _allow(*BEFORE, "claim_code")


def downgrade() -> None:
    op.execute("DELETE FROM verification_checks WHERE way = 'claim_code'")
    _allow(*BEFORE)
    with op.batch_alter_table("claim_letters") as batch_op:
        batch_op.drop_index(op.f("ix_claim_letters_made_by_id"))
        batch_op.drop_constraint(
            op.f("fk_claim_letters_made_by_id"), type_="foreignkey"
        )
        batch_op.drop_column("made_by_id")


def _allow(*ways: str) -> None:
    """Lets the column `way` hold these values; SQLite copies the table for it."""
    condition = f"way IN ({', '.join(map(repr, ways))})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(CHECK), "verification_checks", type_="check")
        op.create_check_constraint(op.f(CHECK), "verification_checks", condition)
        return
    table = _checks(condition)
    with op.batch_alter_table(
        "verification_checks", copy_from=table, recreate="always"
    ):
        pass


def _checks(condition: str) -> sa.Table:
    return sa.Table(
        "verification_checks",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('real', 'reached')",
            name=op.f("ck_verification_checks_verificationstep"),
        ),
        sa.CheckConstraint(condition, name=op.f(CHECK)),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["users.id"],
            name=op.f("fk_verification_checks_checked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_verification_checks_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_checks")),
        sa.UniqueConstraint(
            "organisation_id",
            "step",
            name=op.f("uq_verification_checks_organisation_id_step"),
        ),
        sa.Index(op.f("ix_verification_checks_checked_by_id"), "checked_by_id"),
    )
