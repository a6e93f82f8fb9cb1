"""For each rule of the table a record that falls under it, with a marker inside.

Each maker gives the last day on which its record is kept, and what says if it is there.
"""

import os
from datetime import UTC, date, datetime

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.forgetting import FAILED
from marketplace.encounters.attendances.enums import Presence
from marketplace.encounters.attendances.models import Attendance
from marketplace.encounters.feedback.enums import Asked
from marketplace.encounters.feedback.models import Answer
from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.answering import decline
from marketplace.encounters.messages.enums import Circle, Speaker
from marketplace.encounters.messages.models import Message
from marketplace.encounters.papers.models import Certificate
from marketplace.encounters.partnerships.enums import EndCode
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.services.ending import end_early
from marketplace.encounters.placements.models import Visit
from marketplace.encounters.watchlist.models import Bookmark
from marketplace.foundation.database import db, transaction
from marketplace.matching.partners.models import DigestShowing
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import RoundEntry, RoundList
from marketplace.overview.alerts.enums import Rhythm
from marketplace.overview.alerts.models import SavedSearch
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.schools.models import SchoolClass
from marketplace.postings.internships.models import Supervisor
from marketplace.region.labour.enums import Basis
from marketplace.stewardship.moderation.enums import ReportReason, ReportState
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.privacy.models import Deletion, LeaveNotice
from marketplace.stewardship.privacy.services.filing import note_backup
from marketplace.stewardship.vetting.enums import Duty
from marketplace.stewardship.vetting.models import ConductNote
from marketplace.stewardship.vetting.services import Task, ask_for_certificate
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.mail.enums import LetterState
from marketplace.upkeep.mail.models import LinkToken, OutboxEntry
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.encounters import make_active, make_introduction, member_of
from tests.factories.papers import make_agreement
from tests.factories.people import (
    make_class,
    make_company,
    make_coordinator,
    make_pupil,
    make_school,
    make_user,
)
from tests.factories.rounds import make_round
from tests.moments import NOON

MARKER = "zqxjmarker"
S = ApplicationState
TODAY = NOON.date()


def keep(*things):
    with transaction():
        db.session.add_all(things)
    return things[0]


def is_left(kind):
    return lambda: db.session.scalar(db.select(db.func.count(kind.id))) > 0


def letter(**changes):
    told = {"letter": "x", "subject": MARKER, "context": {}, "queued_at": NOON}
    told |= {"recipient": f"{MARKER}@example.org", "due_at": NOON, "message_id": "m"}
    return OutboxEntry(**told | changes)


def link(purpose, subject_id):
    return LinkToken(
        token_hash=f"{purpose} {subject_id}",
        purpose=purpose,
        subject_id=subject_id,
        recipient=f"{MARKER}@example.org",
        valid_until=NOON,
    )


def application(state, **more):
    one = make_application(state, motivation=MARKER, guardian_name=MARKER, **more)
    waiting = letter(link_purpose="approval", link_subject_id=one.id)
    about = letter(context={"key": one.public_id, "name": MARKER}, message_id="n")
    keep(waiting, about, link("approval", one.id))
    return one


def at_rest(state, last_day):
    def make(_folder):
        application(state)
        return last_day, is_left(Application)

    return make


def placement(_folder):
    mia = make_mia()
    with transaction():
        mia.first_name = MARKER
    company = make_company(founder=make_user())
    one = application(S.CONFIRMED, pupil=mia)
    with transaction():
        one.internship.organisation = company
    agreement = make_agreement(one)
    said = Message(
        application_id=one.id,
        circle=Circle.GUARDIAN,
        speaker=Speaker.COMPANY,
        words=MARKER,
        said_at=NOON,
    )
    day = Attendance(
        application=one, day=one.period.starts_on, presence=Presence.PRESENT
    )
    day.noted_at = NOON
    visit = Visit(application=one, visit_on=one.period.starts_on, noted_at=NOON)
    code = Certificate(
        application=one, code_hash="c" * 64, issued_on=TODAY, words=MARKER
    )
    keep(said, day, visit, code, link("agreement", agreement.id))
    with transaction():
        one.state = S.ATTENDED
        mia.first_name = "Mia"  # the account is kept by a rule of its own
    # Her days are in February 2027, in the school year that ends on 31 July 2027.
    return date(2028, 7, 31), is_left(Application)


