import shutil
from datetime import datetime
from pathlib import Path

from marketplace.foundation.database import db
from marketplace.foundation.revisions import newest_revision, revision_of
from marketplace.upkeep.jobs.queries import WORKER_PAUSE, worker_seen_at

# With less room on the disk the next write may be cut short.
LEAST_BYTES = 100 * 1024 * 1024


def is_ready(folder: Path, *, at: datetime) -> bool:
    """Whether database, tables, worker and the disk of `folder` are fit to serve."""
    seen = worker_seen_at()
    return (
        revision_of(db.session.connection()) == newest_revision()
        and seen is not None
        and at - seen <= WORKER_PAUSE
        and shutil.disk_usage(folder).free >= LEAST_BYTES
    )
