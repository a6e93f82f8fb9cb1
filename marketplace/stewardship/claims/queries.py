from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.text import plain
from marketplace.foundation.tokens import PAPER_LENGTH, hash_of, plain_code
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import hints_of, posting_by_key
from marketplace.stewardship.claims.enums import CLAIM, ClaimState, LetterWay
from marketplace.stewardship.claims.models import Chase, Claim, ClaimLetter
from marketplace.stewardship.claims.tables import KINDS
from marketplace.upkeep.mail.queries import link_of

# So many hints the office sees that people ask about; then it works through them.
MOST_WANTED = 50
# So many hints of each kind, and letters, of one organisation are shown.
SHOWN_OF_ONE = 30


@dataclass(frozen=True)
class Figures:
    """What came of the letters; organisations are counted once, letters each."""

    printed: int
    mailed: int
    opened: int
    written_to: int
    claimed: int

    @property
    def rate(self) -> int:
        """How many of a hundred organisations that got a letter claimed."""
        return round(100 * self.claimed / self.written_to) if self.written_to else 0


@dataclass(frozen=True)
class Wanted:
    """A hint that people ask the office about: how many, since when."""

    hint: Posting
    count: int
    since: datetime


def letter_with(secret: str) -> ClaimLetter | None:
    """The letter that bears this code, however typed, or this link."""
    code = plain_code(secret)
    query = select(ClaimLetter).options(joinedload(ClaimLetter.organisation))
    if len(code) == PAPER_LENGTH:
        return db.session.scalar(query.where(ClaimLetter.code_hash == hash_of(code)))
    link = link_of(CLAIM, secret)
    return (
        db.session.scalar(query.where(ClaimLetter.id == link.subject_id))
        if link
        else None
    )


def letters_to(organisation: Organisation) -> Sequence[ClaimLetter]:
    """The letters to an organisation, newest first; at most so many."""
    query = select(ClaimLetter).where(ClaimLetter.organisation_id == organisation.id)
    query = query.order_by(ClaimLetter.id.desc()).limit(SHOWN_OF_ONE)
    return db.session.scalars(query).all()


def hint_with(kind: str, key: str) -> Posting | None:
    """The hint of this kind and public id."""
    model = KINDS.get(kind)
    posting = posting_by_key(model, key) if model else None
    is_hint = posting is not None and posting.state is PostingState.LISTED
    return posting if is_hint else None


def all_hints_of(organisation: Organisation) -> list[Posting]:
    """Everything that lists say an organisation does."""
    return [
        hint
        for model in KINDS.values()
        for hint in db.session.scalars(hints_of(model, organisation))
    ]


def first_hints_of(organisation: Organisation) -> list[Posting]:
    """The first of what lists say an organisation does; the office reads no more."""
    return [
        hint
        for model in KINDS.values()
        for hint in db.session.scalars(
            hints_of(model, organisation).limit(SHOWN_OF_ONE)
        )
    ]


def organisations_with_keys(keys: Sequence[str]) -> Sequence[Organisation]:
    """The imported ones of these public ids, by name."""
    query = (
        select(Organisation)
        .where(
            Organisation.public_id.in_(keys),
            Organisation.state == OrganisationState.IMPORTED,
        )
        .options(selectinload(Organisation.sites))
        .order_by(Organisation.sort_name, Organisation.id)
    )
    return db.session.scalars(query).all()


def hint_count() -> ColumnElement[int]:
    """How many hints name an organisation; a key of the queue."""
    hints = union_all(
        *(
            select(model.id)
            .where(
                model.organisation_id == Organisation.id,
                model.state == PostingState.LISTED,
            )
            .correlate(Organisation)
            for model in KINDS.values()
        )
    ).subquery()
    return select(func.count()).select_from(hints).scalar_subquery()


