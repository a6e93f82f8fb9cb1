"""From the 18th birthday on a pupil decides alone about what still waits."""

from datetime import datetime

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.queries import waiting_of_adults
from marketplace.encounters.applications.services.moving import write_pupil
from marketplace.encounters.applications.services.sending import forget_guardian
from marketplace.foundation.clock import day_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import recall


def pass_on(*, at: datetime) -> int:
    """Ends what guardians were asked of who is 18 now, and tells the young adult.

    Approvals given and placements stay. Says of how many applications.
    """
    applications = waiting_of_adults(day_of(at))
    for application in applications:
        recall(mails.APPROVAL, application.id, at=at)
        forget_guardian(application)
        record("application.passed_on", application, actor=None, at=at)
        write_pupil(mails.application_yours(application), application, at=at)
    return len(applications)
