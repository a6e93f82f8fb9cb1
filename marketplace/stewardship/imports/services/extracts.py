"""What a kind holds, as rows that our own reader takes back unchanged.

Nobody's contact is in it: no names, addresses or numbers of persons. What a list told
under no open licence is left out unless somebody asks for all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.language import NamedEnum, in_german
from marketplace.foundation.licences import HERE, is_open
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.sponsorships.models import PastGrant
from marketplace.region.topics.enums import CostClass
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.entries import cleaned
from marketplace.stewardship.imports.services.headings import LAYOUTS
from marketplace.stewardship.imports.services.stays import stay_cells
from marketplace.stewardship.imports.services.texts import (
    BETWEEN,
    fitting,
    labels_of,
    span_of,
)
from marketplace.upkeep.settings.queries import own_licence

# So many rows are in memory at once.
AT_ONCE = 500
# As long as the column that takes it back.
LONGEST_EVIDENCE = 300
# The word by which a list says what an organisation is.
WORDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.COMPANY: "Unternehmen",
    OrganisationKind.PROVIDER: "Anbieter",
    OrganisationKind.SCHOOL: "Schule",
    OrganisationKind.ASSOCIATION: "Verein",
    OrganisationKind.AUTHORITY: "Behörde",
}
STANDINGS = {Standing.EXISTS: "ja", Standing.ABSENT: "nein", Standing.OPEN: "offen"}
VISIBLE = (*PUBLIC_STATES, PostingState.LISTED)

Cells = dict[str, Any]


@dataclass(frozen=True)
class Extract:
    """The things of one kind, and what a row says of each; it has a `licence`."""

    query: Select[Any]
    cells: Callable[[Any], Cells]


def extract_of(kind: ImportKind) -> Extract:
    """How a kind is handed out; refuses what is taken from public lists as it is."""
    extract = _EXTRACTS.get(kind)
    if extract is None:
        known = ", ".join(sorted(_EXTRACTS))
        raise Refusal(f"{kind} come from public lists; take these. Here: {known}.")
    return extract


def row_count(extract: Extract) -> int:
    """How many things there are, those included that are left out."""
    query = select(func.count()).select_from(extract.query.order_by(None).subquery())
    return db.session.scalars(query).one()


def headings_of(kind: ImportKind) -> list[str]:
    """The heading of every field of a kind: its name, where a file may call it so."""
    layout, first = LAYOUTS[kind], dict[str, str]()
    for heading, name in layout.fields.items():
        first.setdefault(name, name if layout.field_of(name) == name else heading)
    return list(first.values())


def fields_of(kind: ImportKind) -> list[str]:
    """What stands under the headings, in their order."""
    return list(dict.fromkeys(LAYOUTS[kind].fields.values()))


def rows_of(
    kind: ImportKind, *, is_all: bool = False
) -> Iterator[Sequence[str] | None]:
    """The rows of a kind, a few in memory at a time; None for one that is left out."""
    extract, fields = extract_of(kind), fields_of(kind)
    things = db.session.scalars(extract.query.execution_options(yield_per=AT_ONCE))
    own = own_licence()
    for thing in things:
        cells = extract.cells(thing)
        if cells["source"] == HERE:
            cells["licence"] = cells["licence"] or own
        is_told = is_all or cells["source"] == HERE or is_open(cells["licence"])
        yield [said(cells.get(name)) for name in fields] if is_told else None


def said(value: Any) -> str:
    """A value in a cell, without the blanks that our reader takes away."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else cleaned(str(value))


def _label(member: NamedEnum | None) -> str:
    return in_german(member.label) if member else ""


def _source(thing: Any) -> Cells:
    """Where it comes from, and of when it is."""
    as_of = getattr(thing, "as_of_text", "") or getattr(thing, "as_of", None)
    licence = thing.licence if thing.source else ""
    return {"source": thing.source or HERE, "licence": licence, "as_of": as_of}


def posting_cells(posting: Posting) -> Cells:
    """What a row says of any posting."""
    return {
        "id": posting.source_key or posting.public_id,
        "title": posting.title,
        "provider": posting.organisation.name,
        "description": posting.description,
        "topics": labels_of(posting.topics),
        "street": posting.site.street if posting.site else "",
        "postal_code": posting.postal_code,
        "city": posting.place_name,
        "state": posting.state_code,
        "latitude": posting.lat,
        "longitude": posting.lon,
        "url": posting.link,
        **_source(posting),
    }


