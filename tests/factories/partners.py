from marketplace.foundation.database import db
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
