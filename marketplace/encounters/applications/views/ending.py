"""Whoever was promised a place, or promised one, gives it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import (
    OWN_REASONS,
    Act,
    ApplicationState,
    Side,
)
from marketplace.encounters.applications.forms import CancelForm
from marketplace.encounters.applications.mails import WAY_OUT
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    application_by_id,
    application_by_key,
)
from marketplace.encounters.applications.rules import (
    can_move,
    guardians_of,
    is_minor,
)
from marketplace.encounters.applications.services.ending import cancel as give_back
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.encounters.applications.views.reading import (
    READERS,
    SIDES,
    cancel_form,
)
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.upkeep.mail.models import LinkToken
from marketplace.upkeep.mail.queries import link_of
from marketplace.web.access import EVERYONE, actor, open_to


@blueprint.post("/bewerbungen/<public:key>/platz-absagen")
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER)
def cancel(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    is_allowed, page = READERS[actor().role]
    permit(is_allowed(application))

    form = cancel_form()
    if not form.accepted():
        return page(application, form), form.status

    side = SIDES[actor().role]
    give_back(application, form.code.data, side=side, actor=actor(), at=now())

    flash(_("Abgesagt. Die andere Seite bekommt eine Nachricht."))
    if side is Side.COMPANY:  # from now on it is no longer hers to read
        return redirect(url_for(".index"))
    return redirect(url_for(".show", key=application))


@blueprint.route("/absagen/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def cannot_come(token: str) -> ResponseReturnValue:
    link = found(link_of(WAY_OUT, token))
    application = found(application_by_id(link.subject_id))

    is_hers = _side_of(application, link) is Side.PUPIL
    permit(is_hers or is_minor(application, day_of(now())))

    form = CancelForm(codes=OWN_REASONS)
    if not _is_open(application, link) or not form.accepted():
        return _way_out_page(application, link, form), form.status

    side = _side_of(application, link)
    give_back(application, form.code.data, side=side, actor=None, at=now())

    return redirect(url_for(".cannot_come", token=token))


def _is_open(application: Application, link: LinkToken) -> bool:
    is_fresh = link.valid_until >= now()
    return is_fresh and can_move(_side_of(application, link), application, Act.CANCEL)


def _side_of(application: Application, link: LinkToken) -> Side:
    """Whose letter it was; who has another address since is still the pupil."""
    at_home = {one.address for one in guardians_of(application)}
    return Side.GUARDIAN if link.recipient in at_home else Side.PUPIL


def _way_out_page(application: Application, link: LinkToken, form: CancelForm) -> str:
    return render_template(
        "encounters/applications/cannot_come.html",
        application=application,
        form=form,
        reasons=OWN_REASONS,
        is_open=_is_open(application, link),
        is_given_back=application.state is ApplicationState.CANCELLED_BY_PUPIL,
        is_familiar=_side_of(application, link) is Side.PUPIL,
    )
