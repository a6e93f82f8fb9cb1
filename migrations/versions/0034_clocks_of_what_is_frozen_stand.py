"""clocks of what is frozen stand"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

# Of what was frozen before clocks could stand; the log knows since when.
FROZEN_POSTING = """
UPDATE applications SET stopped_at = (
    SELECT max(e.at) FROM audit_entries e
    WHERE e.thing = 'internships' AND e.verb = 'internship.frozen'
    AND e.thing_id = applications.internship_id
)
WHERE state IN ('open', 'offered') AND due_at IS NOT NULL AND stopped_at IS NULL
AND internship_id IN (SELECT id FROM internships WHERE state = 'frozen')
"""
FROZEN_COMPANY = """
UPDATE applications SET stopped_at = (
    SELECT max(e.at) FROM audit_entries e
    JOIN internships i ON i.organisation_id = e.thing_id
    WHERE e.thing = 'organisations' AND e.verb = 'organisation.frozen'
    AND i.id = applications.internship_id
)
WHERE state IN ('open', 'offered') AND due_at IS NOT NULL AND stopped_at IS NULL
AND internship_id IN (
    SELECT i.id FROM internships i
    JOIN organisations o ON o.id = i.organisation_id WHERE o.state = 'frozen'
)
"""


def upgrade() -> None:
    op.execute(FROZEN_POSTING)
    op.execute(FROZEN_COMPANY)


def downgrade() -> None:
    """Leaves the days as they are: the column is older than this step."""
