"""Applications of the demonstration, in the states there are."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from marketplace.doors.commands.demo.people import Cast
from marketplace.encounters.agendas.services.addressing import make_address
from marketplace.encounters.applications.enums import ApprovalWay, DeclineCode, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.answering import accept, decline
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    grant_approval,
    refuse_approval,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import (
    Wish,
    answer,
    begin_application,
    confirm_place,
    send_application,
    withdraw,
)
from marketplace.encounters.messages.enums import Phrase, Speaker, Thing
from marketplace.encounters.messages.services.saying import Gaps, ask, reply, write
from marketplace.encounters.watchlist.services import keep, keep_event
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.labour.enums import Basis


def apply_around(cast: Cast, internships: list[Internship], *, at: datetime) -> None:
    """Sends applications and takes each as far as its state asks."""
    girl, boy = cast.users["schuelerin"], cast.users["schueler"]
    guardian = cast.users["eltern"]
    office = cast.users["koordination"]
    mine = [i for i in internships if i.organisation is cast.companies[0]]
    others = [i for i in internships if i.organisation is not cast.companies[0]]
    school = [i for i in others if Basis.SCHOOL in i.bases and i.state_code]
    near = [i for i in school if i.state_code == "SN"]
    own = next(i for i in mine if Basis.SCHOOL in i.bases)

    draft(near[0], girl, at=at)
    _sent(near[1], boy, at=at)
    open_one = _approved(own, girl, guardian, at=at)
    confirm_for_school(
        open_one, signed_by="Svea Tafelbild", signed_on=day_of(at), actor=office, at=at
    )
    _talk(open_one, at=at + timedelta(minutes=30))
    make_address(girl, at=at)
    for kept in (*near[7:9], near[0]):
        keep(kept, actor=girl, at=at)
    _keep_events(cast, at=at)
    declined = _approved(near[3], girl, guardian, at=at)
    decline(declined, DeclineCode.FULL, actor=member_of(near[3]), at=at)
    refused = _sent(near[4], boy, at=at)
    refuse_approval(refused, signature_of(guardian), at=at)
    gone = _sent(near[5], boy, at=at)
    withdraw(gone, side=Side.PUPIL, actor=boy, at=at)
    offered = _approved(near[6], girl, guardian, at=at)
    accept(offered, actor=member_of(near[6]), at=at)
    confirmed = _approved(near[2], boy, guardian, at=at)
    confirm_for_school(
        confirmed, signed_by="Svea Tafelbild", signed_on=day_of(at), actor=office, at=at
    )
    accept(confirmed, actor=member_of(near[2]), at=at)
    confirm_place(confirmed, actor=boy, at=at)


def fill_up(cast: Cast, internship: Internship, *, at: datetime) -> None:
    """Gives the only place of an internship away."""
    girl, guardian = cast.users["schuelerin"], cast.users["eltern"]
    application = _approved(internship, girl, guardian, at=at)
    accept(application, actor=member_of(internship), at=at + timedelta(minutes=30))


def _keep_events(cast: Cast, *, at: datetime) -> None:
    """The next events, on the lists of who has a calendar here."""
    soon = select(Event).where(Event.is_in_lists, Event.starts_at > at)
    events = db.session.scalars(soon.order_by(Event.starts_at, Event.id).limit(2)).all()
    for name in ("schuelerin", "eltern", "schule"):
        for event in events:
            keep_event(event, actor=cast.users[name], at=at)


def _talk(application: Application, *, at: datetime) -> None:
    """Question and answer, and a word between the adults."""
    internship = application.internship
    member = member_of(internship)
    ask(application, Phrase.CLOTHING, "", actor=application.pupil, at=at)
    things = frozenset({Thing.SHOES, Thing.TROUSERS, Thing.FOOD})
    reply(application, Phrase.BRING, Gaps(things=things), actor=member, at=at)
    words = "Bei uns dürfen alle unter 18 nur mit Begleitung in die Halle."
    write(application, words, speaker=Speaker.COMPANY, actor=member, at=at)


def draft(
    internship: Internship, pupil: User, *, period: Period | None = None, at: datetime
) -> Application:
    """All questions answered; for the first period ahead, if no other is named."""
    level = pupil.pupil.class_level if pupil.pupil else None
    wish = Wish(
        period=period or _ahead(internship, at=at),
        basis=min(internship.bases),
        class_level=level or 9,
    )
    application = begin_application(wish, actor=pupil, at=at)
    answers: dict[str, object] = {
        "motivation": "Ich löte gern und will sehen, wie das im Betrieb geht.",
        "guardian_name": "Petra Musterkind",
        "guardian_email": "eltern@demo.example",
        "guardian_phone": "0341 000000",
    }
    answer(application, answers, actor=pupil, at=at)
    return application


def _ahead(internship: Internship, *, at: datetime) -> Period:
    return next(p for p in internship.periods if p.starts_on > day_of(at))


def _sent(internship: Internship, pupil: User, *, at: datetime) -> Application:
    return send(draft(internship, pupil, at=at), at=at)


def send(application: Application, *, at: datetime) -> Application:
    """Sends what was answered."""
    pupil = application.pupil
    key = bytes.fromhex(current_app.config["FIELD_KEY"])
    send_application(application, actor=pupil, sent_from="demo", key=key, at=at)
    return application


def _approved(
    internship: Internship, pupil: User, guardian: User, *, at: datetime
) -> Application:
    application = _sent(internship, pupil, at=at)
    grant_approval(application, signature_of(guardian), at=at + timedelta(minutes=20))
    return application


def signature_of(guardian: User) -> Signature:
    """How a guardian approves in her account."""
    return Signature(
        way=ApprovalWay.ACCOUNT,
        name=guardian.name,
        address=guardian.email,
        user=guardian,
    )


def member_of(internship: Internship) -> User:
    """Who acts for the company of an internship."""
    return internship.organisation.memberships[0].user
