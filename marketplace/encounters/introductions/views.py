from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.enums import Act, IntroductionState, Side
from marketplace.encounters.introductions.forms import ActForm, DeclineForm
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import (
    NEWEST_FIRST,
    NEXT_FIRST,
    all_introductions,
    introduction_by_key,
    introductions_of,
    introductions_of_pair,
    introductions_to_follow_up,
    live_introductions,
    others_in_bundle,
)
from marketplace.encounters.introductions.rules import (
    are_contacts_open,
    can_act,
    can_see,
    contacts_in,
    is_live,
    is_together,
    line_words,
    sides_of,
)
from marketplace.encounters.introductions.services.answering import (
    agree,
    decline,
    withdraw,
)
from marketplace.encounters.introductions.services.deadlines import follow_up
from marketplace.encounters.introductions.services.telling import (
    broker_log,
    others,
    party,
)
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, chosen_language
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisations_of
from marketplace.web.access import actor, open_to
from marketplace.web.pages import page_of

blueprint = Blueprint("introductions", __name__, url_prefix="/vorstellungen")


@blueprint.get("")
@open_to(Role.MEMBER, Role.COORDINATOR)
def index() -> ResponseReturnValue:
    is_office = actor().role is Role.COORDINATOR
    organisations = [] if is_office else organisations_of(actor())

    query = all_introductions() if is_office else introductions_of(organisations)
    page = page_of(query, by=NEWEST_FIRST, after=request.args.get("nach"))

    return render_template(
        "encounters/introductions/index.html",
        page=page,
        lacks_organisation=not is_office and not organisations,
    )


@blueprint.get("/<public:key>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    introduction = found(introduction_by_key(key))

    permit(can_see(actor(), introduction))

    return _page(introduction, DeclineForm(formdata=None)), 200


@blueprint.get("/faellig")
@open_to(Role.COORDINATOR)
def queue() -> ResponseReturnValue:
    page = page_of(
        live_introductions(),
        by=NEXT_FIRST,
        after=request.args.get("nach"),
        ascending=True,
    )

    return render_template(
        "encounters/introductions/queue.html",
        page=page,
        waiting=introductions_to_follow_up(),
        today=day_of(now()),
    )


@blueprint.route("/<public:key>/zusagen", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def say_yes(key: str) -> ResponseReturnValue:
    introduction = found(introduction_by_key(key))

    permit(can_see(actor(), introduction))

    form, side = ActForm(), _side(introduction)
    if not form.accepted():
        return _confirmation(introduction, side), form.status
    agree(introduction, side=side, actor=actor(), at=now())

    flash(_("Sie haben zugesagt."))
    return redirect(url_for(".show", key=introduction))


@blueprint.post("/<public:key>/absagen")
@open_to(Role.MEMBER)
def say_no(key: str) -> ResponseReturnValue:
    introduction = found(introduction_by_key(key))

    permit(can_see(actor(), introduction))

    form = DeclineForm()
    if not form.accepted():
        return _page(introduction, form), form.status
    side = _side(introduction)
    decline(introduction, form.code.data, side=side, actor=actor(), at=now())

    flash(_("Sie haben abgesagt. Den Grund liest nur die Koordinationsstelle."))
    return redirect(url_for(".show", key=introduction))


@blueprint.post("/<public:key>/zurueckziehen")
@open_to(Role.MEMBER, Role.COORDINATOR)
def take_back(key: str) -> ResponseReturnValue:
    introduction = found(introduction_by_key(key))

    permit(can_see(actor(), introduction))

    withdraw(introduction, side=_side(introduction), actor=actor(), at=now())

    flash(_("Die Anfrage ist zurückgezogen."))
    return redirect(url_for(".show", key=introduction))


@blueprint.post("/<public:key>/nachgefasst")
@open_to(Role.COORDINATOR)
def note_followed_up(key: str) -> ResponseReturnValue:
    introduction = found(introduction_by_key(key))

    permit(can_see(actor(), introduction))

    follow_up(introduction, actor=actor(), at=now())

    flash(_("Notiert. Die Sache ist von der Liste."))
    return redirect(url_for(".queue"))


def _side(introduction: Introduction) -> Side:
    """The side a person acts for; of both, first the one that is silent."""
    sides = sides_of(actor(), introduction)
    ready = [s for s in Side if s in sides and can_act(s, introduction, Act.AGREE)]
    return (ready or [s for s in Side if s in sides])[0]


def _confirmation(introduction: Introduction, side: Side) -> str:
    return render_template(
        "encounters/introductions/say_yes.html",
        introduction=introduction,
        other=party(introduction, others(side)[0]),
        is_second=introduction.state is IntroductionState.HALF,
        is_possible=can_act(side, introduction, Act.AGREE),
    )


def _page(introduction: Introduction, form: DeclineForm) -> str:
    side = _side(introduction)
    is_office = side is Side.COORDINATION
    pair = introductions_of_pair(introduction.provider_id, introduction.company_id)
    return render_template(
        "encounters/introductions/show.html",
        introduction=introduction,
        form=form,
        side=side,
        acts={act for act in Act if can_act(side, introduction, act)},
        are_contacts_open=are_contacts_open(introduction),
        contacts=contacts_in(introduction),
        is_together=is_together(introduction),
        earlier=[one for one in pair if one.id < introduction.id],
        log=broker_log(introduction) if is_office else [],
        told=introduction.reasons.get(chosen_language(), {}),
        lines=[line_words(line) for line in introduction.lines],
        bundle=_bundle(introduction, side),
    )


def _bundle(introduction: Introduction, side: Side) -> list[Introduction]:
    """The others of its bundle; a company does not learn who declined."""
    others = others_in_bundle(introduction)
    if side is not Side.COMPANY:
        return list(others)
    return [one for one in others if is_live(one) or is_together(one)]
