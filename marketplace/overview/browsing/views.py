from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from marketplace.encounters.watchlist.rules import is_shown
from marketplace.encounters.watchlist.services import keep as put_on_list
from marketplace.encounters.watchlist.services import remove as take_off_list
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.geometry import Point, distance_km
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import found, permit
from marketplace.overview.browsing.forms import BrowseFilters
from marketplace.overview.browsing.queries import (
    internships_by_keys,
    internships_to_browse,
    next_to_browse,
)
from marketplace.overview.browsing.rules import journey_over, noted, planner_link
from marketplace.overview.browsing.services import take_over
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import products_of
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import internship_by_key
from marketplace.postings.internships.rules import open_periods
from marketplace.postings.lives.rules import point_of, sign_for
from marketplace.region.places.models import Place
from marketplace.region.places.queries import place_for
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of
from marketplace.web.access import EVERYONE, GUEST, actor, open_to
from marketplace.web.pages import COUNTED, count_of

blueprint = Blueprint("browsing", __name__, url_prefix="/stoebern")


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = BrowseFilters(request.args or MultiDict(_own_entries()))
    place = place_for(filters.values.get("ort", ""))
    centre = (place.lat, place.lon) if place else None
    kept = noted(session.get(GUEST))

    query = internships_to_browse(filters.narrowing(centre), kept["seen"], _pupil())
    internship = next_to_browse(query)
    card = _card(internship, place) if internship else {}

    return render_template(
        "overview/browsing/index.html",
        filters=filters,
        place=place,
        internship=internship,
        left=count_of(query) if internship else 0,
        counted=COUNTED,
        liked=internships_by_keys(kept["liked"]) if kept["liked"] else [],
        is_pupil=_pupil() is not None,
        has_seen=bool(kept["seen"]),
        **card,
    )


@blueprint.post("/<public:key>/<any(merken, weiter):answer>")
@open_to(EVERYONE)
def answer(key: str, answer: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(is_shown(internship))

    kept, pupil = noted(session.get(GUEST)), _pupil()
    if answer == "merken" and pupil is not None:
        put_on_list(internship, actor=pupil, at=now())
    elif answer == "merken" and key not in kept["liked"]:
        kept["liked"].append(internship.public_id)
    kept["seen"].append(internship.public_id)
    session[GUEST] = noted(kept)

    return redirect(url_for(".index", **_asked()))


@blueprint.post("/zurueck")
@open_to(EVERYONE)
def back() -> ResponseReturnValue:
    kept, pupil = noted(session.get(GUEST)), _pupil()
    last = kept["seen"].pop() if kept["seen"] else ""
    internship = internship_by_key(last) if last else None

    kept["liked"] = [one for one in kept["liked"] if one != last]
    if internship is not None and pupil is not None:
        take_off_list(internship, actor=pupil)
    session[GUEST] = kept

    return redirect(url_for(".index", **_asked()))


@blueprint.post("/von-vorn")
@open_to(EVERYONE)
def restart() -> ResponseReturnValue:
    session[GUEST] = noted(session.get(GUEST)) | {"seen": []}

    return redirect(url_for(".index", **_asked()))


@blueprint.post("/uebernehmen")
@open_to(Role.PUPIL)
def take() -> ResponseReturnValue:
    kept = noted(session.get(GUEST))

    count = take_over(kept["liked"], actor=actor(), at=now())

    session[GUEST] = kept | {"liked": []}
    said = ngettext(
        "Ein Praktikum steht auf deiner Merkliste.",
        "%(num)s Praktika stehen auf deiner Merkliste.",
        count,
    )
    flash(said if count else _("Keines davon ist noch öffentlich."))
    return redirect(url_for("watchlist.index"))


def _card(internship: Internship, place: Place | None) -> dict[str, Any]:
    """What is told of one internship: the way there, its days, a picture."""
    point = point_of(internship)
    km = distance_km(Point(place.lat, place.lon), point) if place and point else None
    pictures = [one.picture for one in products_of(internship.organisation)]
    end = f"{internship.postal_code or ''} {internship.place_name or ''}".strip()
    address = value_of(Setting.TIMETABLE_PLANNER)
    return {
        "sign": sign_for(internship),
        "periods": open_periods(internship, day_of(now())),
        "km": None if km is None else round(km),
        "journey": None if km is None else journey_over(km),
        "planner": planner_link(address, place.name, end) if place else None,
        "picture": next((one for one in pictures if one), None),
    }


def _pupil() -> User | None:
    person = actor()
    return person if getattr(person, "role", None) is Role.PUPIL else None


def _own_entries() -> dict[str, str]:
    """Where a pupil begins: at home, in her class, if she told them."""
    pupil = _pupil()
    told = pupil.pupil if pupil else None
    entries = {"ort": told.town, "klasse": told.class_level} if told else {}
    return {name: str(value) for name, value in entries.items() if value}


def _asked() -> dict[str, Any]:
    """The filters this page was asked with, so that the next one keeps them."""
    return BrowseFilters(request.form).query