def check_code(_folder):
    keep(Certificate(code_hash=MARKER, issued_on=TODAY))
    return date(2031, 11, 23), is_left(Certificate)


def holiday_days(_folder):
    one = make_application(S.OPEN, holiday_days_used=7)
    return date(2028, 1, 31), lambda: one.holiday_days_used == 7


def declaration(_folder):
    one = make_application(S.OPEN)
    with transaction():
        one.internship.supervisors[0].declared_on = TODAY
    query = db.select(db.func.count(Supervisor.declared_on))
    return date(2028, 11, 23), lambda: db.session.scalar(query) > 0


def conduct(_folder):
    with transaction():
        ask_for_certificate(
            make_company(),
            Task(
                person=MARKER,
                duty=Duty.SERIES,
                starts_on=date(2026, 8, 1),
                ends_on=date(2026, 8, 31),
            ),
            actor=make_coordinator(),
            at=NOON,
        )
    return date(2027, 2, 28), is_left(ConductNote)


def unconfirmed(_folder):
    make_user(Role.MEMBER, confirmed_at=None, email=f"{MARKER}@example.org")
    return date(2026, 12, 7), is_left(User)


def nobody_told(user, last_day):
    return last_day, lambda: not is_left(LeaveNotice)()


def pupil_told(_folder):
    return nobody_told(make_pupil(), date(2027, 10, 23))


def other_told(_folder):
    return nobody_told(make_user(), date(2028, 10, 23))


def pupil(_folder):
    user = make_pupil(town=MARKER)
    make_application(S.DRAFT, pupil=user, motivation=MARKER)
    keep(LeaveNotice(user_id=user.id, told_at=datetime(2027, 10, 24, 12, tzinfo=UTC)))
    return date(2027, 11, 23), lambda: db.session.get(User, user.id) is not None


def other(_folder):
    user = make_user(first_name=MARKER)
    make_company(founder=user)
    keep(LeaveNotice(user_id=user.id, told_at=datetime(2028, 10, 24, 12, tzinfo=UTC)))
    return date(2028, 11, 23), lambda: MARKER in traces()


def report(_folder):
    row = Report(reason=ReportReason.OTHER, address="/", words=MARKER, reported_at=NOON)
    row.state, row.closed_at, row.decision = ReportState.CLOSED, NOON, MARKER
    keep(row)
    return date(2028, 11, 23), is_left(Report)


def entry(_folder):
    keep(AuditEntry(verb=MARKER, thing="users", thing_id=1, at=NOON))
    return date(2028, 11, 23), is_left(AuditEntry)


def gone_letter(_folder):
    keep(letter(state=LetterState.SENT, sent_at=NOON))
    return date(2026, 12, 7), is_left(OutboxEntry)


def stuck_letter(_folder):
    keep(letter(state=LetterState.PARKED))
    return date(2027, 4, 22), is_left(OutboxEntry)


def old_link(_folder):
    keep(link("password", 1))
    return date(2026, 12, 23), is_left(LinkToken)


def declined_introduction(_folder):
    made = make_introduction()
    who = made.company.memberships[0].user
    with transaction():
        made.message = MARKER
        decline(made, DeclineCode.POLICY, side=Side.COMPANY, actor=who, at=NOON)
    return date(2028, 11, 23), is_left(Introduction)


