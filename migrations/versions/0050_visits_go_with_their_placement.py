"""visits go with their placement"""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

KEY = "fk_visits_application_id"


def upgrade() -> None:
    put(ondelete="CASCADE")


def downgrade() -> None:
    put(ondelete=None)


def put(*, ondelete: str | None) -> None:
    with op.batch_alter_table("visits") as batch:
        batch.drop_constraint(KEY, type_="foreignkey")
        batch.create_foreign_key(
            KEY, "applications", ["application_id"], ["id"], ondelete=ondelete
        )
