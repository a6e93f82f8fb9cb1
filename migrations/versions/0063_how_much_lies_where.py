"""how much that is public lies where, kept up as it changes"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

COLUMNS = "kind, is_needy, square_row, square_column, state_code, district_ags, amount"
PARTS = """
{row}kind, {find}({words}, ' n_need ') > 0,
    CAST({whole}({row}lat * 160.0) AS INTEGER),
    CAST({whole}({row}lon * 100.0) AS INTEGER),
    CASE WHEN {find}({words}, ' l_') = 0 THEN ''
        ELSE substr({words}, {find}({words}, ' l_') + 3, 2) END,
    CASE WHEN {find}({words}, ' d_') = 0 THEN ''
        ELSE substr({words}, {find}({words}, ' d_') + 3, 5) END
"""
PUBLIC = """
{row}lat IS NOT NULL AND {row}lon IS NOT NULL AND {find}({words}, ' s_c ') > 0
"""
WAYS = {
    "sqlite": {"find": "instr", "whole": ""},
    "postgresql": {"find": "strpos", "whole": "floor"},
}


def upgrade() -> None:
    op.create_table(
        "search_spots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("is_needy", sa.Boolean(), nullable=False),
        sa.Column("square_row", sa.Integer(), nullable=False),
        sa.Column("square_column", sa.Integer(), nullable=False),
        sa.Column("state_code", sa.String(2), nullable=False),
        sa.Column("district_ags", sa.String(5), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_spots")),
    )
    op.execute(
        "UPDATE search_entries SET tokens = tokens || ' n_need' WHERE kind = 'offer'"
        " AND thing_id IN (SELECT offer_id FROM need_lines)"
    )
    is_lite = op.get_bind().dialect.name == "sqlite"
    parts, public = _told(""), _told("", PUBLIC)
    op.execute(
        f"INSERT INTO search_spots ({COLUMNS}) SELECT {parts}, count(*)"  # noqa: S608
        f" FROM search_entries WHERE {public} GROUP BY 1, 2, 3, 4, 5, 6"
    )
    for statement in _on_sqlite() if is_lite else _on_postgresql():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("placed", "left", "moved"):
            op.execute(f"DROP TRIGGER search_entries_{name}")
    else:
        op.execute("DROP TRIGGER search_entries_placed ON search_entries")
        op.execute("DROP FUNCTION search_entries_place()")
    op.execute(
        "UPDATE search_entries SET tokens = replace(tokens, ' n_need', '')"
        " WHERE kind = 'offer'"
    )
    op.drop_table("search_spots")


def _told(row: str, what: str = PARTS) -> str:
    way = WAYS[op.get_bind().dialect.name]
    return what.format(row=row, words=f"(' ' || {row}tokens || ' ')", **way)


def _noted(row: str, amount: int) -> str:
    parts, public = _told(row), _told(row, PUBLIC)
    return (
        f"INSERT INTO search_spots ({COLUMNS}) SELECT {parts}, {amount} WHERE {public};"
    )


def _on_sqlite() -> tuple[str, ...]:
    came, went = _noted("new.", 1), _noted("old.", -1)
    return (
        f"""
CREATE TRIGGER search_entries_placed AFTER INSERT ON search_entries
BEGIN {came} END
""",
        f"""
CREATE TRIGGER search_entries_left AFTER DELETE ON search_entries
BEGIN {went} END
""",
        f"""
CREATE TRIGGER search_entries_moved AFTER UPDATE OF tokens, lat, lon ON search_entries
BEGIN {went} {came} END
""",
    )


def _on_postgresql() -> tuple[str, ...]:
    came, went = _noted("new.", 1), _noted("old.", -1)
    return (
        f"""
CREATE FUNCTION search_entries_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN {went} END IF;
    IF TG_OP <> 'DELETE' THEN {came} END IF;
    RETURN NULL;
END $$
""",
        """
CREATE TRIGGER search_entries_placed
AFTER INSERT OR DELETE OR UPDATE OF tokens, lat, lon ON search_entries
FOR EACH ROW EXECUTE FUNCTION search_entries_place()
""",
    )
