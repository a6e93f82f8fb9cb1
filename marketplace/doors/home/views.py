from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from marketplace.doors.home.queries import is_ready
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.geometry import Point
from marketplace.foundation.language import _, lazy
from marketplace.overview.discovery.queries import (
    Glance,
    glance,
    newest_internships,
    newest_offers,
    soonest_events,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import organisations_of
from marketplace.people.organisations.rules import gives, needs
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import open_periods
from marketplace.postings.lives.rules import sign_for
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import amount_of, words_of
from marketplace.region.lines.tables import ICONS
from marketplace.region.places.queries import large_places
from marketplace.region.topics.enums import Sign
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.maps import Glow, glowing_map, glows_of
from marketplace.web.navigation import Entry, Link, Part

blueprint = Blueprint("home", __name__)

LABELLED_TOWNS, NEEDS = 9, 3
_MEMBER = frozenset({Role.MEMBER})
_OFFICE = frozenset({Role.COORDINATOR})

MENU = (
    Entry(lazy("Suche"), "finding.index"),
    Entry(lazy("Praktika"), "internships.index"),
    Entry(lazy("Angebote"), "offers.index"),
    Entry(lazy("Berufe"), "occupations.index"),
    Entry(lazy("Organisationen"), "organisations.index"),
    Entry(lazy("Partner finden"), "partners.index"),
    Entry(lazy("Stöbern"), "browsing.index", is_further=True),
    Entry(lazy("Veranstaltungen"), "events.index", is_further=True),
    Entry(lazy("Vorbilder"), "rolemodels.index", is_further=True),
    Entry(lazy("Förderungen"), "sponsorships.index", is_further=True),
    Entry(lazy("Aktionen"), "actions.index", is_further=True),
    Entry(lazy("Leichte Sprache"), "easy.index", is_further=True),
)
ACCOUNT = (
    Entry(lazy("Anmelden"), "accounts.sign_in", guests_only=True),
    Entry(lazy("Mein Konto"), "accounts.show", frozenset(Role)),
    Entry(
        lazy("Bewerbungen"),
        "applications.index",
        frozenset({Role.PUPIL, Role.MEMBER, Role.SCHOOL}),
    ),
    Entry(lazy("Klassen"), "classes.index", frozenset({Role.SCHOOL})),
    Entry(lazy("Merkliste"), "watchlist.index", frozenset({Role.PUPIL})),
    Entry(lazy("Kinder"), "applications.children", frozenset({Role.GUARDIAN})),
    Entry(lazy("Vorstellungen"), "introductions.index", _MEMBER | _OFFICE),
    Entry(lazy("Partnerschaften"), "partnerships.index", _MEMBER | _OFFICE),
    Entry(lazy("Koordination"), "desk.index", _OFFICE),
    Entry(lazy("Einstellungen"), "settings.index", frozenset({Role.ADMIN})),
    Entry(lazy("Texte"), "texts.index", frozenset({Role.ADMIN})),
)
# What stands under each letter of MINT.
FIELDS = (
    (Sign.MATHS, lazy("Muster, Modelle, Wahrscheinlichkeit")),
    (Sign.COMPUTING, lazy("Programme, Netze, Daten")),
    (Sign.SCIENCE, lazy("Stoffe, Sterne, Lebewesen")),
    (Sign.TECHNOLOGY, lazy("Bauen, messen, reparieren")),
)
FOOTER = (
    (
        lazy("Koordinationsstelle"),
        (
            Entry(lazy("Kontakt"), "pages.imprint"),
            Entry(lazy("Melden"), "moderation.new"),
        ),
    ),
    (
        lazy("Für alle"),
        (
            Entry(lazy("Karte"), "maps.index"),
            Entry(lazy("Praktika"), "internships.index"),
            Entry(lazy("Stöbern"), "browsing.index"),
            Entry(lazy("Angebote"), "offers.index"),
            Entry(lazy("Berufe"), "occupations.index"),
            Entry(lazy("Veranstaltungen"), "events.index"),
            Entry(lazy("Vorbilder"), "rolemodels.index"),
            Entry(lazy("Aktionen"), "actions.index"),
            Entry(lazy("Verteilrunden"), "rounds.index"),
            Entry(lazy("Organisationen"), "organisations.index"),
        ),
    ),
    (
        lazy("Für Partner"),
        (
            Entry(lazy("Förderungen"), "sponsorships.index"),
            Entry(lazy("Förderprogramme"), "programmes.index"),
            Entry(lazy("Partner finden"), "partners.index"),
            Entry(lazy("Für Programme"), "api_page.show"),
            Entry(lazy("Konto eröffnen"), "accounts.choose_door"),
        ),
    ),
    (
        lazy("Rechtliches"),
        (
            Entry(lazy("Impressum"), "pages.imprint"),
            Entry(lazy("Datenschutz"), "pages.privacy"),
            Entry(lazy("Barrierefreiheit"), "pages.accessibility"),
            Entry(lazy("Leichte Sprache"), "easy.index"),
            Entry(lazy("Offene Daten"), "feeds.about"),
            Entry(lazy("Weitere Seiten"), "pages.index"),
        ),
    ),
)


@blueprint.get("/")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    known = glance()
    today, offers = day_of(now()), newest_offers()
    labels = [(p.name, Point(p.lat, p.lon)) for p in large_places(LABELLED_TOWNS)]

    return render_template(
        "doors/home/index.html",
        map=glowing_map(_lights(known), labels=labels),
        glowing_count=len(known.points),
        figures=known.figures,
        fields=FIELDS,
        internships=[_card(posting, today) for posting in newest_internships()],
        offers=[(offer, sign_for(offer)) for offer in offers],
        events=[(event, sign_for(event)) for event in soonest_events()],
        needs=[_need(offer) for offer in offers if offer.lines][:NEEDS],
    )


@lru_cache(maxsize=4)
def _lights(known: Glance) -> Sequence[Glow]:
    """The lights of the map, drawn once for all who see the same."""
    return glows_of(known.points)


@blueprint.get("/healthz")
@open_to(EVERYONE)
def healthz() -> Response:
    return jsonify(status="ok")


@blueprint.get("/readyz")
@open_to(EVERYONE)
def readyz() -> ResponseReturnValue:
    if not is_ready(current_app.config["INSTANCE"], at=now()):
        return jsonify(status="not ready"), 503

    return jsonify(status="ok")


@dataclass(frozen=True)
class Card:
    """A new internship: its sign, its next days, and how many others there are."""

    internship: Internship
    sign: Sign | None
    period: Period | None
    others: int


@dataclass(frozen=True)
class Need:
    """What an offer still lacks, with the shares of 100 that are agreed or possible."""

    offer: Offer
    name: str
    amount: str
    agreed: int
    icon: str
    possible: int = 0


def _card(internship: Internship, today: date) -> Card:
    periods = open_periods(internship, today)
    first = periods[0] if periods else None
    return Card(internship, sign_for(internship), first, max(0, len(periods) - 1))


def _need(offer: Offer) -> Need:
    """What an offer lacks first, things and people before money."""
    line = min(offer.lines, key=lambda one: (one.kind is LineKind.MONEY, one.line_no))
    wanted, missing = line.quantity or 0, line.open_quantity or 0
    return Need(
        offer,
        name=words_of(line),
        amount=_("%(amount)s offen", amount=amount_of(line.kind, line.open_quantity)),
        agreed=round(100 * (wanted - missing) / wanted) if wanted else 0,
        icon=ICONS[line.kind],
    )


def account_part(user: User) -> Part | None:
    """Gives the ways of a member to what her organisations have posted."""
    organisations = organisations_of(user) if user.role is Role.MEMBER else []
    links = []
    if any(map(gives, organisations)):
        links.append(Link(_("Eigene Praktika"), url_for("internships.mine")))
    if any(map(needs, organisations)):
        links.append(Link(_("Eigene Angebote"), url_for("offers.mine")))
    if organisations:
        links.append(Link(_("Eigene Förderungen"), url_for("sponsorships.mine")))
        links.append(Link(_("Eigene Veranstaltungen"), url_for("events.mine")))
        links.append(Link(_("Eigene Vorbilder"), url_for("rolemodels.mine")))
    if any(map(gives, organisations)):
        links.append(Link(_("Aufrufe, wenn etwas fehlt"), url_for("calls.index")))
    return Part(_("Ihre Einträge"), links=links) if links else None
