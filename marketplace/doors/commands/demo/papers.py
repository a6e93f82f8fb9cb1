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
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    grant_approval,
)
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.encounters.attendances.services.following import follow_days
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.queries import agreement_of, placements_agreed
from marketplace.encounters.papers.services.agreeing import prepare_agreement, sign
from marketplace.encounters.papers.services.certifying import issue_certificate
from marketplace.encounters.papers.services.instructing import Dates, note_dates
from marketplace.foundation.clock import BERLIN, day_of
from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.labour.enums import Basis

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# So many weeks ago a school week is looked for; holidays are passed over.
WEEKS_AGO = range(3, 16)


def look_back(
    cast: Cast, internships: Iterable[Internship], *, at: datetime
) -> Period | None:
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
                return _work_for_a_week(cast, place, monday)
        except Refusal:  # no school in that week
            continue
    return None


def agree_around(
    cast: Cast, internships: Iterable[Internship], *, at: datetime
) -> None:
    """Makes the agreements of all firm places; one waits for the company of the demo.

    In the last of the others the company has signed.
    """
    others = placements_agreed()
    _come_to(cast, [i for i in internships if i.organisation is cast.companies[0]], at)
    for application in placements_agreed():
        prepare_agreement(application, at=at)
    agreement = agreement_of(others[-1]) if others else None
    if agreement:
        boss = member_of(agreement.application.internship)
        sign(agreement, Party.COMPANY, name=boss.name, user=boss, at=at)


def _work_for_a_week(cast: Cast, place: Internship, monday: date) -> Period:
    girl = cast.users["schuelerin"]
    begun = morning_of(monday - 4 * WEEK)
    period = Period(starts_on=monday, ends_on=monday + 4 * DAY, place_count=2)
    place.periods.append(period)
    db.session.flush()  # who applies names its number
    application = placed(cast, girl, period, at=begun)
    sign_all(cast, application, at=begun + 4 * DAY)
    follow_days(at=morning_of(monday))
    follow_days(at=morning_of(monday + WEEK))
    key = bytes.fromhex(current_app.config["FIELD_KEY"])
    issue_certificate(application, key=key, at=morning_of(monday + WEEK))
    return period


def _come_to(cast: Cast, places: Iterable[Internship], at: datetime) -> None:
    """Gives the boy of thirteen a second firm place where law and days allow it."""
    for period in (period for place in places for period in place.periods):
        try:
            with db.session.begin_nested():
                placed(cast, cast.users["schueler"], period, at=at)
        except Refusal:  # too young, too late, or not free on those days
            continue
        return


def placed(cast: Cast, pupil: User, period: Period, *, at: datetime) -> Application:
    """Takes an application from the first question to the firm place."""
    place = period.internship
    application = send(draft(place, pupil, period=period, at=at), at=at)
    yes = signature_of(cast.users["eltern"])
    grant_approval(application, yes, at=at + timedelta(minutes=20))
    school, office = "Svea Tafelbild", cast.users["koordination"]
    confirm_for_school(
        application, signed_by=school, signed_on=day_of(at), actor=office, at=at
    )
    accept(application, actor=member_of(place), at=at + timedelta(minutes=30))
    confirm_place(application, actor=pupil, at=at + timedelta(minutes=40))
    return application


def sign_all(cast: Cast, application: Application, *, at: datetime) -> None:
    """Lets all four sign, and the company note what it did before the first day."""
    agreement = prepare_agreement(application, at=at)
    boss = member_of(application.internship)
    signers = {
        Party.COMPANY: boss,
        Party.SCHOOL: cast.users["schule"],
        Party.GUARDIAN: cast.users["eltern"],
        Party.PUPIL: cast.users["schuelerin"],
    }
    for party, person in signers.items():
        if agreement:
            sign(agreement, party, name=person.name, user=person, at=at)
    done = at.date()
    dates = Dates(risks_assessed_on=done, instructed_on=done, guardians_told_on=done)
    note_dates(application, dates, actor=boss, at=at)


def morning_of(day: date) -> datetime:
    """Eight o'clock in Berlin."""
    return datetime.combine(day, time(8), BERLIN)
