from collections.abc import Callable, Mapping
from datetime import datetime

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.rules import is_member
from marketplace.postings.lives import mails
from marketplace.postings.lives.enums import (
    MOVES,
    PUBLIC_STATES,
    Act,
    PostingState,
    Side,
)
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.rules import can_move, can_revise, side_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.models import Letter
from marketplace.upkeep.mail.services import queue
from marketplace.upkeep.search.services import put_into_index

VERBS: Mapping[Act, str] = {
    Act.SUBMIT: "submitted",
    Act.RETURN: "returned",
    Act.PUBLISH: "published",
    Act.PAUSE: "paused",
    Act.RESUME: "resumed",
    Act.FILL: "filled",
    Act.REOPEN: "reopened",
    Act.END: "ended",
}
LETTERS: Mapping[str, Callable[[Posting], Letter]] = {
    "posting_submitted": mails.posting_submitted,
    "posting_published": mails.posting_published,
    "posting_returned": mails.posting_returned,
}


def move_posting(
    posting: Posting, act: Act, *, actor: User | None, at: datetime, words: str = ""
) -> None:
    """Takes one step of the table; refuses what the table does not have.

    `actor` is None where the program acts by itself. `words` go back with a posting
    that is returned, and must be there.
    """
    require_move(posting, act, actor=actor)
    if act is Act.RETURN and not words.strip():
        raise Refusal(_("Schreiben Sie dazu, was sich ändern soll."))

    move = MOVES[posting.state, act]
    posting.state, posting.changed_at = move.to, at
    posting.return_words = words.strip()
    if act in (Act.PUBLISH, Act.RESUME):
        posting.published_at = posting.published_at or at
        posting.confirmed_on = day_of(at)

    record(f"{posting.kind}.{VERBS[act]}", posting, actor=actor, at=at)
    if move.letter:
        queue(LETTERS[move.letter](posting), _readers(posting, act), at=at)


def require_move(posting: Posting, act: Act, *, actor: User | None) -> None:
    """Refuses what the table does not have, or not for this person."""
    is_allowed = (
        can_move(actor, posting, act) if actor else Side.PROGRAM in _by(posting, act)
    )
    if not is_allowed:
        raise Refusal(
            _(
                "Dieser Schritt geht gerade nicht: Der Eintrag ist „%(state)s“.",
                state=posting.state.label,
            )
        )


def confirm_posting(posting: Posting, *, actor: User, at: datetime) -> None:
    """Notes that a public posting still holds; refuses all but its organisation."""
    if side_of(actor, posting) is not Side.MEMBER:
        raise Refusal(_("Bestätigen können nur Mitglieder der Organisation."))
    if posting.state not in PUBLIC_STATES:
        raise Refusal(_("Bestätigen lässt sich, was öffentlich ist."))
    posting.confirmed_on = day_of(at)
    record(f"{posting.kind}.confirmed", posting, actor=actor, at=at)


def rest_posting(posting: Posting, why: str, *, at: datetime) -> None:
    """Lets a posting rest because of a rule, and tells its organisation why."""
    move_posting(posting, Act.PAUSE, actor=None, at=at)
    letter = mails.posting_paused(posting, why)
    queue(letter, addresses_of(posting.organisation), at=at)


def list_hint(posting: Posting, *texts: str, at: datetime) -> None:
    """Shows what was taken over from elsewhere, as a hint nobody has confirmed.

    Refuses one without title, without place or state, or without source. `texts` are
    further words by which it is found.
    """
    is_somewhere = posting.place_name or posting.state_code
    if not (posting.title and posting.source and is_somewhere):
        raise Refusal(_("Ein Hinweis braucht Titel, Ort oder Land, und Quelle."))
    is_new = posting.id is None
    posting.state, posting.changed_at = PostingState.LISTED, at
    db.session.add(posting)
    db.session.flush()  # index and record need its id

    index_posting(posting, *texts)
    verb = "listed" if is_new else "refreshed"
    record(f"{posting.kind}.{verb}", posting, actor=None, at=at)


def index_posting(posting: Posting, *texts: str) -> None:
    """Makes a posting findable by its words, its organisation and its place."""
    common = (posting.title, posting.description, posting.organisation.name)
    put_into_index(
        posting.kind, posting.id, (*common, posting.place_name or "", *texts)
    )


def require_member(actor: User, organisation: Organisation) -> None:
    """Refuses whoever does not act for the organisation."""
    if not is_member(actor, organisation):
        raise Refusal(_("Das können nur Mitglieder der Organisation."))


def require_revisable(posting: Posting, *, actor: User) -> None:
    """Refuses a change of what the office reads just now, or what is over."""
    if not can_revise(actor, posting):
        sentence = _(
            "Ändern geht als Entwurf oder öffentlich. Der Stand ist „%(state)s“.",
            state=posting.state.label,
        )
        raise Refusal(sentence)


def put_at_site(posting: Posting, site: Site | None) -> None:
    """Copies where a site is to the posting, so that lists need not look it up."""
    posting.site = site
    if site is None:
        return
    posting.place_name, posting.postal_code = site.place_name, site.postal_code
    posting.state_code, posting.district_ags = site.state_code, site.district_ags
    posting.lat, posting.lon = site.lat, site.lon
    posting.accessibility = site.accessibility


def _by(posting: Posting, act: Act) -> frozenset[Side]:
    move = MOVES.get((posting.state, act))
    return move.by if move else frozenset()


def _readers(posting: Posting, act: Act) -> list[str]:
    if act is Act.SUBMIT:
        return list(addresses_of_coordinators())
    return list(addresses_of(posting.organisation))
