"""What nobody covers in the demonstration: two quarters, and one call for help."""

from datetime import datetime, timedelta

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import member_of
from marketplace.foundation.clock import day_of, end_of
from marketplace.foundation.database import db
from marketplace.matching.gaps.enums import CallAnswer
from marketplace.matching.gaps.queries import open_gaps_of
from marketplace.matching.gaps.rules import first_day_of, quarter_of
from marketplace.matching.gaps.services.calling import (
    agree_to_calls,
    answer_call,
    call_companies,
    suitable_for,
)
from marketplace.matching.gaps.services.registering import register_gaps
from marketplace.matching.quality.services.measuring import measure

RADIUS_KM = 150
WORDS = (
    "Der Kurs beginnt in sechs Wochen und ist ausgebucht. Schon die Hälfte würde "
    "helfen, auch geliehen."
)


def register_last_quarter(*, at: datetime) -> None:
    """Counts as on the last day of the quarter before this one."""
    db.session.flush()  # what is matched is read from the database
    first = first_day_of(quarter_of(day_of(at)))
    last_day = end_of(first - timedelta(days=1))
    register_gaps(at=last_day)
    measure(at=last_day)


def call_around(cast: Cast, *, at: datetime) -> None:
    """Counts today, lets companies agree to calls, and calls some of them."""
    db.session.flush()
    register_gaps(at=at)
    for firm in cast.companies[::2]:
        agree_to_calls(firm, actor=member_of(firm), at=at - timedelta(days=20))
    db.session.flush()
    own = cast.companies[0]
    for gap in open_gaps_of(quarter_of(day_of(at))):
        firms = [
            one.organisation for one in suitable_for(gap, radius_km=RADIUS_KM, at=at)
        ]
        if own in firms and len(firms) >= 3:
            break
    else:
        return
    chosen = [firm.public_id for firm in {*firms[:3], own}]
    office = cast.users["koordination"]
    sent_at = at - timedelta(hours=20)
    call = call_companies(
        gap, WORDS, chosen, radius_km=RADIUS_KM, actor=office, at=sent_at
    )
    others = [letter for letter in call.letters if letter.organisation is not own]
    for letter, answer in zip(
        others, (CallAnswer.WILLING, CallAnswer.UNWILLING), strict=False
    ):
        actor = member_of(letter.organisation)
        answer_call(letter, answer, actor=actor, at=at - timedelta(hours=2))
