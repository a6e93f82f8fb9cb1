"""The office draws, looks at the numbers, and publishes."""

from collections import defaultdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import MAIN, RULES
from marketplace.matching.rounds.forms import BeaconForm, RedrawForm
from marketplace.matching.rounds.models import Round, RoundConsent
from marketplace.matching.rounds.queries.entries import (
    entry_by_key,
    entry_count,
    held_consents,
)
from marketplace.matching.rounds.queries.frozen import closed_outcomes
from marketplace.matching.rounds.queries.rounds import round_by_key
from marketplace.matching.rounds.queries.seats import seats_numbered
from marketplace.matching.rounds.rules import can_revise, lacks_beacon
from marketplace.matching.rounds.services.consenting import release_consents
from marketplace.matching.rounds.services.planning import enter_beacon, redraw_round
from marketplace.matching.rounds.services.publishing import publish_round
from marketplace.matching.rounds.services.running import draw_round
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.public import words_for
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to

BASE = "/koordination/verteilrunden/<public:key>"


@blueprint.get(BASE)
@open_to(Role.COORDINATOR)
def manage(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    return _page(round_, BeaconForm(formdata=None), RedrawForm(formdata=None))


@blueprint.post(f"{BASE}/auslosen")
@open_to(Role.COORDINATOR)
def draw(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    form = BeaconForm()
    if lacks_beacon(round_):
        is_done = form.accepted() and not form.refused(
            lambda: enter_beacon(
                round_, form.beacon.data or "", actor=actor(), at=now()
            )
        )
        if not is_done:
            return _page(round_, form, RedrawForm(formdata=None)), form.status
    draw_round(round_, actor=actor(), at=now())

    flash(_("Ausgelost. Sehen Sie sich die Zahlen an, bevor Sie veröffentlichen."))
    return redirect(url_for(".manage", key=round_))


@blueprint.post(f"{BASE}/neu-auslosen")
@open_to(Role.COORDINATOR)
def redraw(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    form = RedrawForm()
    is_done = form.accepted() and not form.refused(
        lambda: redraw_round(round_, form.reason.data or "", actor=actor(), at=now())
    )
    if not is_done:
        return _page(round_, BeaconForm(formdata=None), form), form.status

    flash(_("Der neue Hash ist öffentlich. Jetzt kann neu gelost werden."))
    return redirect(url_for(".manage", key=round_))


@blueprint.post(f"{BASE}/veroeffentlichen")
@open_to(Role.COORDINATOR)
def publish(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    publish_round(round_, actor=actor(), at=now())

    flash(_("Veröffentlicht. Die Plätze werden jetzt vergeben."))
    return redirect(url_for(".manage", key=round_))


@blueprint.post("/koordination/verteilrunden/freigabe/<public:key>")
@open_to(Role.COORDINATOR)
def release(key: str) -> ResponseReturnValue:
    entry = found(entry_by_key(key))

    held = [one for one in entry.consents if one.is_held]
    permit(bool(held))

    release_consents(held, actor=actor(), at=now())

    flash(_("Die Freigabe zählt jetzt."))
    return redirect(url_for(".manage", key=entry.round))


def _page(round_: Round, beacon: BeaconForm, redrawing: RedrawForm) -> str:
    held: dict[str, list[RoundConsent]] = defaultdict(list)
    for consent in held_consents(round_):
        held[consent.entry.public_id].append(consent)
    closed = closed_outcomes(round_, MAIN)
    return render_template(
        "matching/rounds/manage.html",
        **words_for(round_),
        entries=entry_count(round_),
        can_revise=can_revise(round_),
        lacks_beacon=lacks_beacon(round_),
        beacon_form=beacon,
        form=redrawing if redrawing.errors else beacon,
        redrawing=redrawing,
        rules=[(RULES[rule], round_.figures.get(rule.value)) for rule in Rule],
        held=held,
        closed=closed,
        seats=seats_numbered(round_, [one.seat_no for one in closed]),
    )
