"""Programs of the demonstration: one of the company writes here, and one listens."""

import json
from datetime import datetime, timedelta

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import member_of
from marketplace.foundation.database import db
from marketplace.overview.webhooks.enums import Happening, Subject
from marketplace.overview.webhooks.models import Delivery
from marketplace.overview.webhooks.services import subscribe
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.services import make_token, note_use

NAME = "Stellenseite, jede Nacht"
ADDRESS = "https://stellen.siebenlinsen.example/meldungen"
# What came of the last messages: minutes ago, tries, the last answer.
SENT = ((4300, 1, 204), (2900, 2, 204), (1500, 1, 204))


def connect_programs(cast: Cast, *, at: datetime) -> None:
    """Gives the company of the demonstration a token, and an address with its past."""
    company = cast.companies[0]
    owner, since = member_of(company), at - timedelta(days=20)
    scopes = frozenset({Scope.WRITE, Scope.MATCHES})
    token, _secret = make_token(company, NAME, scopes, actor=owner, at=since)
    note_use(token.id, at=at - timedelta(hours=7))
    subjects = frozenset({Subject.OFFERS, Subject.SPONSORSHIPS})
    subscription = subscribe(company, ADDRESS, subjects, actor=owner, at=since)
    for minutes, tries, status in SENT:
        made_at = at - timedelta(minutes=minutes)
        told = {"event": Happening.TEST.value, "at": made_at.isoformat()}
        delivery = Delivery(
            subscription_id=subscription.id,
            happening=Happening.TEST,
            body=json.dumps(told),
            made_at=made_at,
            try_count=tries,
            tried_at=made_at,
            status=status,
            arrived_at=made_at,
        )
        db.session.add(delivery)
