from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.rules import quarter_of
from marketplace.matching.gaps.services.pupils import pupil_counts
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.forms import (
    KeptFilters,
    RhythmForm,
    SaveForm,
    left_out_of,
    scope_in,
)
from marketplace.overview.alerts.mails import UNSUBSCRIBE
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import (
    consent_for,
    hits_of,
    search_by_key,
    search_counts,
    searches_of,
)
from marketplace.overview.alerts.rules import few_words, needs_consent, title_of
from marketplace.overview.alerts.services.saving import (
    Wanted,
    agree_to_letters,
    change_rhythm,
    draft_of,
    drop_search,
    end_letters,
    save_search,
    take_back_consent,
)
from marketplace.overview.alerts.tables import GROUNDS
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_id
from marketplace.people.guardians.queries import children_of, is_guardian_of
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.lives.views.listing import place_asked_for
from marketplace.region.places.queries import district_by_ags, place_for
from marketplace.region.places.tables import RADIUS_KM
from marketplace.upkeep.mail.queries import link_of
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("alerts", __name__)

FOLDER = "overview/alerts"
SEEKERS = (Role.PUPIL, Role.GUARDIAN, Role.SCHOOL)
# Where somebody finds internships, each of which says from what age on.
AGED = (Scope.INTERNSHIPS, Scope.EVERYTHING)


@blueprint.get("/konto/suchen")
@open_to(*SEEKERS)
def index() -> ResponseReturnValue:
    person, today = actor(), day_of(now())

    searches = searches_of(person)
    is_asked = needs_consent(person, today) and consent_for(person) is None

    return render_template(
        f"{FOLDER}/index.html",
        lines=[_line(search) for search in searches],
        is_pupil=person.role is Role.PUPIL,
        lacks_consent=is_asked,
        town=person.pupil.town if person.pupil else "",
    )


@blueprint.route("/konto/suchen/neu", methods=["GET", "POST"])
@open_to(*SEEKERS)
def new() -> ResponseReturnValue:
    scope = scope_in(request.args)
    filters = KeptFilters(scope, request.args)
    wanted = _wanted(scope, filters)

    form = SaveForm()
    if form.accepted() and not form.refused(
        lambda: save_search(wanted, form.rhythm.data, actor=actor(), at=now())
    ):
        flash(_("Gemerkt."))
        return redirect(url_for(".index"))

    search, today = draft_of(wanted, actor(), at=now()), day_of(now())
    is_known = not wanted.by.is_unknown_place
    page = render_template(
        f"{FOLDER}/new.html",
        form=form,
        scope=scope,
        title=title_of(search),
        count=hits_of(search, actor(), today) if is_known else 0,
        list_link=_link_to(search),
        left_out=left_out_of(scope, request.args),
        has_hints=bool(filters.hinweise.data),
        is_for_age=actor().role is Role.PUPIL and scope in AGED,
    )
    return page, form.status


@blueprint.post("/konto/suchen/naehe")
@open_to(Role.PUPIL)
def near() -> ResponseReturnValue:
    pupil = actor().pupil

    place = found(place_for(pupil.town) if pupil and pupil.town else None)
    by = Narrowing(centre=(place.lat, place.lon), radius_km=RADIUS_KM)
    query = urlencode({"ort": place.name, "umkreis": RADIUS_KM})
    wanted = Wanted(by=by, place=place.name, query=query)

    save_search(wanted, Rhythm.WEEKLY, actor=actor(), at=now())

    flash(_("Gemerkt. Montags kommt ein Brief, wenn in deiner Nähe etwas neu ist."))
    return redirect(url_for(".index"))


@blueprint.post("/konto/suchen/<public:key>/rhythmus")
@open_to(*SEEKERS)
def change(key: str) -> ResponseReturnValue:
    search = _own(key)

    form = RhythmForm()
    if form.accepted():
        change_rhythm(search, form.rhythm.data)
        flash(_("Gespeichert."))

    return redirect(url_for(".index"))


@blueprint.post("/konto/suchen/<public:key>/entfernen")
@open_to(*SEEKERS)
def drop(key: str) -> ResponseReturnValue:
    drop_search(_own(key))

    flash(_("Die Suche ist entfernt."))
    return redirect(url_for(".index"))


@blueprint.get("/konto/kinder/briefe")
@open_to(Role.GUARDIAN)
def consents() -> ResponseReturnValue:
    today = day_of(now())

    children = [one for one in children_of(actor()) if needs_consent(one, today)]

    return render_template(
        f"{FOLDER}/consents.html",
        children=[(child, consent_for(child) is not None) for child in children],
    )


@blueprint.post("/konto/kinder/briefe/<id:child_id>/<any(ja, nein):answer>")
@open_to(Role.GUARDIAN)
def consent(child_id: int, answer: str) -> ResponseReturnValue:
    child = found(user_by_id(child_id))

    permit(is_guardian_of(actor(), child))

    decide = agree_to_letters if answer == "ja" else take_back_consent
    decide(child, actor=actor(), at=now())

    flash(_("Ihre Antwort ist gespeichert."))
    return redirect(url_for(".consents"))


@blueprint.route("/abbestellen/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ends the letters at once; what a mail program posts by itself bears no token."""
    link = found(link_of(UNSUBSCRIBE, token))

    if request.method == "POST":
        end_letters(link.subject_id)

    is_done = request.method == "POST"
    return render_template(f"{FOLDER}/unsubscribe.html", is_done=is_done)


@blueprint.get("/koordination/suchen-ohne-treffer")
@open_to(Role.COORDINATOR)
def unmet() -> ResponseReturnValue:
    quarter = quarter_of(day_of(now()))

    count, empty_count = search_counts()
    missed = pupil_counts(quarter).get(PupilSource.SEARCH)

    return render_template(
        f"{FOLDER}/unmet.html",
        count=count,
        empty_words=few_words(empty_count),
        missed=missed,
        quarter=quarter,
    )


@blueprint.record_once
def _spare_one_click(state: Any) -> None:
    """Lets mail programs unsubscribe: they have no page of ours (RFC 8058)."""
    state.app.extensions["csrf"].exempt(unsubscribe)


def account_part(user: User) -> Part | None:
    """Gives the way from the account to searches, and to the consent to letters."""
    if user.role not in SEEKERS:
        return None
    links = [Link(_("Gemerkte Suchen und Briefe"), url_for("alerts.index"))]
    if user.role is Role.GUARDIAN:
        words = _("Briefe an Kinder unter 16")
        links.append(Link(words, url_for("alerts.consents")))
    return Part(_("Suchen"), links=links)


def _own(key: str) -> SavedSearch:
    search = found(search_by_key(key))
    permit(search.user_id == actor().id)
    return search


def _wanted(scope: Scope, filters: KeptFilters) -> Wanted:
    """What the address of the list asks for."""
    place = place_asked_for(filters)
    district = district_by_ags(filters.values.get("kreis", ""))
    return Wanted(
        by=filters.narrowing((place.lat, place.lon) if place else None),
        scope=scope,
        place=", ".join(where.name for where in (place, district) if where)[:80],
        query=urlencode(filters.address, doseq=True),
    )


def _line(search: SavedSearch) -> Mapping[str, Any]:
    return {
        "search": search,
        "title": title_of(search),
        "link": _link_to(search),
        "form": RhythmForm(formdata=None, data={"rhythm": search.rhythm}),
    }


def _link_to(search: SavedSearch) -> str:
    """Where what was kept is shown: the list it was kept from, narrowed as it was."""
    return f"{url_for(GROUNDS[search.scope].index)}?{search.query}"
