"""two guardians say yes to the list of a round, by letter or on paper"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

ENTRIES, CONSENTS = "round_entries", "round_consents"
ONE = "uq_round_consents_entry_id_organisation_id"
EACH = f"{ONE}_guardian_no"


def upgrade() -> None:
    with op.batch_alter_table(ENTRIES) as batch:
        batch.add_column(_text("second_guardian_name", 120))
        batch.add_column(_text("second_guardian_email", 254))
        batch.add_column(_number("guardians_asked"))
        batch.create_index(
            op.f("ix_round_entries_second_guardian_email"), ["second_guardian_email"]
        )
    with op.batch_alter_table(CONSENTS) as batch:
        batch.add_column(_number("guardian_no"))
        batch.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        batch.drop_constraint(op.f(ONE), type_="unique")
        batch.create_unique_constraint(
            op.f(EACH), ["entry_id", "organisation_id", "guardian_no"]
        )


def downgrade() -> None:
    op.execute("DELETE FROM round_consents WHERE guardian_no > 1")
    with op.batch_alter_table(CONSENTS) as batch:
        batch.drop_constraint(op.f(EACH), type_="unique")
        batch.create_unique_constraint(op.f(ONE), ["entry_id", "organisation_id"])
        batch.drop_column("signed_on")
        batch.drop_column("guardian_no")
    with op.batch_alter_table(ENTRIES) as batch:
        batch.drop_index(op.f("ix_round_entries_second_guardian_email"))
        batch.drop_column("guardians_asked")
        batch.drop_column("second_guardian_email")
        batch.drop_column("second_guardian_name")


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="1")
