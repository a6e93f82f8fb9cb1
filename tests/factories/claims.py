from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import PostingState
from marketplace.stewardship.claims.models import ClaimLetter
from marketplace.stewardship.claims.services import lettering
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.internships import make_hint
from tests.factories.people import make_coordinator, make_organisation
from tests.factories.postings import make_offer
from tests.moments import NOON
from tests.papers import Paper

ADDRESS = "http://localhost/uebernehmen"


def make_named(name="Sternwarte Eulenkuppe", **changes):
    """An organisation that a list names, in Jena, with nobody acting for it."""
    values = {
        "state": OrganisationState.IMPORTED,
        "source": "Katalog",
        "memberships": [],
    }
    return make_organisation(name=name, **values | changes)


def with_hints(organisation, offers=1, internships=1):
    """Lets lists name some offers and internships of an organisation."""
    return [
        make_offer(PostingState.LISTED, organisation, title=f"Abend {k}", lines=[])
        for k in range(offers)
    ] + [
        make_hint(f"Schnuppertag {k}", organisation=organisation)
        for k in range(internships)
    ]


def printed_code(*organisations, at=NOON):
    """The codes of one PDF of letters, in the order of its pages."""
    with transaction():
        content = lettering.print_letters(
            organisations, address=ADDRESS, actor=make_coordinator(), at=at
        )
    codes = [line for line in Paper(content).text.splitlines() if is_code(line)]
    return codes[0] if len(codes) == 1 else codes


def mailed_link(organisation, recipient="sternwarte@example.org"):
    """The secret of the link in a letter by mail."""
    with transaction():
        lettering.mail_letter(
            organisation, recipient, actor=make_coordinator(), at=NOON
        )
    with transaction():
        entry = db.session.scalars(
            db.select(OutboxEntry).where(OutboxEntry.link_purpose == "claim")
        ).one()
        return mint_link(entry)


def letter_of(organisation):
    query = db.select(ClaimLetter).where(ClaimLetter.organisation_id == organisation.id)
    return db.session.scalars(query).one()


def is_code(line):
    parts = line.split("-")
    return [len(part) for part in parts] == [4, 4, 4] and " " not in line
