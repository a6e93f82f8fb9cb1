"""What waits for the office: how much, since when, what is late, and who has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from marketplace.doors.desk.models import Care
from marketplace.doors.desk.queries import (
    COUNTED,
    QUEUES,
    Tally,
    cares_of,
    first_of,
    loads,
    tally_of,
)
from marketplace.doors.desk.services import give_up_care, take_care
from marketplace.doors.desk.views.blueprint import blueprint
from marketplace.doors.desk.views.matters import told
from marketplace.foundation.clock import now
from marketplace.foundation.language import _, lazy, ngettext
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.imports.queries import unfinished_uploads, waiting_rows
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import empty_settings, value_of
from marketplace.web.access import actor, open_to
from marketplace.web.pages import count_of

SHOWN = 10


@dataclass(frozen=True)
class Board:
    """One queue as the desk names it; the setting says how soon it is answered."""

    name: LazyString
    anchor: str
    days: Setting
    queues: tuple[str, ...]


BOARDS = (
    Board(lazy("Zu prüfen"), "pruefen", Setting.DAYS_TO_VERIFY, ("organisations",)),
    Board(
        *(lazy("Zu lesen"), "lesen", Setting.DAYS_TO_READ),
        ("internships", "offers", "sponsorships", "events", "rolemodels"),
    ),
    Board(
        *(lazy("Vorstellungen"), "vorstellungen", Setting.DAYS_TO_INTRODUCE),
        ("introductions",),
    ),
    Board(
        *(lazy("Keine Antwort"), "keine-antwort", Setting.DAYS_TO_INTRODUCE),
        ("silent",),
    ),
    Board(
        *(lazy("Partnerschaften"), "partnerschaften", Setting.DAYS_TO_INTRODUCE),
        ("partnerships",),
    ),
    Board(lazy("Meldungen"), "meldungen", Setting.DAYS_TO_DECIDE, ("reports",)),
    Board(
        *(lazy("Zurückgehalten"), "zurueckgehalten", Setting.DAYS_TO_RELEASE),
        ("applications",),
    ),
    Board(
        *(lazy("Plätze gegen Regeln"), "plaetze", Setting.DAYS_TO_MEND),
        ("breaches",),
    ),
    Board(lazy("Zu übernehmen"), "uebernehmen", Setting.DAYS_TO_CLAIM, ("claims",)),
    Board(lazy("Schulen"), "schulen", Setting.DAYS_TO_VERIFY, ("staff_requests",)),
)


@dataclass(frozen=True)
class Matter:
    """One thing that waits: since when, what, its open step, who looks after it.

    The tone is "bad" beyond what is promised, "warn" on the last day before.
    """

    queue: str
    id: int
    age: str
    tone: str
    title: str
    words: str
    link: str
    care: Care | None


@dataclass(frozen=True)
class Shelf:
    """One queue of the desk: its first matters, how many there are, how many late."""

    board: Board
    days: int
    count: int
    late_count: int
    oldest_at: datetime | None
    oldest_age: str
    matters: Sequence[Matter]


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    at = now()

    things = {
        queue: first_of(queue, SHOWN) for board in BOARDS for queue in board.queues
    }
    cares = cares_of(things)
    shelves = [_shelf(board, things, cares, at) for board in BOARDS]
    # First what is late, then what waits longest.
    shelves.sort(key=lambda shelf: (-shelf.late_count, shelf.oldest_at or at))
    return render_template(
        "doors/desk/index.html",
        shelves=shelves,
        person=actor(),
        late_count=sum(shelf.late_count for shelf in shelves),
        loads=loads(),
        most=COUNTED,
        upload_count=count_of(unfinished_uploads()),
        held_count=count_of(waiting_rows()),
        empty_settings=empty_settings(),
    )


@blueprint.post("/sache/<queue>/<id:thing_id>/nehmen")
@open_to(Role.COORDINATOR)
def take(queue: str, thing_id: int) -> ResponseReturnValue:
    take_care(queue, thing_id, actor=actor(), at=now())

    flash(_("Sie kümmern sich darum. Die anderen sehen das hier."))
    return redirect(url_for(".index", _anchor=_anchor(queue)))


@blueprint.post("/sache/<queue>/<id:thing_id>/abgeben")
@open_to(Role.COORDINATOR)
def give_up(queue: str, thing_id: int) -> ResponseReturnValue:
    give_up_care(queue, thing_id, actor=actor(), at=now())

    flash(_("Abgegeben. Jetzt kann es jemand anders nehmen."))
    return redirect(url_for(".index", _anchor=_anchor(queue)))


def _anchor(queue: str) -> str:
    return next(board.anchor for board in BOARDS if queue in board.queues)


def _shelf(
    board: Board,
    things: Mapping[str, Sequence[Any]],
    cares: Mapping[tuple[str, int], Care],
    at: datetime,
) -> Shelf:
    days = value_of(board.days)
    tallies = [tally_of(queue, at - timedelta(days=days)) for queue in board.queues]
    oldest = _oldest(tallies)
    rows = [(queue, one) for queue in board.queues for one in things[queue]]
    return Shelf(
        board=board,
        days=days,
        count=sum(tally.count for tally in tallies),
        late_count=sum(tally.late_count for tally in tallies),
        oldest_at=oldest,
        oldest_age=_age(oldest, at) if oldest else "",
        matters=[_matter(*row, cares, days, at) for row in rows],
    )


def _oldest(tallies: Sequence[Tally]) -> datetime | None:
    known = [tally.oldest_at for tally in tallies if tally.oldest_at]
    return min(known, default=None)


def _matter(
    queue: str,
    thing: Any,
    cares: Mapping[tuple[str, int], Care],
    days: int,
    at: datetime,
) -> Matter:
    since = getattr(thing, QUEUES[queue].since.key)
    waited = at - since
    tone = "warn" if waited > timedelta(days=days - 1) else ""
    if waited > timedelta(days=days):
        tone = "bad"
    care = cares.get((queue, thing.id))
    return Matter(queue, thing.id, _age(since, at), tone, *told(queue, thing), care)


def _age(since: datetime, at: datetime) -> str:
    days = (at - since).days
    if not days:
        return _("seit heute")
    return str(ngettext("seit einem Tag", "seit %(num)s Tagen", days))
