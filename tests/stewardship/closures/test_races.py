from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.services.sites import SiteEntry
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.services import OfferEntry, write_offer
from marketplace.stewardship.closures.services import change_site
from tests.factories.people import make_organisation, make_user
from tests.moments import NOON

# So long the site is held, and the other one waits or reads the old town.
HELD = 0.6


def test_what_is_written_while_its_site_moves_has_the_new_town(app):
    owner = make_user()
    house = make_organisation(owner, town="Jena")
    [site] = house.sites
    keys = (owner.id, house.id, site.id)
    db.session.rollback()  # holds no lock while the others write
    is_moved = Event()

    def move():
        with app.app_context(), transaction():
            person, place = db.session.get(User, keys[0]), db.session.get(Site, keys[2])
            change_site(place, SiteEntry(place="Erfurt"), actor=person, at=NOON)
            db.session.flush()
            is_moved.set()
            sleep(HELD)

    def write():
        with app.app_context():
            is_moved.wait(10)
            with transaction():
                person = db.session.get(User, keys[0])
                provider = db.session.get(Organisation, keys[1])
                # As a page does that has read the site before.
                assert provider.sites[0].place_name
                entry = OfferEntry(title="Löten", site_id=keys[2])
                write_offer(provider, entry, actor=person, at=NOON)

    with ThreadPoolExecutor(2) as people:
        for one in [people.submit(move), people.submit(write)]:
            one.result(30)

    [offer] = db.session.scalars(db.select(Offer).where(Offer.site_id == keys[2]))
    place = (offer.place_name, offer.lat, offer.state_code)
    moved = db.session.get(Site, keys[2])
    assert place == (moved.place_name, moved.lat, moved.state_code)
    assert moved.place_name == "Erfurt"
