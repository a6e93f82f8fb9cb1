"""What happens while a partnership runs, and at its end."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.partnerships.enums import Act, Moment
from marketplace.encounters.partnerships.forms import (
    EndForm,
    FeedbackForm,
    RenewalForm,
    ShowForm,
)
from marketplace.encounters.partnerships.rules import can_act, wish_of
from marketplace.encounters.partnerships.services.ending import (
    answer_renewal,
    end_early,
    show_publicly,
)
from marketplace.encounters.partnerships.services.telling import (
    give_feedback,
    questions_for,
)
from marketplace.encounters.partnerships.views.blueprint import (
    blueprint,
    seen,
    side_for,
)
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.route("/<public:key>/verlaengern", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def renew(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    side = side_for(partnership, Act.RENEW)
    permit(can_act(side, partnership, Act.RENEW))

    form = RenewalForm(data={"wish": wish_of(partnership, side)})
    if not form.accepted():
        page = render_template(
            "encounters/partnerships/renew.html", partnership=partnership, form=form
        )
        return page, form.status
    wish = form.values["wish"]
    answer_renewal(partnership, wish, side=side, actor=actor(), at=now())

    flash(_("Ihre Antwort ist notiert."))
    return redirect(url_for(".show", key=partnership))


@blueprint.route("/<public:key>/zeigen", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def publish(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    side = side_for(partnership, Act.SHOW)
    permit(can_act(side, partnership, Act.SHOW))

    is_provider = side is Side.PROVIDER
    shown = partnership.is_shown_by_provider if is_provider else None
    form = ShowForm(
        data={"is_shown": partnership.is_shown_by_company if shown is None else shown}
    )
    if not form.accepted():
        page = render_template(
            "encounters/partnerships/publish.html", partnership=partnership, form=form
        )
        return page, form.status
    wish = form.values["is_shown"]
    show_publicly(partnership, is_shown=wish, side=side, actor=actor())

    flash(_("Notiert. Gezeigt wird es, wenn beide das wollen."))
    return redirect(url_for(".show", key=partnership))


@blueprint.route("/<public:key>/beenden", methods=["GET", "POST"])
@open_to(Role.MEMBER, Role.COORDINATOR)
def end(key: str) -> ResponseReturnValue:
    partnership = seen(key)

    side = side_for(partnership, Act.END_EARLY)
    permit(can_act(side, partnership, Act.END_EARLY))

    form = EndForm()
    if not form.accepted():
        page = render_template(
            "encounters/partnerships/end.html", partnership=partnership, form=form
        )
        return page, form.status
    end_early(partnership, form.values["code"], side=side, actor=actor(), at=now())

    flash(_("Beendet. Beide Seiten wissen Bescheid."))
    return redirect(url_for(".show", key=partnership))


@blueprint.route("/<public:key>/rueckmeldung/<moment>", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def tell(key: str, moment: str) -> ResponseReturnValue:
    partnership = seen(key)

    side = side_for(partnership)
    asked = found(next((m for m in Moment if m == moment), None))
    permit(asked in questions_for(partnership, side, at=now()))

    form = FeedbackForm()
    if not form.accepted():
        page = render_template(
            "encounters/partnerships/tell.html",
            partnership=partnership,
            form=form,
            moment=asked,
        )
        return page, form.status
    give_feedback(partnership, asked, form.answer, side=side, actor=actor(), at=now())

    flash(_("Danke. Die andere Seite liest es, wenn auch sie geantwortet hat."))
    return redirect(url_for(".show", key=partnership))