def _offer(offer: Offer) -> Cells:
    cost = None if offer.cost is CostClass.UNKNOWN else offer.cost
    days = span_of(offer.starts_on, offer.ends_on) if offer.starts_on else ""
    return posting_cells(offer) | {
        "audience": offer.audience_text or labels_of(offer.audiences),
        "format": _label(offer.format),
        "funding": offer.funding_today,
        "cost": offer.cost_text or _label(cost),
        "availability": offer.dates_text or days,
        "group_size": offer.group_size,
    }


def _internship(internship: Internship) -> Cells:
    return posting_cells(internship) | stay_cells(internship)


def _organisation(organisation: Organisation) -> Cells:
    site = organisation.sites[0] if organisation.sites else None
    kinds = [word for kind, word in WORDS.items() if kind in organisation.kinds]
    is_known = organisation.state is OrganisationState.VERIFIED
    return {
        "name": organisation.name,
        "type": BETWEEN.join(kinds),
        "street": site.street if site and is_known else "",
        "postal_code": site.postal_code if site else "",
        "city": site.place_name if site else "",
        "state": site.state_code if site else "",
        "latitude": site.lat if site else "",
        "longitude": site.lon if site else "",
        "url": organisation.website if is_known else "",
        "source": HERE if is_known else organisation.source,
        "licence": "",
    }


def _programme(programme: Programme) -> Cells:
    return {
        "name": programme.name,
        "funder": programme.funder,
        "kind": programme.kind_text,
        "who_can_apply": programme.who_can_apply,
        "region": programme.region_text,
        "topics": labels_of(programme.topics),
        "deadline": programme.deadline_text,
        "amount": programme.amount_text,
        "url": programme.link,
        **_source(programme),
    }


def _action(action: Action) -> Cells:
    known = {
        one.state.name.lower(): STANDINGS[one.standing] for one in action.existences
    }
    told = dict.fromkeys(filter(None, (one.evidence for one in action.existences)))
    return known | {
        "id": action.source_key or action.public_id,
        "title": action.title,
        "description": action.description,
        "initiator": action.initiator,
        "topics": labels_of(action.topics),
        "audience": labels_of(action.audiences),
        "effort": action.effort_text,
        "cost": action.cost_text,
        "material": action.material,
        "advice": action.advice,
        "funding": action.funding,
        "evidence": fitting(told, LONGEST_EVIDENCE),
        "url": action.link,
        **_source(action),
    }


def _grant(grant: PastGrant) -> Cells:
    return {
        "funder": grant.funder,
        "recipient": grant.recipient,
        "title": grant.title,
        "amount": grant.amount_text,
        "year": grant.year,
        "place": grant.place_name,
        "purpose": grant.purpose,
        **_source(grant),
    }


def _visible(model: type[Posting]) -> Select[Any]:
    is_known = Organisation.state != OrganisationState.FROZEN
    return (
        select(model)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(model.state.in_(VISIBLE), is_known)
        .options(joinedload(model.organisation), joinedload(model.site))
        .order_by(model.id)
    )


_EXTRACTS: Mapping[ImportKind, Extract] = {
    ImportKind.OFFERS: Extract(_visible(Offer), _offer),
    ImportKind.INTERNSHIPS: Extract(
        _visible(Internship).options(
            selectinload(Internship.periods), selectinload(Internship.occupations)
        ),
        _internship,
    ),
    ImportKind.SPONSORSHIPS: Extract(select(PastGrant).order_by(PastGrant.id), _grant),
    ImportKind.ORGANISATIONS: Extract(
        select(Organisation)
        .where(
            Organisation.state.in_(
                (OrganisationState.VERIFIED, OrganisationState.IMPORTED)
            )
        )
        .options(selectinload(Organisation.sites))
        .order_by(Organisation.id),
        _organisation,
    ),
    ImportKind.PROGRAMMES: Extract(
        select(Programme).order_by(Programme.id), _programme
    ),
    ImportKind.ACTIONS: Extract(
        select(Action).options(selectinload(Action.existences)).order_by(Action.id),
        _action,
    ),
}
KINDS = tuple(_EXTRACTS)
