"""lists count by their index, without opening the postings"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLES = ("internships", "offers", "sponsorships")
ORDER = ("is_in_lists", "is_bookable", "published_at", "id")


def upgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_{'_'.join(ORDER)}", table)
        op.create_index(f"ix_{table}_in_lists", table, [*ORDER, "organisation_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_in_lists", table)
        op.create_index(f"ix_{table}_{'_'.join(ORDER)}", table, [*ORDER])
