"""Papers of the demonstration: one place is over, others are agreed on."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from flask import current_app

from marketplace.doors.commands.demo.encounters import (
    draft,
    member_of,
    send,
    signature_of,
)
from marketplace.doors.commands.demo.people import Cast
from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    grant_approval,
)
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.encounters.attendances.services.following import follow_days
from marketplace.encounters.papers.queries import agreement_of, placements_agreed
from marketplace.encounters.papers.services.agreeing import prepare_agreement, sign
from marketplace.encounters.papers.services.certifying import issue_certificate
from marketplace.encounters.papers.services.instructing import Dates, note_dates
from marketplace.foundation.clock import BERLIN
from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.labour.enums import Basis

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# So many weeks ago a school week is looked for; holidays are passed over.
WEEKS_AGO = range(3, 16)


def look_back(cast: Cast, internships: Iterable[Internship], *, at: datetime) -> None:
    """Lets the pupil of sixteen have worked for a week, with all its papers."""
    company = cast.companies[0]
    mine = [i for i in internships if i.organisation is company]
    # Not the first: others apply for its first period.
    place = [i for i in mine if Basis.SCHOOL in i.bases][-1]
    today = at.astimezone(BERLIN).date()
    for weeks in WEEKS_AGO:
        monday = today - timedelta(days=today.weekday()) - weeks * WEEK
        try:
            with db.session.begin_nested():
                _work_for_a_week(cast, place, monday)
        except Refusal:  # no school in that week
            continue
        return


def agree_around(*, at: datetime) -> None:
    """Makes the agreements of all firm places; in one the company has signed."""
    placements = placements_agreed()
    for application in placements:
        prepare_agreement(application, at=at)
    agreement = agreement_of(placements[-1]) if placements else None
    if agreement:
        boss = member_of(agreement.application.internship)
        sign(agreement, Side.COMPANY, name=boss.name, user=boss, at=at)


def _work_for_a_week(cast: Cast, place: Internship, monday: date) -> None:
    girl, office = cast.users["schuelerin"], cast.users["koordination"]
    begun = _morning(monday - 4 * WEEK)
    period = Period(starts_on=monday, ends_on=monday + 4 * DAY, place_count=2)
    place.periods.append(period)
    db.session.flush()  # who applies names its number
    application = send(draft(place, girl, period=period, at=begun), at=begun)
    yes = signature_of(cast.users["eltern"])
    grant_approval(application, yes, at=begun + timedelta(minutes=20))
    school, signed = "Svea Tafelbild", begun.date()
    confirm_for_school(
        application, signed_by=school, signed_on=signed, actor=office, at=begun + DAY
    )
    accept(application, actor=member_of(place), at=begun + 2 * DAY)
    confirm_place(application, actor=girl, at=begun + 3 * DAY)
    _sign_all(cast, application, at=begun + 4 * DAY)
    follow_days(at=_morning(monday))
    follow_days(at=_morning(monday + WEEK))
    key = bytes.fromhex(current_app.config["FIELD_KEY"])
    issue_certificate(application, key=key, at=_morning(monday + WEEK))


def _sign_all(cast: Cast, application: Application, *, at: datetime) -> None:
    agreement = prepare_agreement(application, at=at)
    boss = member_of(application.internship)
    signers = {
        Side.COMPANY: boss,
        Side.SCHOOL: cast.users["schule"],
        Side.GUARDIAN: cast.users["eltern"],
        Side.PUPIL: cast.users["schuelerin"],
    }
    for side, person in signers.items():
        if agreement:
            sign(agreement, side, name=person.name, user=person, at=at)
    done = at.date()
    dates = Dates(risks_assessed_on=done, instructed_on=done, guardians_told_on=done)
    note_dates(application, dates, actor=boss, at=at)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), BERLIN)
