"""From the second yes to what both have confirmed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.queries import introduction_by_key
from marketplace.encounters.introductions.rules import can_see as can_see_pair
from marketplace.encounters.introductions.rules import is_together
from marketplace.encounters.partnerships.enums import Act
from marketplace.encounters.partnerships.forms import (
    ActForm,
    ConfirmForm,
    DecisionForm,
    LineForm,
    TermsForm,
)
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import running_partnership
from marketplace.encounters.partnerships.rules import (
    can_act,
    has_confirmed,
    lacks_decision,
    lacks_declaration,
    line_words,
)
from marketplace.encounters.partnerships.services.arranging import (
    add_line,
    begin_partnership,
    confirm_terms,
    line_choices,
    record_decision,
    revise_terms,
)
from marketplace.encounters.partnerships.views.blueprint import (
    blueprint,
    seen,
    side_for,
)
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.route("/beginnen/<public:key>", methods=["GET", "POST"])
@open_to(Role.MEMBER, Role.COORDINATOR)
def begin(key: str) -> ResponseReturnValue:
    introduction = found(introduction_by_key(key))

    permit(can_see_pair(actor(), introduction))

    running = running_partnership(introduction)
    if running:
        return redirect(url_for(".show", key=running))
    form = ActForm()
    if not form.accepted():
        page = render_template(
            "encounters/partnerships/begin.html",
            introduction=introduction,
            is_possible=is_together(introduction),
        )
        return page, form.status
    partnership = begin_partnership(introduction, actor=actor(), at=now())

    return redirect(url_for(".edit", key=partnership))


@blueprint.route("/<public:key>/aendern", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def edit(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    permit(can_act(side_for(partnership, Act.REVISE), partnership, Act.REVISE))

    form = TermsForm(
        obj=partnership,
        data={"quantities": [one.quantity for one in partnership.lines]},
    )
    if not form.accepted():
        return _terms_page(partnership, form), form.status
    terms = form.terms([line.id for line in partnership.lines])
    side = side_for(partnership, Act.REVISE)
    if form.refused(
        lambda: revise_terms(partnership, terms, side=side, actor=actor(), at=now())
    ):
        return _terms_page(partnership, form), form.status

    flash(_("Gespeichert. Jetzt bestätigen beide."))
    return redirect(url_for(".show", key=partnership))


@blueprint.post("/<public:key>/zeile")
@open_to(Role.MEMBER)
def add(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    permit(can_act(side_for(partnership, Act.REVISE), partnership, Act.REVISE))

    form = LineForm(line_choices(partnership, on=day_of(now())))
    if not form.accepted():
        return _terms_page(partnership, _stored(partnership), form), form.status
    need, give = form.pairs[form.pair.data]
    side = side_for(partnership, Act.REVISE)
    add_line(partnership, need, give, side=side, actor=actor(), at=now())

    flash(_("Die Zeile ist dabei. Jetzt bestätigen beide."))
    return redirect(url_for(".edit", key=partnership))


@blueprint.route("/<public:key>/bestaetigen", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def confirm(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    side = side_for(partnership, Act.CONFIRM)
    permit(can_act(side, partnership, Act.CONFIRM) or has_confirmed(partnership, side))

    form = ConfirmForm(obj=partnership)
    if not form.accepted():
        return _confirmation(partnership, side, form), form.status
    version = form.values["version"]
    try:
        confirm_terms(partnership, version=version, side=side, actor=actor(), at=now())
    except Refusal as refusal:  # what stands there now is read once more
        form.form_errors.append(refusal.sentence)
        form.take_version_of(partnership)
        return _confirmation(partnership, side, form), 409

    flash(_("Bestätigt."))
    return redirect(url_for(".show", key=partnership))


@blueprint.route("/<public:key>/schulleitung", methods=["GET", "POST"])
@open_to(Role.MEMBER, Role.COORDINATOR)
def decide(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    side = side_for(partnership, Act.DECIDE)
    permit(can_act(side, partnership, Act.DECIDE))

    form = DecisionForm(obj=partnership)
    if not form.accepted() or form.refused(
        lambda: record_decision(
            partnership,
            decided_on=form.values["decided_on"],
            decided_by=form.values["decided_by"],
            side=side,
            actor=actor(),
            at=now(),
        )
    ):
        page = render_template(
            "encounters/partnerships/decide.html", partnership=partnership, form=form
        )
        return page, form.status

    flash(_("Die Entscheidung ist eingetragen."))
    return redirect(url_for(".show", key=partnership))


def _confirmation(partnership: Partnership, side: Side, form: ConfirmForm) -> str:
    return render_template(
        "encounters/partnerships/confirm.html",
        partnership=partnership,
        form=form,
        words_of=line_words,
        lacks_decision=lacks_decision(partnership),
        lacks_declaration=lacks_declaration(partnership, day_of(now())),
        is_possible=can_act(side, partnership, Act.CONFIRM),
    )


def _stored(partnership: Partnership) -> TermsForm:
    return TermsForm(
        formdata=None,
        obj=partnership,
        data={"quantities": [line.quantity for line in partnership.lines]},
    )


def _terms_page(
    partnership: Partnership, form: TermsForm, more: LineForm | None = None
) -> str:
    return render_template(
        "encounters/partnerships/edit.html",
        partnership=partnership,
        form=form,
        more=more or LineForm(line_choices(partnership, on=day_of(now()))),
        words_of=line_words,
    )