def hint_counts(organisation_ids: Sequence[int]) -> dict[int, int]:
    """How many hints name each of some organisations."""
    count = hint_count()
    query = select(Organisation.id, count).where(Organisation.id.in_(organisation_ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


def claimable_organisations(district: str = "", name: str = "") -> Select[Organisation]:
    """Those that nobody acts for and that hints name, with their sites, narrowed."""
    is_taken = exists().where(
        Claim.organisation_id == Organisation.id, Claim.state == ClaimState.GRANTED
    )
    query = (
        select(Organisation)
        .where(Organisation.state == OrganisationState.IMPORTED, ~is_taken)
        .options(selectinload(Organisation.sites))
    )
    if name:
        query = query.where(
            Organisation.sort_name.contains(plain(name), autoescape=True)
        )
    if district:
        there = exists().where(
            Site.organisation_id == Organisation.id, Site.district_ags == district
        )
        query = query.where(there)
    return query


def asked_claims() -> Select[Claim]:
    """What members ask for and the office has not decided, oldest first."""
    return _claims(ClaimState.ASKED).order_by(Claim.asked_at, Claim.id)


def granted_claims() -> Select[Claim]:
    """What was taken over."""
    return _claims(ClaimState.GRANTED)


def claims_by(claimant: Organisation) -> Select[Claim]:
    """What an organisation asks for or has taken over, its own name among it."""
    query = select(Claim).where(
        Claim.claimant_id == claimant.id,
        Claim.state.in_((ClaimState.ASKED, ClaimState.GRANTED)),
    )
    return query.options(*_WHOLE)


def claim_by_key(key: str) -> Claim | None:
    """The claim of this public id, with both organisations."""
    query = select(Claim).where(Claim.public_id == key)
    return db.session.scalar(query.options(*_WHOLE))


def granted_claim_of(organisation: Organisation) -> Claim | None:
    """The claim by which an imported organisation was taken over, if it was."""
    query = granted_claims().where(Claim.organisation_id == organisation.id)
    return db.session.scalars(query).first()


def claim_asked_by(organisation: Organisation, claimant: Organisation) -> Claim | None:
    """What one organisation asks for of another and the office has not decided."""
    query = asked_claims().where(
        Claim.organisation_id == organisation.id, Claim.claimant_id == claimant.id
    )
    return db.session.scalars(query).first()


def chase_by(user: User, hint: Posting) -> Chase | None:
    """What a person asked about a hint, answered or not."""
    return db.session.scalar(_chases_of(hint).where(Chase.user_id == user.id))


def open_chases_of(hint: Posting) -> Sequence[Chase]:
    """Who waits for news of a hint, with their accounts."""
    query = _chases_of(hint).where(Chase.done_at.is_(None)).order_by(Chase.id)
    return db.session.scalars(query.options(joinedload(Chase.user))).all()


def wanted_hints() -> list[Wanted]:
    """The hints that readers ask the office to chase, those most asked for first."""
    count, since = func.count(Chase.id), func.min(Chase.asked_at)
    query = (
        select(Chase.kind, Chase.posting_key, count, since)
        .where(Chase.done_at.is_(None))
        .group_by(Chase.kind, Chase.posting_key)
        .order_by(count.desc(), since, Chase.posting_key)
        .limit(MOST_WANTED)
    )
    rows = db.session.execute(query).all()
    hints = {
        (kind, hint.public_id): hint
        for kind, model in KINDS.items()
        for hint in db.session.scalars(
            select(model)
            .where(
                model.public_id.in_([row[1] for row in rows if row[0] == kind]),
                model.state == PostingState.LISTED,
            )
            .options(joinedload(model.organisation))
        )
    }
    return [
        Wanted(hints[kind, key], number, at)
        for kind, key, number, at in rows
        if (kind, key) in hints
    ]


def figures() -> Figures:
    """What came of all letters."""
    letters = db.session.execute(
        select(
            func.count(ClaimLetter.id).filter(ClaimLetter.way == LetterWay.PAPER),
            func.count(ClaimLetter.id).filter(ClaimLetter.way == LetterWay.MAIL),
            func.count(ClaimLetter.opened_at),
            func.count(ClaimLetter.organisation_id.distinct()),
            func.count(ClaimLetter.organisation_id.distinct()).filter(
                ClaimLetter.claimed_at.is_not(None)
            ),
        )
    ).one()
    return Figures(*letters)


_WHOLE = (
    joinedload(Claim.organisation),
    joinedload(Claim.claimant),
    joinedload(Claim.user),
)


def _chases_of(hint: Posting) -> Select[Chase]:
    return select(Chase).where(
        Chase.kind == hint.kind, Chase.posting_key == hint.public_id
    )


def _claims(state: ClaimState) -> Select[Claim]:
    return select(Claim).where(Claim.state == state).options(*_WHOLE)
