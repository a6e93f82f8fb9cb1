from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.watchlist.models import Bookmark
from marketplace.encounters.watchlist.queries import bookmark_of, bookmarks_of, kept_ids
from marketplace.encounters.watchlist.rules import (
    is_shown,
    last_day_of,
    next_period,
    urgency,
)
from marketplace.encounters.watchlist.services import keep as put_on_list
from marketplace.encounters.watchlist.services import remove as take_off_list
from marketplace.encounters.watchlist.views.blueprint import blueprint
from marketplace.encounters.watchlist.views.watch import Watch
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.queries import internship_by_key
from marketplace.postings.lives.rules import sign_for
from marketplace.region.topics.enums import Sign
from marketplace.web.access import actor, local_target, open_to


@dataclass(frozen=True)
class Line:
    """One internship of the list: until when, or that it is over."""

    internship: Internship
    period: Period | None
    until: date | None
    is_shown: bool
    sign: Sign | None


@blueprint.get("")
@open_to(Role.PUPIL)
def index() -> ResponseReturnValue:
    today, gone = day_of(now()), request.args.get("weg", "")

    bookmarks = sorted(bookmarks_of(actor()), key=lambda one: urgency(one, today))
    removed = internship_by_key(gone) if gone else None
    is_back = removed is not None and bookmark_of(actor(), removed) is not None

    return render_template(
        "encounters/watchlist/index.html",
        lines=[_line(bookmark) for bookmark in bookmarks],
        removed=removed if removed and is_shown(removed) and not is_back else None,
    )


@blueprint.get("/<public:key>/merken")
@open_to(Role.PUPIL)
def ask(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(is_shown(internship))

    return render_template(
        "encounters/watchlist/ask.html",
        internship=internship,
        is_kept=bookmark_of(actor(), internship) is not None,
    )


@blueprint.post("/<public:key>")
@open_to(Role.PUPIL)
def keep(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(is_shown(internship))

    put_on_list(internship, actor=actor(), at=now())

    return redirect(local_target(request.form.get("weiter"), url_for(".index")))


@blueprint.post("/<public:key>/entfernen")
@open_to(Role.PUPIL)
def remove(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(bookmark_of(actor(), internship) is not None)

    take_off_list(internship, actor=actor())

    undo = url_for(".index", weg=internship.public_id)
    return redirect(local_target(request.form.get("weiter"), undo))


@blueprint.app_template_global("kept_internships")
def kept_internships() -> frozenset[int]:
    """The reader's list, to be read once for all cards of a page."""
    is_pupil = getattr(actor(), "role", None) is Role.PUPIL
    return kept_ids(actor()) if is_pupil else frozenset()


@blueprint.app_template_global("watch_of")
def watch_of(internship: Internship, kept: frozenset[int]) -> Watch | None:
    """What a card shows of the list: to pupils and guests, of what is public."""
    role = getattr(actor(), "role", None)
    if role not in (None, Role.PUPIL) or not is_shown(internship):
        return None
    if role is None:
        return Watch(internship.title, url_for("watchlist.ask", key=internship))
    is_kept = internship.id in kept
    link = url_for(f"watchlist.{'remove' if is_kept else 'keep'}", key=internship)
    return Watch(internship.title, press_link=link, is_kept=is_kept)


def _line(bookmark: Bookmark) -> Line:
    internship = bookmark.internship
    period = next_period(internship, day_of(now()))
    return Line(
        internship,
        period,
        last_day_of(period) if period else None,
        is_shown(internship),
        sign_for(internship),
    )
