"""Search shows and counts what stands in a state that is named, and nothing else."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from marketplace.foundation.database import db, transaction
from marketplace.overview.finding.enums import Kind, Order
from marketplace.overview.finding.queries.asking import Search, asked_of
from marketplace.overview.finding.queries.counts import counts_of
from marketplace.overview.finding.queries.hits import found
from marketplace.overview.finding.queries.meaning import meant_instead, proposals_for
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.services.indexing import index_organisation
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import Narrowing, card_of
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.services import put_into_index
from tests.factories.internships import make_internship
from tests.factories.people import make_company
from tests.factories.postings import (
    make_event,
    make_offer,
    make_rolemodel,
    make_sponsorship,
)

MAKERS = {
    Kind.INTERNSHIP: make_internship,
    Kind.OFFER: make_offer,
    Kind.SPONSORSHIP: make_sponsorship,
    Kind.EVENT: make_event,
    Kind.ROLEMODEL: make_rolemodel,
}
IN_LISTS = {PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED}
# By the states of owner and posting what everybody may find; all else is hidden.
VISIBLE = {
    *((OrganisationState.VERIFIED, state) for state in IN_LISTS),
    (OrganisationState.VERIFIED, PostingState.LISTED),
    (OrganisationState.IMPORTED, PostingState.LISTED),
}
WORD = "Zwirbelwicht"


def search_of(word=WORD, kind=None):
    return Search(asked_of(word), Narrowing(words=word), kind)


@pytest.mark.parametrize("kind", MAKERS)
def test_postings_are_found_in_named_states_alone(app, kind):
    owners = {}
    with transaction():
        for state in OrganisationState:
            owners[state] = make_company(name=f"Haus {state.value}", state=state)
    made = {
        (owner, state): MAKERS[kind](
            organisation=owners[owner], state=state, title=f"{WORD} {number}"
        )
        for owner in OrganisationState
        for number, state in enumerate(PostingState)
    }
    with transaction():
        for posting in made.values():
            put_into_index(kind.value, posting.id, (), card_of(posting, None))

    hits = found(search_of(kind=kind), Order.FIT)
    counts = counts_of(search_of())

    numbers = [hit.entry_id for hit in hits]
    query = select(SearchEntry.thing_id).where(SearchEntry.id.in_(numbers))
    assert set(db.session.scalars(query)) == {made[key].id for key in VISIBLE}
    assert counts.total == counts.kinds[kind] == len(VISIBLE)


@pytest.mark.parametrize("state", OrganisationState)
def test_organisations_are_found_in_named_states_alone(app, state):
    organisation = make_company(name=f"{WORD} GmbH", state=state)
    with transaction():
        index_organisation(organisation)

    count = counts_of(search_of()).kinds[Kind.ORGANISATION]

    is_named = state in (OrganisationState.VERIFIED, OrganisationState.IMPORTED)
    assert count == len(found(search_of(), Order.FIT)) == is_named


@pytest.mark.parametrize("kind", Kind)
def test_what_says_nothing_of_its_state_is_hidden(app, kind):
    tokens = f"k_{kind} l_sn h_optics t_zwirbelwicht zwirbelwicht"
    row = {"kind": kind.value, "thing_id": 77_000, "tokens": tokens}
    with transaction():
        db.session.execute(insert(SearchEntry), [row])

    search = search_of()
    assert found(search, Order.FIT) == []
    assert counts_of(search).total == 0
    assert counts_of(replace(search, is_loose=True)).total == 0
    assert proposals_for(WORD[:6], 8) == []
    assert meant_instead(asked_of("Zwirbelwichd"), is_found=False) == []
