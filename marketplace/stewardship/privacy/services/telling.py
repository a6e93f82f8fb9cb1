"""Nobody loses an account without a letter a month before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.queries import user_by_id
from marketplace.stewardship.privacy.mails import account_leaving
from marketplace.stewardship.privacy.models import LeaveNotice
from marketplace.stewardship.privacy.queries import notice_to
from marketplace.upkeep.mail.services import queue

PUPIL_MONTHS, OTHER_MONTHS = 12, 24
# The shortest month there is, less the day on which the letter goes.
NOTICE = timedelta(days=27)


def tell_of_leaving(ids: Sequence[int], at: datetime) -> None:
    """Writes to people whose accounts go in a month, if they do not sign in."""
    for number in ids:
        user = user_by_id(number)
        if user is None:
            continue
        count = PUPIL_MONTHS if user.role is Role.PUPIL else OTHER_MONTHS
        seen = user.signed_in_at or user.confirmed_at or user.opened_at
        last = day_of(seen) + relativedelta(months=count)
        last = max(last, day_of(at) + NOTICE)
        notice = notice_to(user.id) or LeaveNotice(user_id=user.id)
        notice.told_at = at
        db.session.add(notice)
        queue(account_leaving(user, last), [user.email], at=at)
