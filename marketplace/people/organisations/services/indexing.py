"""What search and map know of an organisation."""

from flask_babel import force_locale

from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import KIND, products_of
from marketplace.people.organisations.rules import standing_of
from marketplace.upkeep.search.services import (
    Card,
    let_stand_of_owner,
    marks_of,
    put_into_index,
)


def index_organisation(organisation: Organisation) -> None:
    """Makes an organisation findable by its words, topics, products and towns.

    Whatever it has posted stands in search as openly as it does.
    """
    texts = []
    for product in products_of(organisation):
        texts += [product.title, product.description]
    with force_locale("de"):
        texts += [str(topic.label) for topic in organisation.topics]
        texts += [str(kind.label) for kind in organisation.kinds]
    towns = [site for site in organisation.sites if site.place_name]
    texts += [site.place_name or "" for site in towns]
    standing = standing_of(organisation)
    first = towns[0] if towns else None
    card = Card(
        key=organisation.public_id,
        title=organisation.name,
        body=organisation.description,
        place_name=(first.place_name or "") if first else "",
        lat=first.lat if first else None,
        lon=first.lon if first else None,
        standing=standing,
        marks=marks_of(
            organisation.topics,
            states=[site.state_code for site in towns if site.state_code],
            districts=[site.district_ags for site in towns if site.district_ags],
            points=[
                (site.lat, site.lon)
                for site in towns
                if site.lat is not None and site.lon is not None
            ],
        ),
    )
    put_into_index(KIND, organisation.id, texts, card)
    let_stand_of_owner(organisation.id, standing)
