"""The organisations there are, found under any form of their name, or created."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point
from marketplace.foundation.text import fold_name
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.services.describing import take_over_organisation
from marketplace.stewardship.imports.services.gazetteer import Spot
from marketplace.stewardship.imports.services.likeness import Known
from marketplace.stewardship.imports.services.runs import Run
from marketplace.stewardship.imports.services.texts import cut

LONGEST_STREET = 120
# "Siemens", "Siemens AG" and "SIEMENS AG" are one.
LEGAL_FORMS = re.compile(
    r"\b(e v|ev|gemeinnutzige|ggmbh|gmbh|mbh|ag|se|kgaa|kg|ohg|ug|eg|gbr|co)\b"
)


@dataclass(frozen=True)
class _Seat:
    """An organisation at one of its places; both folded."""

    id: int
    name: str
    place: str
    point: Point | None


class Directory:
    """The organisations there are, by their bare name."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.by_name: dict[str, list[_Seat]] = defaultdict(list)
        rows = db.session.execute(
            select(
                Organisation.id, Organisation.name, Site.place_name, Site.lat, Site.lon
            )
            .outerjoin(Site)
            .order_by(Organisation.id, Site.id)
        )
        for number, name, place, lat, lon in rows:
            point = None if lat is None or lon is None else Point(lat, lon)
            self._add(number, name, place, point)

    def find(self, name: str, place: str | None) -> int | None:
        """The organisation of this name and place; one without a place fits any."""
        folded = fold_name(place or "")
        seats = self.by_name.get(bare_name(name), ())
        return next(
            (s.id for s in seats if "" in {folded, s.place} or folded == s.place), None
        )

    def of_posting(
        self, name: str, spot: Spot, kinds: frozenset[OrganisationKind], source: str
    ) -> int:
        """The organisation that posts; a new one, if nobody bears the name.

        Where it posts need not be where it sits: an only one of its name is meant.
        """
        found = self.find(name, spot.place_name)
        named = {seat.id for seat in self.by_name.get(bare_name(name), ())}
        if found is None and len(named) == 1:
            found = named.pop()
        if found is not None:
            return found
        values = {"name": name, "kinds": kinds, "source": source}
        return self.create(values, spot).id

    def site_of(self, organisation_id: int, street: str, spot: Spot) -> int | None:
        """The site of this address; only organisations nobody claimed get new ones."""
        if not street:
            return None
        organisation = db.session.get_one(Organisation, organisation_id)
        wanted = fold_name(street)
        for site in organisation.sites:
            if fold_name(site.street) == wanted and site.place_name == spot.place_name:
                return site.id
        if organisation.state is not OrganisationState.IMPORTED:
            return None
        site = Site(street=cut(street, LONGEST_STREET), **spot.columns())
        organisation.sites.append(site)
        db.session.flush()  # the posting needs its id
        return site.id

    def create(self, values: Mapping[str, object], spot: Spot) -> Organisation:
        """Adds an organisation, known by name alone, and counts it."""
        has_place = spot.state_code is not None
        organisation = take_over_organisation(
            values, site=spot.columns() if has_place else None, at=self.run.order.at
        )
        self._add(organisation.id, organisation.name, spot.place_name, spot.point)
        self.run.organisations_created += 1
        return organisation

    def known(self) -> Iterator[Known]:
        """All of them, to be compared."""
        for name, seats in self.by_name.items():
            for seat in seats:
                yield Known(seat.id, name, "", seat.place, seat.point)

    def _add(
        self, number: int, name: str, place: str | None, point: Point | None
    ) -> None:
        bare = bare_name(name)
        self.by_name[bare].append(_Seat(number, bare, fold_name(place or ""), point))


def bare_name(name: str) -> str:
    """The folded name without what tells the legal form alone."""
    folded = fold_name(name)
    return " ".join(LEGAL_FORMS.sub(" ", folded).split()) or folded
