"""What stays of placements that are forgotten: a count, and no person behind it."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from marketplace.encounters.applications.models import Application
from marketplace.encounters.placements.models import PastPlacement
from marketplace.foundation.database import db
from marketplace.postings.internships.models import Period
from marketplace.region.calendar.tables import school_year_of


def count_past(application_ids: Sequence[int]) -> None:
    """Adds placements that are about to go to the counts of their school years."""
    rows = db.session.execute(
        select(Period.ends_on, Application.basis, Application.state)
        .join(Period, Period.id == Application.period_id)
        .where(Application.id.in_(application_ids))
    )
    counts = Counter((school_year_of(last), basis, end) for last, basis, end in rows)
    for (year, basis, end), count in sorted(counts.items()):
        known = db.session.scalar(
            select(PastPlacement)
            .where(
                PastPlacement.school_year == year,
                PastPlacement.basis == basis,
                PastPlacement.state == end,
            )
            .with_for_update()
        )
        if known is None:
            known = PastPlacement(school_year=year, basis=basis, state=end, count=0)
            db.session.add(known)
        known.count += count
    db.session.flush()
