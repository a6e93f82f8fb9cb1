"""Hints that become drafts, and drafts that go again."""

from datetime import datetime

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.services.sites import add_known_site
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import posting_by_key
from marketplace.postings.lives.services import drop_posting, index_posting
from marketplace.stewardship.claims.queries import all_hints_of
from marketplace.stewardship.claims.tables import COMMON, KINDS, OWN, PLACE
from marketplace.upkeep.audit.services import record


def make_drafts(
    organisation: Organisation, claimant: Organisation, *, actor: User, at: datetime
) -> list[Posting]:
    """Copies what lists say of an organisation into drafts of whoever claims it.

    What is a draft already is not copied again.
    """
    return [
        _draft_of(hint, claimant, actor=actor, at=at)
        for hint in all_hints_of(organisation)
        if hint.successor_key is None
    ]


def drop_drafts(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Takes back the drafts of an organisation's hints; refuses once one was public."""
    pairs = [
        (hint, draft)
        for model in KINDS.values()
        for hint in _followed_hints(model, organisation)
        if (draft := posting_by_key(model, hint.successor_key or ""))
    ]
    if any(draft.published_at for _hint, draft in pairs):
        raise Refusal(_("Davon war schon etwas öffentlich. Das bleibt."))
    for hint in all_hints_of(organisation):
        hint.successor_key = None
    for _hint, draft in pairs:
        record(f"{draft.kind}.dropped", draft, actor=actor, at=at)
        drop_posting(draft)
    db.session.flush()


def has_own_postings(organisation: Organisation) -> bool:
    """Says whether an organisation has written anything, drafts included."""
    return any(
        db.session.scalar(
            select(model.id)
            .where(
                model.organisation_id == organisation.id,
                model.state != PostingState.LISTED,
            )
            .limit(1)
        )
        for model in KINDS.values()
    )


def _followed_hints(model: type[Posting], organisation: Organisation) -> list[Posting]:
    """Its hints of one kind that became something, also those not listed any more."""
    query = select(model).where(
        model.organisation_id == organisation.id, model.successor_key.is_not(None)
    )
    return list(db.session.scalars(query))


def _draft_of(
    hint: Posting, claimant: Organisation, *, actor: User, at: datetime
) -> Posting:
    model = type(hint)
    names = (*COMMON, *OWN[model])
    draft = model(
        organisation=claimant,
        site=_site_of(hint, claimant, actor=actor, at=at),
        state=PostingState.DRAFT,
        changed_at=at,
        **{name: getattr(hint, name) for name in names},
    )
    db.session.add(draft)
    db.session.flush()  # record, index and the hint need its id
    hint.successor_key = draft.public_id
    record(f"{draft.kind}.taken_over", draft, actor=actor, at=at)
    index_posting(draft)
    return draft


def _site_of(
    hint: Posting, claimant: Organisation, *, actor: User, at: datetime
) -> Site | None:
    """The claimant's site in the town of a hint; a new one where it has none there.

    Without it the form would offer its other towns alone, and move the posting there.
    """
    if hint.lat is None or not hint.place_name:
        return None
    there = [
        site
        for site in claimant.sites
        if site.place_name == hint.place_name and site.lat is not None
    ]
    if hint.site in there:
        return hint.site
    place = {name: getattr(hint, name) for name in PLACE}
    return there[0] if there else add_known_site(claimant, place, actor=actor, at=at)
