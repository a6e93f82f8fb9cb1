"""A held row beside the entry it is probably the same as, and making one of both."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.foundation.database import db
from marketplace.foundation.language import NamedEnum, _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.services.describing import refresh_organisation
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import list_action
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import list_hint
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.services import list_programme
from marketplace.stewardship.imports.enums import HeldState, ImportKind
from marketplace.stewardship.imports.models import HeldRow
from marketplace.stewardship.imports.services.actions import action_values
from marketplace.stewardship.imports.services.entries import Entry, RejectedRow
from marketplace.stewardship.imports.services.held import close_held_row
from marketplace.stewardship.imports.services.organisations import organisation_values
from marketplace.stewardship.imports.services.postings import (
    found_by,
    internship_columns,
    offer_columns,
    posting_values,
)
from marketplace.stewardship.imports.services.programmes import programme_values

Values = Mapping[str, Any]
Tell = Callable[[Entry], Values]
# What a kind becomes, and what a row tells of it.
KINDS: Mapping[ImportKind, tuple[type[Any], Tell]] = {
    ImportKind.ORGANISATIONS: (Organisation, organisation_values),
    ImportKind.OFFERS: (Offer, lambda row: posting_values(row, offer_columns)),
    ImportKind.INTERNSHIPS: (
        Internship,
        lambda row: posting_values(row, internship_columns),
    ),
    ImportKind.PROGRAMMES: (Programme, programme_values),
    ImportKind.ACTIONS: (Action, action_values),
}


@dataclass(frozen=True)
class Rivalry:
    """One column in which the row and the entry differ, both in words."""

    column: str
    here: str
    told: str


def like_of(row: HeldRow) -> Any | None:
    """The entry that a row is probably the same as, if it is still there."""
    known = KINDS.get(row.kind)
    return db.session.get(known[0], row.like_id) if known and row.like_id else None


def may_merge(thing: Any) -> bool:
    """Says whether an entry is still nobody's, so that a list may add to it."""
    if isinstance(thing, Organisation):
        return thing.state is OrganisationState.IMPORTED
    state = getattr(thing, "state", PostingState.LISTED)
    return state is PostingState.LISTED


def rivalries(row: HeldRow, thing: Any) -> list[Rivalry]:
    """Where the row says something, and says it otherwise than the entry."""
    return [
        Rivalry(column, _said(getattr(thing, column)), _said(value))
        for column, value in _told(row).items()
        if value and getattr(thing, column) != value
    ]


def merge_held_row(
    row: HeldRow, columns: Collection[str], *, actor: User, at: datetime
) -> None:
    """Makes one of a row and its like; in `columns` the words of the row win.

    Refuses what was decided before, and to write over what an organisation confirmed.
    """
    thing = like_of(row)
    if thing is None:
        raise Refusal(_("Den anderen Eintrag gibt es nicht mehr."))
    if columns and not may_merge(thing):
        raise Refusal(_("Diesen Eintrag pflegt jetzt eine Organisation."))
    close_held_row(row, HeldState.DISMISSED, verb="merged", actor=actor, at=at)
    told = _told(row)
    chosen = {name: told[name] for name in told if name in columns}
    for column, value in chosen.items():
        setattr(thing, column, value)
    if chosen:
        _show_anew(thing, Entry(row.line, row.values), at=at)


def _told(row: HeldRow) -> Values:
    _model, tell = KINDS[row.kind]
    try:
        return tell(Entry(row.line, row.values))
    except RejectedRow as rejected:
        raise Refusal(rejected.reason) from None


def _show_anew(thing: Any, entry: Entry, *, at: datetime) -> None:
    if isinstance(thing, Organisation):
        refresh_organisation(thing)
    elif isinstance(thing, Programme):
        list_programme(thing, at=at)
    elif isinstance(thing, Action):
        list_action(thing, at=at)
    else:
        list_hint(thing, *found_by(entry), at=at)


def _said(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(_said(member) for member in value))
    if isinstance(value, NamedEnum):
        return str(value.label)
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    return "" if value is None else str(value)
