"""A pupil takes part, orders her wishes and sends the list home."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.forms import EntryForm, WishForm
from marketplace.matching.rounds.models import (
    Round,
    RoundConsent,
    RoundEntry,
    RoundSeat,
)
from marketplace.matching.rounds.queries.entries import entry_of
from marketplace.matching.rounds.queries.rounds import round_by_key
from marketplace.matching.rounds.queries.seats import BY_NUMBER, seats_to_wish
from marketplace.matching.rounds.rules import (
    can_see,
    is_approved,
    is_minor,
    takes_entries,
    takes_wishes,
)
from marketplace.matching.rounds.services.consenting import ask_guardian, unanswered
from marketplace.matching.rounds.services.joining import (
    EntryValues,
    join_round,
    leave_round,
)
from marketplace.matching.rounds.services.wishing import (
    move_wish,
    refusals_for,
    save_wishes,
)
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.public import words_for
from marketplace.people.accounts.enums import Role
from marketplace.region.labour.enums import Basis
from marketplace.web.access import actor, open_to
from marketplace.web.pages import Page, page_of


@blueprint.route("/verteilrunden/<public:key>/teilnehmen", methods=["GET", "POST"])
@open_to(Role.PUPIL)
def join(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    permit(can_see(actor(), round_) and takes_entries(round_, now()))

    entry = entry_of(round_, actor())
    form = _entry_form(round_, entry)
    is_done = form.accepted() and not form.refused(
        lambda: join_round(round_, EntryValues(**form.values), actor=actor(), at=now())
    )
    if not is_done:
        page = render_template(
            "matching/rounds/join.html", **words_for(round_), form=form, entry=entry
        )
        return page, form.status

    flash(_("Du nimmst teil. Jetzt kommen deine Wünsche."))
    return redirect(url_for(".wishes", key=round_))


@blueprint.route("/verteilrunden/<public:key>/wuensche", methods=["GET", "POST"])
@open_to(Role.PUPIL)
def wishes(key: str) -> ResponseReturnValue:
    entry = _own_entry(key)

    query, after = seats_to_wish(entry), request.args.get("nach")
    page = page_of(query, by=BY_NUMBER, after=after, ascending=True)
    seats = [wish.seat for wish in entry.wishes] + list(page.rows)
    form = _wish_form(entry, seats)
    is_sent = form.accepted() and not form.refused(lambda: _save(entry, form, seats))
    if not is_sent or form.errors:
        return _list_page(entry, form, page), form.status

    flash(_("Deine Liste ist gespeichert."))
    return redirect(url_for(".wishes", key=entry.round, nach=after))


@blueprint.post(
    "/verteilrunden/<public:key>/wuensche/<id:seat_no>/<any(hoch, runter):way>"
)
@open_to(Role.PUPIL)
def move(key: str, seat_no: int, way: str) -> ResponseReturnValue:
    entry = _own_entry(key)

    move_wish(entry, seat_no, is_up=way == "hoch", actor=actor(), at=now())

    return redirect(url_for(".wishes", key=entry.round))


@blueprint.post("/verteilrunden/<public:key>/wuensche/eltern")
@open_to(Role.PUPIL)
def ask_home(key: str) -> ResponseReturnValue:
    entry = _own_entry(key)

    came_from = request.remote_addr or ""
    ask_guardian(entry, asked_from=came_from, actor=actor(), at=now())

    flash(_("Der Brief nach Hause ist unterwegs."))
    return redirect(url_for(".wishes", key=entry.round))


@blueprint.post("/verteilrunden/<public:key>/austreten")
@open_to(Role.PUPIL)
def leave(key: str) -> ResponseReturnValue:
    entry = _own_entry(key)

    leave_round(entry, actor=actor(), at=now())

    flash(_("Du nimmst nicht mehr teil. Deine Wünsche sind gelöscht."))
    return redirect(url_for(".show", key=key))


def _said(entry: RoundEntry) -> dict[int, RoundConsent]:
    """What was said about each company; of two words the no counts."""
    by_word = sorted(entry.consents, key=lambda one: one.is_granted, reverse=True)
    return {consent.organisation_id: consent for consent in by_word}


def _own_entry(key: str) -> RoundEntry:
    return found(entry_of(found(round_by_key(key)), actor()))


def _entry_form(round_: Round, entry: RoundEntry | None) -> EntryForm:
    pupil = actor().pupil
    return EntryForm(
        is_young=is_minor(actor(), day_of(now())),
        is_voluntary=round_.basis is Basis.VOLUNTARY,
        obj=entry,
        data=None if entry else {"class_level": pupil and pupil.class_level},
    )


def _wish_form(entry: RoundEntry, seats: list[RoundSeat]) -> WishForm:
    return WishForm.for_seats(
        seats, {wish.seat.seat_no: wish.tier for wish in entry.wishes}
    )


def _save(entry: RoundEntry, form: WishForm, seats: list[RoundSeat]) -> None:
    """Saves the list; each seat that cannot be had is told beside its field."""
    listed = {wish.seat.seat_no for wish in entry.wishes}
    by_number = {seat.seat_no: seat for seat in seats}
    tiers = form.tiers
    added = [
        by_number[number]
        for number, tier in tiers.items()
        if tier and number not in listed
    ]
    refused = refusals_for(entry, added, at=now())
    for number, words in refused.items():
        form.field_for(by_number[number]).errors = [words]
    if not refused:
        save_wishes(entry, tiers, by_number, actor=actor(), at=now())


def _list_page(entry: RoundEntry, form: WishForm, page: Page[RoundSeat]) -> str:
    at = now()
    firms = {w.seat.period.internship.organisation_id for w in entry.wishes}
    is_young = is_minor(entry.pupil, day_of(at))
    return render_template(
        "matching/rounds/wishes.html",
        **words_for(entry.round),
        entry=entry,
        form=form,
        page=page,
        is_open=takes_wishes(entry, at),
        is_young=is_young,
        unasked=unanswered(entry) if is_young else [],
        approved={firm for firm in firms if is_approved(entry, firm, at)},
        said=_said(entry),
    )
