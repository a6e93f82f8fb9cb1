"""The organisations there are, found under any form of their name, or created."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _
from marketplace.foundation.text import bare_name, fold_name
from marketplace.foundation.tokens import hash_of
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import FormerName, Organisation, Site
from marketplace.people.organisations.services.describing import take_over_organisation
from marketplace.stewardship.imports.services.entries import RejectedRow
from marketplace.stewardship.imports.services.gazetteer import Spot
from marketplace.stewardship.imports.services.likeness import Known
from marketplace.stewardship.imports.services.runs import Run
from marketplace.stewardship.imports.services.texts import cut

LONGEST_STREET, LONGEST_SOURCE = 120, 300


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
        self.by_former: dict[str, list[_Seat]] = defaultdict(list)
        former = select(FormerName.organisation_id, FormerName.name_hash)
        for number, mark, place in db.session.execute(
            former.add_columns(Site.place_name)
            .outerjoin(Site, Site.organisation_id == FormerName.organisation_id)
            .order_by(FormerName.id, Site.id)
        ):
            seat = _Seat(number, "", fold_name(place or ""), None)
            self.by_former[mark].append(seat)
        closed = select(Organisation.id).where(Organisation.closed_at.is_not(None))
        self.closed = set(db.session.scalars(closed))

    def find(self, name: str, place: str | None) -> int | None:
        """The organisation of this name and place; one without a place fits any."""
        folded = fold_name(place or "")
        seats = self._seats(name)
        return next(
            (s.id for s in seats if "" in {folded, s.place} or folded == s.place), None
        )

    def of_posting(
        self, name: str, spot: Spot, kinds: frozenset[OrganisationKind], source: str
    ) -> int:
        """The organisation that posts; a new one, if nobody bears the name.

        Where it posts need not be where it sits: an only one of its name is meant.
        Rejects a row of one that deleted itself.
        """
        found = self.find(name, spot.place_name)
        named = {seat.id for seat in self._seats(name)}
        if found is None and len(named) == 1:
            found = named.pop()
        if found in self.closed:
            raise RejectedRow(_("Diese Organisation hat sich hier abgemeldet."))
        if found is not None:
            return found
        said = cut(source, LONGEST_SOURCE)
        values = {"name": name, "kinds": kinds, "source": said}
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

    def _seats(self, name: str) -> list[_Seat]:
        """Who bears the name, and then who bore it once."""
        bare = bare_name(name)
        return [
            *self.by_name.get(bare, ()),
            *self.by_former.get(hash_of(bare), ()),
        ]

    def _add(
        self, number: int, name: str, place: str | None, point: Point | None
    ) -> None:
        bare = bare_name(name)
        self.by_name[bare].append(_Seat(number, bare, fold_name(place or ""), point))
