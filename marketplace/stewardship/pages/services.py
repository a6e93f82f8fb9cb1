from dataclasses import dataclass
from datetime import date, datetime

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.markup import html_of
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.stewardship.pages.enums import Duty
from marketplace.stewardship.pages.models import Revision, TextPage
from marketplace.stewardship.pages.queries import page_by_slug
from marketplace.stewardship.pages.rules import (
    LONGEST_BODY,
    LONGEST_TITLE,
    is_duty,
    is_slug,
)
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.services import Card, put_into_index

# Under which search knows it.
KIND = "page"


@dataclass(frozen=True, kw_only=True)
class TextEntry:
    """What is written into a page."""

    title: str
    body: str
    review_on: date | None = None


def begin_page(slug: str, entry: TextEntry, *, actor: User, at: datetime) -> TextPage:
    """Opens a page with its first text; refuses an address that is taken.

    A free page is hidden until it is published.
    """
    if not is_slug(slug):
        raise Refusal(_("Die Adresse besteht aus kleinen Buchstaben und Strichen."))
    if page_by_slug(slug):
        raise Refusal(_("Diese Adresse hat schon eine Seite. Wählen Sie eine andere."))
    page = TextPage(slug=slug, is_public=slug in set(Duty))
    db.session.add(page)
    db.session.flush()  # the text needs its id
    save_text(page, entry, actor=actor, at=at)
    return page


def save_text(
    page: TextPage, entry: TextEntry, *, actor: User, at: datetime
) -> Revision:
    """Saves a text as the newest revision; what stands there already makes none."""
    _require_words(entry)
    page.review_on = entry.review_on
    newest: Revision | None = page.present
    if newest and (newest.title, newest.body) == (entry.title, entry.body):
        return newest
    revision = Revision(
        page=page,
        number=newest.number + 1 if newest else 1,
        title=entry.title,
        body=entry.body,
        written_at=at,
        written_by=actor.name,
    )
    db.session.add(revision)
    db.session.flush()
    db.session.expire(page, ["present"])

    record("page.written", page, actor=actor, at=at)
    index_page(page)
    return revision


def restore_text(
    page: TextPage, revision: Revision, *, actor: User, at: datetime
) -> Revision:
    """Saves an old text anew; the one in between stays readable."""
    entry = TextEntry(
        title=revision.title, body=revision.body, review_on=page.review_on
    )
    return save_text(page, entry, actor=actor, at=at)


def publish_page(page: TextPage, *, actor: User, at: datetime) -> None:
    """Lets everybody read a page."""
    page.is_public = True
    index_page(page)
    record("page.published", page, actor=actor, at=at)


def hide_page(page: TextPage, *, actor: User, at: datetime) -> None:
    """Takes a free page back; refuses one that must be there."""
    if is_duty(page):
        raise Refusal(_("Diese Seite muss es geben. Sie lässt sich nur ändern."))
    page.is_public = False
    index_page(page)
    record("page.hidden", page, actor=actor, at=at)


def index_page(page: TextPage) -> None:
    """Makes a page findable by its present text; those of duty stand in every foot."""
    if is_duty(page):
        return
    text = page.present
    card = Card(
        key=page.slug,
        title=text.title,
        body=html_of(text.body).striptags(),
        standing=Standing.CONFIRMED if page.is_public else Standing.HIDDEN,
    )
    put_into_index(KIND, page.id, [text.body], card)


def _require_words(entry: TextEntry) -> None:
    if not entry.title.strip() or not entry.body.strip():
        raise Refusal(_("Es fehlt noch Text. Schreiben Sie Titel und Inhalt."))
    if len(entry.title) > LONGEST_TITLE or len(entry.body) > LONGEST_BODY:
        raise Refusal(_("Der Text ist zu lang. Bitte teilen Sie ihn auf."))
