"""Streets below the marks: offered where the operator set them, loaded when asked."""

from dataclasses import dataclass, replace

from flask import Response, after_this_request, current_app, request
from markupsafe import Markup

from marketplace.foundation.markup import html_of
from marketplace.foundation.streets import Streets, tiles_of
from marketplace.overview.maps.enums import Wish
from marketplace.overview.maps.forms import MapFilters
from marketplace.web.headers import let_in_pictures
from marketplace.web.maps import Map
from marketplace.web.navigation import same_page

COOKIE = "strassen"


@dataclass(frozen=True)
class Ground:
    """What a page says of the streets: whose they are, and how to have them or not.

    `is_kept`: they were asked for during this whole visit.
    """

    streets: Streets
    credit: Markup
    is_shown: bool
    is_kept: bool
    show_link: str
    keep_link: str
    hide_link: str


def ground_for(filters: MapFilters, *, may_keep: bool = False) -> Ground | None:
    """What the reader wants below the marks; None where the operator set no streets.

    Nobody is sent to the other host by an address alone, which somebody else may have
    written: a wish counts where it comes from a page of ours, or was to be kept. The
    links of the map say it on, unless the browser keeps it.
    """
    streets: Streets | None = current_app.config["STREETS"]
    wish = filters.wish if streets and _is_from_here() else None
    is_kept = may_keep and _keep(wish)
    is_shown = is_kept or wish in (Wish.SHOW, Wish.KEEP)
    filters.say_on(Wish.SHOW if is_shown and not is_kept else None)
    if streets is None:
        return None
    if is_shown:
        let_in_pictures(streets.origin)
    links = (same_page(strassen=choice) for choice in Wish)
    return Ground(streets, html_of(streets.credit), is_shown, is_kept, *links)


def laid_on(drawn: Map, ground: Ground | None) -> Map:
    """The map on its ground; streets name the towns themselves."""
    if ground is None or not ground.is_shown:
        return drawn
    seen = drawn.frame
    tiles = tiles_of(ground.streets, seen.left, seen.top, seen.width, seen.height)
    return replace(drawn, tiles=tiles, labels=())


def _is_from_here() -> bool:
    """Says whether a page of ours led here; browsers tell, old ones by the address."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said == "same-origin"
    return (request.referrer or "").startswith(request.host_url)


def _keep(wish: Wish | None) -> bool:
    """Says whether the wish holds for this visit, and notes what was chosen anew."""
    was_kept = request.cookies.get(COOKIE) == Wish.SHOW
    if wish is Wish.KEEP and not was_kept:
        after_this_request(_remember)
    if wish is Wish.HIDE and was_kept:
        after_this_request(_forget)
    return wish is Wish.KEEP or (was_kept and wish is not Wish.HIDE)


def _remember(response: Response) -> Response:
    # Without an age: it ends with the browser.
    response.set_cookie(
        *(COOKIE, Wish.SHOW),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def _forget(response: Response) -> Response:
    response.delete_cookie(
        COOKIE, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response
