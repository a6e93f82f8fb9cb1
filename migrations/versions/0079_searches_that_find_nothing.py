"""how many pupils' searches find nothing, beside those who got no place"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

NAME = "pupil_gaps"
BEFORE, AFTER = ("quarter", "area", "topic"), ("quarter", "source", "area", "topic")


def upgrade() -> None:
    source = sa.Enum(
        *("unplaced", "search"),
        name="pupilsource",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    with op.batch_alter_table(NAME, schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", source, server_default="unplaced", nullable=False)
        )
    with op.batch_alter_table(NAME, schema=None) as batch_op:
        batch_op.alter_column("source", server_default=None)
    _let_be_unique(AFTER, instead_of=BEFORE)


def downgrade() -> None:
    op.execute("DELETE FROM pupil_gaps WHERE source <> 'unplaced' OR topic = '-'")
    _let_be_unique(BEFORE, instead_of=AFTER)
    with op.batch_alter_table(NAME, schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_pupil_gaps_pupilsource"), type_="check")
        batch_op.drop_column("source")


def _let_be_unique(columns: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    with op.batch_alter_table(NAME, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_named(instead_of)), type_="unique")
        batch_op.create_unique_constraint(op.f(_named(columns)), list(columns))


def _named(columns: tuple[str, ...]) -> str:
    return f"uq_{NAME}_{'_'.join(columns)}"
