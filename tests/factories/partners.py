from marketplace.foundation.database import db
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import PostingState
from marketplace.region.lines.enums import LineKind
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import a_give, a_need, make_offer, make_sponsorship

TOWNS = ("Jena", "Dresden", "Jena", "Jena", "Jena")


def make_market(count=8):
    """So many offers and as many companies, of which each has partners."""
    offers, firms = [], []
    for number in range(count):
        lab = make_organisation(name=f"Labor {number}", town=TOWNS[number % 5])
        lab.sites[0].radius_km = 150
        lines = [a_need(), a_need(2, LineKind.MONEY, 3000)]
        offers.append(make_offer(organisation=lab, lines=lines))
        firm = make_company(name=f"Firma {number}", town=TOWNS[number % 4])
        firm.sites[0].radius_km = 150
        make_sponsorship(organisation=firm, lines=[a_give(quantity=3 + number)])
        firms.append(firm)
    db.session.commit()
    return offers, firms


def change_something(chance, labs, firms):
    """Changes one thing of one offer or company that moves lists."""
    offer, firm = chance.choice(labs), chance.choice(firms)
    what = chance.randrange(6)
    if what == 0:
        offer.site.radius_km = chance.choice([20, 60, 150, None])
    elif what == 1:
        offer.lines[0].open_quantity = chance.randrange(0, offer.lines[0].quantity)
    elif what == 2:
        firm.capacity = chance.randrange(1, 9)
    elif what == 3:
        is_verified = firm.state is OrganisationState.VERIFIED
        firm.state = (
            OrganisationState.FROZEN if is_verified else OrganisationState.VERIFIED
        )
    elif what == 4:
        firm.topics = frozenset(chance.sample(sorted(offer.topics), 1))
    else:
        is_public = offer.state is PostingState.PUBLISHED
        offer.state = PostingState.PAUSED if is_public else PostingState.PUBLISHED
