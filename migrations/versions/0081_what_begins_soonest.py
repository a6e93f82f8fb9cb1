"""internships read in the order in which they begin"""

from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

NAME = "ix_periods_starts_on_internship_id"


def upgrade() -> None:
    op.create_index(op.f(NAME), "periods", ["starts_on", "internship_id"])


def downgrade() -> None:
    op.drop_index(op.f(NAME), "periods")
