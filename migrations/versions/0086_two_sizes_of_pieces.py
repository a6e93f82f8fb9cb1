"""PostgreSQL's index of words tells two sizes of pieces: no more are asked for"""

from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

BEFORE, AFTER = (10, 12, 14, 16, 18), (10, 14)
INDEX = """
CREATE INDEX ix_search_entries_found ON search_entries
USING gin (array_to_tsvector(string_to_array(tokensPIECES, ' '))) WITH (fastupdate = off)
"""


def upgrade() -> None:
    make_index(AFTER)


def downgrade() -> None:
    make_index(BEFORE)


def make_index(spans: tuple[int, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        pieces = "".join(f" || ' p_{bits}_' || (id >> {bits})::text" for bits in spans)
        op.execute("DROP INDEX ix_search_entries_found")
        op.execute(INDEX.replace("PIECES", pieces))
