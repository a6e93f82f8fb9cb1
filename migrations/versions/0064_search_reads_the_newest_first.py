"""PostgreSQL's index of words tells pieces of numbers, so that search can stop early"""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

PIECES = "".join(
    f" || ' p_{bits}_' || (id >> {bits})::text" for bits in (10, 12, 14, 16, 18)
)
INDEX = """
CREATE INDEX ix_search_entries_found ON search_entries
USING gin (array_to_tsvector(string_to_array(WORDS, ' '))) WITH (fastupdate = off)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_search_entries_found")
        op.execute(INDEX.replace("WORDS", f"tokens{PIECES}"))
        op.execute("CREATE INDEX ix_search_entries_newest ON search_entries (kind, id)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_search_entries_newest")
        op.execute("DROP INDEX ix_search_entries_found")
        op.execute(INDEX.replace("WORDS", "tokens"))
