"""How one tells others of a page: its short address, its card, words to copy."""

from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime
from markupsafe import Markup
from segno import make_qr

from marketplace.doors.feeds.services.cards import (
    Card,
    draw_card,
    keep_card,
    kept_card,
)
from marketplace.doors.feeds.services.records import Record, Slot, record_of
from marketplace.doors.feeds.tables import PAGES, POSTERS, SINGLE
from marketplace.doors.feeds.views.blueprint import blueprint
from marketplace.encounters.papers.rules import has_poster
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.documents import FACES
from marketplace.foundation.language import _, format_span
from marketplace.foundation.licences import is_open
from marketplace.foundation.refusals import found, permit
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.people.organisations.rules import is_verified
from marketplace.postings.actions.queries import action_by_key
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import posting_by_key
from marketplace.postings.lives.rules import is_public
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.region.places.queries import dots
from marketplace.web.access import EVERYONE, open_to

FACE = "source-sans-3-latin-wght-normal.ttf"
# So many of the times of a thing are named.
MOST_SLOTS = 3
QR_BORDER = 2
# A framed card without its title and name, and each line of them, in pixels.
FRAME, FRAME_LINE = 330, 27
NAMES = ", ".join(f"'{name}'" for name in PAGES)
# Of people: neither here nor with who looks, so that who withdraws is gone at once.
NEVER_KEPT = "private, no-store"


@blueprint.get(f"/teilen/<any({NAMES}):name>/<public:key>")
@open_to(EVERYONE)
def share(name: str, key: str) -> ResponseReturnValue:
    thing, record = record_for(name, key)

    picture = make_qr(record.link).svg_inline(
        scale=5, border=QR_BORDER, svgclass=None, lineclass=None, title=_("QR-Code")
    )
    return render_template(
        "doors/feeds/share.html",
        record=record,
        page=url_for(PAGES[name].endpoint or "", key=thing),
        kept=PAGES[name],
        card=url_for(".card", name=name, key=thing.public_id),
        words=_words(record),
        poster=url_for(".poster", name=name, key=thing.public_id)
        if name in POSTERS and has_poster_of(thing)
        else "",
        embedded=_embedded(thing),
        height=_frame_height(record),
        qr=Markup(picture),  # noqa: S704 - drawn by segno out of our own address
    )


def record_for(name: str, key: str) -> tuple[Any, Record]:
    """What everybody may hand on of the thing of this key, which was confirmed."""
    thing = _thing(name, key)
    permit(_is_shown(thing) and not _is_hint(thing))
    return thing, record_of(thing, lambda one: _short(name, one))


def has_poster_of(thing: Any) -> bool:
    """Says whether a thing can hang on a wall: an internship while one can apply."""
    return not isinstance(thing, Internship) or has_poster(thing)


def _frame_height(record: Record) -> int:
    """How high a frame must be, in pixels, to show the whole card 300 pixels wide."""
    lines = ceil(len(record.title) / 20) + ceil(len(record.organisation) / 25)
    return FRAME + FRAME_LINE * lines


def _embedded(thing: Any) -> str:
    """Where other sites find the card of a posting; nowhere for what has no map."""
    is_mapped = isinstance(thing, Posting) and not isinstance(thing, RoleModel)
    return (
        url_for("maps.card", key=thing.public_id, _external=True) if is_mapped else ""
    )


@blueprint.get(f"/bild/<any({NAMES}):name>/<public:key>.png")
@open_to(EVERYONE)
def card(name: str, key: str) -> ResponseReturnValue:
    thing = _thing(name, key)

    permit(_is_shown(thing))

    record = record_of(thing, lambda one: _short(name, one))
    lines = [record.organisation, record.place, times_of(record)]
    told = [line for line in dict.fromkeys(lines) if line and line != record.title]
    kind = _("Hinweis, nicht bestätigt") if record.is_hint else str(SINGLE[name])
    drawn = Card(kind, record.title, tuple(told), tuple(record.points))

    if isinstance(thing, RoleModel):
        return _picture(_drawn(drawn), drawn.digest, NEVER_KEPT)
    place = kept_card(current_app.config["INSTANCE"] / "cards", record.key, drawn)
    if not place.exists():
        keep_card(place, _drawn(drawn))

    return _picture(place.read_bytes(), place.stem)


def _drawn(card: Card) -> bytes:
    return draw_card(card, Path(current_app.root_path) / FACES / FACE, dots())


def _picture(content: bytes, tag: str, kept: str = "no-cache") -> ResponseReturnValue:
    response = Response(content, mimetype="image/png")
    response.set_etag(tag)
    response.headers["Cache-Control"] = kept
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response.make_conditional(request)


def _thing(name: str, key: str) -> Any:
    """The thing of this key in the list of this name."""
    kept = PAGES[name]
    if issubclass(kept.model, Posting):
        return found(posting_by_key(kept.model, key))
    if kept.model is Organisation:
        return found(organisation_by_key(key))
    return found(action_by_key(key))


def _is_hint(thing: Any) -> bool:
    return isinstance(thing, Posting) and thing.state is PostingState.LISTED


def _is_shown(thing: Any) -> bool:
    """Says whether everybody may see a thing."""
    if isinstance(thing, Posting):
        return is_public(thing, day_of(now()))
    if isinstance(thing, Organisation):
        return is_verified(thing)
    return bool(thing.is_public)


def _short(name: str, thing: Any) -> str:
    """The address without words: it stays whatever the title becomes."""
    endpoint = PAGES[name].endpoint or ""
    return url_for(endpoint, key=thing.public_id, _external=True)


def times_of(record: Record) -> str:
    """The next times of a thing, in words."""
    today = day_of(now())
    slots = [slot for slot in record.slots if _day(slot.last) >= today]
    return "; ".join(_span(slot) for slot in slots[:MOST_SLOTS])


def _day(moment: date | datetime) -> date:
    return day_of(moment) if isinstance(moment, datetime) else moment


def _span(slot: Slot) -> str:
    if not isinstance(slot.first, datetime):
        return format_span(slot.first, slot.last)
    first = format_datetime(slot.first, "EEE, d. MMMM yyyy, HH:mm")
    if isinstance(slot.last, datetime) and _day(slot.last) == _day(slot.first):
        return f"{first}–{format_datetime(slot.last, 'HH:mm')}"
    return _("%(first)s bis %(last)s", first=first, last=format_date(slot.last))


def _words(record: Record) -> str:
    """What a school puts into its newsletter; no text of others without a licence."""
    where = ", ".join(part for part in (record.organisation, record.place) if part)
    parts = (record.title, "\n".join(filter(None, (where, times_of(record)))))
    more = _("Mehr dazu: %(link)s", link=record.link)
    text = record.text if is_open(record.licence) else ""
    return "\n\n".join(part for part in (*parts, text, more) if part)
