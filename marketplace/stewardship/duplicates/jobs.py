from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.stewardship.duplicates.queries import old_merges
from marketplace.stewardship.duplicates.rules import UNDOABLE_FOR
from marketplace.stewardship.duplicates.services.finding import find_pairs


def find(_payload: Mapping[str, Any]) -> None:
    """Looks for pairs, once a night; nobody is asked twice about one."""
    find_pairs(at=now())


def forget(_payload: Mapping[str, Any]) -> None:
    """Forgets of what was merged long ago which rows moved."""
    for merge in db.session.scalars(old_merges(now() - UNDOABLE_FOR)).all():
        if merge.journal:
            merge.journal, merge.words = {}, {}
