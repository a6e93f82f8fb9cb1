from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TypeVar

from flask_babel import force_locale
from sqlalchemy import delete

from marketplace.foundation.clock import day_of, end_of
from marketplace.foundation.database import db, locked_all
from marketplace.foundation.language import _, in_german
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Notice
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import (
    addresses_of_coordinators,
    user_by_email,
    willing,
)
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.lives import mails
from marketplace.postings.lives.enums import (
    MOVES,
    PUBLIC_STATES,
    Act,
    PostingState,
    Side,
)
from marketplace.postings.lives.models import Posting, PostingChange, W, Written
from marketplace.postings.lives.queries import (
    approved_count,
    card_of,
    ended_by,
    stale_postings,
)
from marketplace.postings.lives.rules import (
    REMINDER_DAYS,
    TRUSTED_AFTER,
    can_move,
    can_revise,
    fresh_until,
    reminders_due,
    side_of,
    standing_of,
    state_after,
    year_before,
)
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.models import Letter, LinkToken
from marketplace.upkeep.mail.queries import link_of
from marketplace.upkeep.mail.services import queue, use_link
from marketplace.upkeep.search.services import (
    let_stand,
    put_into_index,
    take_from_index,
)

P = TypeVar("P", bound=Posting)
VERBS: Mapping[Act, str] = {
    Act.SUBMIT: "submitted",
    Act.RETURN: "returned",
    Act.PUBLISH: "published",
    Act.PAUSE: "paused",
    Act.RESUME: "resumed",
    Act.FILL: "filled",
    Act.REOPEN: "reopened",
    Act.END: "ended",
    Act.ARCHIVE: "archived",
    Act.FREEZE: "frozen",
    Act.THAW: "thawed",
}
LETTERS: Mapping[str, Callable[[Posting], Letter]] = {
    "posting_submitted": mails.posting_submitted,
    "posting_published": mails.posting_published,
    "posting_returned": mails.posting_returned,
    "posting_paused": mails.posting_paused,
    "posting_frozen": mails.posting_frozen,
    "posting_thawed": mails.posting_thawed,
}
# Steps that need a reason.
EXPLAINED = (Act.RETURN, Act.FREEZE)


def move_posting(
    posting: Posting, act: Act, *, actor: User | None, at: datetime, words: str = ""
) -> None:
    """Takes one step of the table; refuses what the table does not have.

    `actor` is None where the program acts by itself. `words` say why, and must be
    there with a return and a freeze. What a trusted organisation submits is public at
    once. Copying and deleting have services of their own.
    """
    require_move(posting, act, actor=actor)
    if act is Act.PUBLISH and actor is None and not is_trusted(posting.organisation):
        raise Refusal(_("Das liest zuerst die Koordinationsstelle."))
    if act in EXPLAINED and not words.strip():
        raise Refusal(_("Schreiben Sie dazu, was sich ändern soll oder warum."))

    letter = MOVES[posting.state, act].letter
    _change_state(posting, act, at=at)
    posting.return_words = words.strip()
    if act is Act.PUBLISH and actor:
        posting.approved_at = at

    record(f"{posting.kind}.{VERBS[act]}", posting, actor=actor, at=at)
    if act is Act.SUBMIT and is_trusted(posting.organisation):
        move_posting(posting, Act.PUBLISH, actor=None, at=at)
    elif letter:
        queue(LETTERS[letter](posting), _readers(posting, act), at=at)


def is_trusted(organisation: Organisation) -> bool:
    """Says whether the office need not read what an organisation submits (O1)."""
    return is_verified(organisation) and approved_count(organisation) >= TRUSTED_AFTER


def delete_posting(posting: Posting, *, actor: User, at: datetime) -> None:
    """Takes a draft or a hint away for good; refuses whatever else."""
    require_move(posting, Act.DELETE, actor=actor)

    record(f"{posting.kind}.deleted", posting, actor=actor, at=at)
    drop_posting(posting)


def drop_posting(posting: Posting) -> None:
    """Takes a posting away with its history, and out of the index."""
    take_from_index(posting.kind, posting.id)
    of_kind = PostingChange.kind == posting.kind
    of_posting = PostingChange.posting_id == posting.id
    db.session.execute(delete(PostingChange).where(of_kind, of_posting))
    db.session.delete(posting)


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
    posting.confirmed_on, posting.reminded_count = day_of(at), 0
    record(f"{posting.kind}.confirmed", posting, actor=actor, at=at)


def followed(model: type[P], token: str) -> tuple[LinkToken, P]:
    """The link of a reminder and its posting; refuses one that nobody was sent."""
    link = link_of(mails.freshness(model.kind), token)
    posting = db.session.get(model, link.subject_id) if link else None
    if link is None or posting is None:
        raise Refusal(_("Diesen Link kennen wir nicht. Bitte ganz übernehmen."))
    return link, posting


def confirm_by_link(model: type[P], token: str, *, at: datetime) -> P:
    """Confirms a posting by the link of a letter; twice does no harm.

    Refuses a link that is too old, or whose reader has left or was shut out.
    """
    link, posting = followed(model, token)
    member = user_by_email(link.recipient)
    if (
        member is None
        or member.disabled_at
        or not is_member(member, posting.organisation)
    ):
        raise Refusal(_("Bestätigen können nur Mitglieder der Organisation."))
    if link.used_at:
        return posting
    if not use_link(link, at=at):
        raise Refusal(_("Dieser Link ist abgelaufen. Bestätigen geht auf der Seite."))
    confirm_posting(posting, actor=member, at=at)
    return posting


