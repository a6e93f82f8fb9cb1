"""contact and languages"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # By hand: a batch would make the table anew, and others point to it.
    op.execute(
        "ALTER TABLE organisations ADD COLUMN languages BIGINT NOT NULL DEFAULT 0"
    )
    op.execute(
        "ALTER TABLE organisations ADD COLUMN contact_way VARCHAR(32) NOT NULL"
        " DEFAULT 'brokered' CONSTRAINT ck_organisations_contactway"
        " CHECK (contact_way IN ('brokered', 'public'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE organisations DROP COLUMN contact_way")
    op.execute("ALTER TABLE organisations DROP COLUMN languages")
