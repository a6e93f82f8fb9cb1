"""saved searches of other lists than the internships, and of the search itself"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def _of(name, *values):
    return sa.Enum(
        *values, name=name, native_enum=False, create_constraint=True, length=32
    )


def upgrade() -> None:
    with op.batch_alter_table("saved_searches", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "scope",
                _of("scope", "praktika", "angebote", "veranstaltungen", "suche"),
                server_default="praktika",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("art", sa.String(32), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("group_size", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "weekday",
                _of("weekday", "mo", "di", "mi", "do", "fr", "sa", "so"),
                nullable=True,
            )
        )
    op.execute("UPDATE saved_searches SET art = basis WHERE basis IS NOT NULL")
    with op.batch_alter_table("saved_searches", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_saved_searches_basis"), type_="check")
        batch_op.drop_column("basis")


def downgrade() -> None:
    op.execute("DELETE FROM saved_searches WHERE scope <> 'praktika'")
    with op.batch_alter_table("saved_searches", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("basis", _of("basis", "school", "voluntary"), nullable=True)
        )
    op.execute("UPDATE saved_searches SET basis = art WHERE art <> ''")
    with op.batch_alter_table("saved_searches", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_saved_searches_weekday"), type_="check")
        batch_op.drop_constraint(op.f("ck_saved_searches_scope"), type_="check")
        for name in ("weekday", "group_size", "art", "scope"):
            batch_op.drop_column(name)
