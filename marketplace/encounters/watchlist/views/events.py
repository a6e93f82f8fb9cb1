from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.watchlist.queries import kept_event_of, kept_events_of
from marketplace.encounters.watchlist.rules import is_shown, is_to_come
from marketplace.encounters.watchlist.services import keep_event as put_on_list
from marketplace.encounters.watchlist.services import remove_event as take_off_list
from marketplace.encounters.watchlist.views.blueprint import blueprint
from marketplace.encounters.watchlist.views.watch import Watch
from marketplace.foundation.clock import now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import event_by_key
from marketplace.postings.events.rules import is_one_day
from marketplace.postings.lives.rules import sign_for
from marketplace.web.access import actor, local_target, open_to

# Whoever has a calendar here.
KEEPERS = (Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL)


@blueprint.get("/veranstaltungen")
@open_to(*KEEPERS)
def events() -> ResponseReturnValue:
    rows = [one.event for one in kept_events_of(actor())]

    return render_template(
        "encounters/watchlist/events.html",
        events=[event for event in rows if is_to_come(event, now())],
        gone=[event for event in rows if not is_to_come(event, now())],
        is_one_day=is_one_day,
        is_shown=is_shown,
        sign_for=sign_for,
        is_pupil=actor().role is Role.PUPIL,
    )


@blueprint.get("/veranstaltungen/<public:key>/merken")
@open_to(*KEEPERS)
def ask_event(key: str) -> ResponseReturnValue:
    event = found(event_by_key(key))

    permit(is_to_come(event, now()))

    return render_template(
        "encounters/watchlist/ask_event.html",
        event=event,
        is_kept=kept_event_of(actor(), event) is not None,
    )


@blueprint.post("/veranstaltungen/<public:key>")
@open_to(*KEEPERS)
def keep_event(key: str) -> ResponseReturnValue:
    event = found(event_by_key(key))

    permit(is_to_come(event, now()))

    put_on_list(event, actor=actor(), at=now())

    return redirect(local_target(request.form.get("weiter"), url_for(".events")))


@blueprint.post("/veranstaltungen/<public:key>/entfernen")
@open_to(*KEEPERS)
def remove_event(key: str) -> ResponseReturnValue:
    event = found(event_by_key(key))

    permit(kept_event_of(actor(), event) is not None)

    take_off_list(event, actor=actor())

    return redirect(local_target(request.form.get("weiter"), url_for(".events")))


@blueprint.app_template_global("watch_of_event")
def watch_of_event(event: Event) -> Watch | None:
    """What the page of an event shows of the list: of what everybody may come to."""
    role = getattr(actor(), "role", None)
    if role not in (None, *KEEPERS) or not is_to_come(event, now()):
        return None
    if role is None:
        return Watch(event.title, url_for("watchlist.ask_event", key=event))
    is_kept = kept_event_of(actor(), event) is not None
    name = "watchlist.remove_event" if is_kept else "watchlist.keep_event"
    return Watch(event.title, press_link=url_for(name, key=event), is_kept=is_kept)
