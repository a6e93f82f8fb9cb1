"""Twenty signatures in one instant end in one truth."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from marketplace.encounters.applications.models import Application
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.models import Agreement, Signature
from marketplace.encounters.papers.queries import agreement_of
from marketplace.encounters.papers.services.agreeing import sign
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.papers import make_agreement, make_placement
from tests.moments import NOON

NEXT = {
    Party.COMPANY: "agreement_asked_guardian",
    Party.GUARDIAN: "agreement_asked_pupil",
}


def press_at_once(app, application, parties):
    """Each reads the agreement as a page does, then signs; gives how each ended."""
    number = application.id
    db.session.rollback()  # holds no lock while the others write

    def press(party):
        with app.app_context():
            try:
                with transaction():
                    present = agreement_of(db.session.get(Application, number))
                    sign(present, party, name="Vorname Name", user=None, at=NOON)
            except Refusal:
                return "waits"
            return "signed"

    with ThreadPoolExecutor(4) as people:
        ended = Counter(people.map(press, parties))
    db.session.expire_all()
    return ended


def truth():
    """Who has signed, who was noted for it, and which letters went for it."""
    signed = Counter(row.party for row in db.session.scalars(db.select(Signature)))
    verbs = Counter(
        row.verb.removeprefix("agreement.signed_")
        for row in db.session.scalars(db.select(AuditEntry))
        if row.verb.startswith("agreement.signed_")
    )
    letters = Counter(
        row.letter
        for row in db.session.scalars(db.select(OutboxEntry))
        if row.letter in NEXT.values()
    )
    return signed, verbs, letters


def test_the_same_role_twenty_times_signs_once(app, mia, place):
    application = make_placement(mia, internship=place)
    make_agreement(application)

    ended = press_at_once(app, application, [Party.COMPANY] * 20)

    assert ended == {"signed": 20}  # who comes second changes nothing
    assert truth() == (
        {Party.COMPANY: 1},
        {Party.COMPANY: 1},
        {NEXT[Party.COMPANY]: 1},
    )


def test_two_roles_at_once_sign_in_their_order_and_once_each(app, mia, place):
    application = make_placement(mia, internship=place)
    number = make_agreement(application).id
    both = [Party.GUARDIAN, Party.COMPANY] * 10

    ended = press_at_once(app, application, both)
    signed, verbs, letters = truth()

    assert sum(ended.values()) == 20
    assert signed[Party.COMPANY] == 1
    assert signed == verbs
    assert set(signed.values()) == {1}
    assert letters[NEXT[Party.GUARDIAN]] == signed[Party.GUARDIAN]
    rows = db.session.get(Agreement, number).signatures
    order = [Party.COMPANY, Party.GUARDIAN]
    assert [row.party for row in rows] == order[: len(rows)]