def rest_posting(posting: Posting, why: str, *, at: datetime) -> None:
    """Lets a posting rest because of a rule, and tells its organisation why."""
    move_posting(posting, Act.PAUSE, actor=None, at=at, words=why)


def follow_age(model: type[P], *, at: datetime) -> None:
    """Rests what nobody confirmed in a year, asks before that, archives what is over.

    Safe to run twice: what it has moved it no longer finds, what it has asked it
    counts.
    """
    today = day_of(at)
    with force_locale("de"):
        why = _("Seit 12 Monaten hat niemand bestätigt, dass er noch gilt.")
    since = year_before(today)
    for posting in db.session.scalars(stale_postings(model, since)).all():
        rest_posting(posting, why, at=at)
    # The first day on which what is asked about now would be too old.
    soon = year_before(today + timedelta(days=max(REMINDER_DAYS) + 1))
    for posting in db.session.scalars(stale_postings(model, soon)).all():
        _ask_for_confirmation(posting, at=at)
    for posting in db.session.scalars(ended_by(model, end_of(since))).all():
        move_posting(posting, Act.ARCHIVE, actor=None, at=at)


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


def retire_hint(hint: Posting, *, actor: User, at: datetime) -> None:
    """Hides a hint for good; its row stays, so that no file lists it again."""
    hint.published_at = hint.published_at or at
    hint.state, hint.changed_at, hint.ended_at = PostingState.ARCHIVED, at, at
    take_from_index(hint.kind, hint.id)
    record(f"{hint.kind}.retired", hint, actor=actor, at=at)


def index_posting(posting: Posting, *texts: str, begins_on: date | None = None) -> None:
    """Makes a posting findable by its words, organisation, topics and place."""
    words = (*(in_german(topic.label) for topic in posting.topics), *texts)
    put_into_index(posting.kind, posting.id, words, card_of(posting, begins_on))


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


@contextmanager
def keeping_history(
    posting: W, told: Callable[[W], Mapping[str, str]], *, actor: User, at: datetime
) -> Iterator[None]:
    """Notes which fields the block changed, from what to what, by the words of `told`.

    A new posting has no history.
    """
    with force_locale("de"):
        before = told(posting)
    yield
    db.session.flush()  # what hangs on it is read anew
    with force_locale("de"):
        after = told(posting)
    for field, new in after.items():
        if new != before[field]:
            _note_change(posting, field, before[field], new, actor=actor, at=at)


def put_at_site(posting: Posting, site: Site | None) -> None:
    """Copies to the posting where its site is now; who moves that meanwhile waits."""
    posting.site = site
    if site is None:
        return
    if site in db.session.dirty:  # written here, and so held
        db.session.flush()
    with db.session.no_autoflush:  # the site is held before the posting
        locked_all(Site, [site.id])
    posting.place_name, posting.postal_code = site.place_name, site.postal_code
    posting.state_code, posting.district_ags = site.state_code, site.district_ags
    posting.lat, posting.lon = site.lat, site.lon
    posting.accessibility = site.accessibility


def _note_change(
    posting: Written, field: str, *words: str, actor: User, at: datetime
) -> None:
    thing = {"kind": posting.kind, "posting_id": posting.id}
    told = {"field": field, "old": words[0], "new": words[1]}
    db.session.add(PostingChange(**thing, **told, actor_id=actor.id, at=at))


def _change_state(posting: Posting, act: Act, *, at: datetime) -> None:
    """Sets the state and the days that go with it."""
    before, posting.state = posting.state, state_after(posting, act)
    posting.changed_at = at
    if act in (Act.PUBLISH, Act.RESUME):
        posting.published_at = posting.published_at or at
        posting.confirmed_on, posting.reminded_count = day_of(at), 0
    if act is Act.END:
        posting.ended_at = at
    if act is Act.FREEZE:
        posting.frozen_from = before
        posting.published_at = posting.published_at or at
    if act is Act.THAW:
        posting.frozen_from = None
        if posting.state is PostingState.LISTED:
            posting.published_at = None
    let_stand(posting.kind, posting.id, standing_of(posting))


def _ask_for_confirmation(posting: Posting, *, at: datetime) -> None:
    due = reminders_due(posting, day_of(at))
    until = fresh_until(posting.confirmed_on) if posting.confirmed_on else day_of(at)
    if due <= posting.reminded_count or until < day_of(at):
        return
    posting.reminded_count = due
    letter = mails.posting_reminder(posting, until)
    queue(letter, addresses_of(posting.organisation), at=at)


def _by(posting: Posting, act: Act) -> frozenset[Side]:
    move = MOVES.get((posting.state, act))
    return move.by if move else frozenset()


def _readers(posting: Posting, act: Act) -> list[str]:
    if act is Act.SUBMIT:
        return list(willing(addresses_of_coordinators(), Notice.POSTINGS))
    return list(addresses_of(posting.organisation))