def ended_partnership(_folder):
    made = make_active()
    who = member_of(made, Side.COMPANY)
    with transaction():
        made.introduction.message = MARKER
        end_early(made, EndCode.PLANS, side=Side.COMPANY, actor=who, at=NOON)
    return date(2028, 11, 23), is_left(Partnership)


def showing(_folder):
    keep(DigestShowing(profile_id=2, other_id=5, shown_on=TODAY))
    return date(2027, 2, 21), is_left(DigestShowing)


def log(folder):
    (folder / "logs").mkdir()
    file = folder / "logs" / "access.log"
    file.write_text(MARKER)
    os.utime(file, (NOON.timestamp(), NOON.timestamp()))
    return date(2026, 12, 7), file.exists


def backup(folder):
    file = folder / "old.zip"
    file.write_text(MARKER)
    note_backup(folder, file, at=NOON)
    return date(2026, 12, 28), file.exists


def deletion(_folder):
    keep(Deletion(thing="users", thing_id=1, mark=MARKER, at=NOON))
    return date(2026, 12, 29), is_left(Deletion)


def round_(_folder):
    made = make_round(RoundState.DONE)
    told = {"class_level": 10, "guardian_name": MARKER}
    entry = RoundEntry(round=made, pupil=make_mia(), joined_at=NOON, **told)
    row = RoundList(round_id=made.id, run=1, pupil_code=MARKER[:10], row=b"")
    keep(entry, row)
    with transaction():
        made.published_at = NOON
    return HALF_A_YEAR_ON, is_left(RoundEntry)


def school_class(_folder):
    make_class(make_school(), name=MARKER)
    return date(2027, 7, 31), is_left(SchoolClass)


def search(_folder):
    one = SavedSearch(user_id=make_pupil().id, words=MARKER, rhythm=Rhythm.DAILY)
    one.saved_at = one.seen_until = NOON
    keep(one)
    return date(2027, 11, 23), is_left(SavedSearch)


def bookmark(_folder):
    place = make_place()
    keep(Bookmark(pupil_id=make_pupil().id, internship_id=place.id, kept_at=NOON))
    return date(2027, 11, 23), is_left(Bookmark)


def feedback_words(_folder):
    marks = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    one = Answer(
        side=Asked.PUPIL,
        basis=Basis.SCHOOL,
        month=date(2026, 11, 1),
        words=MARKER,
        **marks,
    )
    keep(one)
    return date(2027, 10, 31), lambda: one.words == MARKER


def traces():
    """All that the tables hold, in words."""
    words = [
        str(row)
        for table in db.metadata.sorted_tables
        for row in db.session.connection().execute(db.select(table))
    ]
    return "\n".join(words)


MONTH_ON, HALF_A_YEAR_ON = date(2026, 12, 23), date(2027, 5, 22)
# By the name of the rule; several where one rule holds for several states.
MAKERS = {
    "drafts": [at_rest(S.DRAFT, MONTH_ON)],
    "refused": [at_rest(S.REFUSED, MONTH_ON)],
    "unapproved": [at_rest(S.UNAPPROVED, MONTH_ON)],
    "failed": [at_rest(state, HALF_A_YEAR_ON) for state in sorted(FAILED)],
    "placements": [placement],
    "rounds": [round_],
    "check_codes": [check_code],
    "holiday_days": [holiday_days],
    "declarations": [declaration],
    "conduct": [conduct],
    "introductions": [declined_introduction, ended_partnership],
    "digests": [showing],
    "unconfirmed": [unconfirmed],
    "pupils_told": [pupil_told],
    "pupils": [pupil],
    "others_told": [other_told],
    "others": [other],
    "classes": [school_class],
    "searches": [search],
    "bookmarks": [bookmark],
    "feedback_words": [feedback_words],
    "reports": [report],
    "audit": [entry],
    "letters": [gone_letter],
    "stuck_letters": [stuck_letter],
    "links": [old_link],
    "logs": [log],
    "backups": [backup],
    "deletions": [deletion],
}
