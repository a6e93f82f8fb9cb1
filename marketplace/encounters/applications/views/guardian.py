"""A guardian reads all that would be sent, and lets it go or not."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import (
    Act,
    ApplicationState,
    ApprovalWay,
    Side,
)
from marketplace.encounters.applications.mails import APPROVAL
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    application_by_id,
    application_by_key,
    is_child_of,
)
from marketplace.encounters.applications.rules import (
    APPROVAL_LINK_DAYS,
    can_lift,
    can_move,
    can_name_second,
    guardian_no_of,
    guardians_of,
    is_minor,
    is_pupil_of,
    is_stopped_by_office,
    lacks_second,
    still_asked,
)
from marketplace.encounters.applications.services.approving import (
    ask_again,
    grant_approval,
    refuse_approval,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.lifting import lift_refusal
from marketplace.encounters.applications.services.seconding import number_of
from marketplace.encounters.applications.services.sending import withdraw as take_back
from marketplace.encounters.applications.services.showing import (
    lines_after,
    lines_before,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.guardians.rules import owns_address
from marketplace.people.guardians.services import link_if_free
from marketplace.upkeep.mail.models import LinkToken
from marketplace.upkeep.mail.queries import link_of
from marketplace.upkeep.mail.services import use_link
from marketplace.web.access import EVERYONE, actor, open_to

ANSWERS: Mapping[str, Callable[..., None]] = {
    "ja": grant_approval,
    "nein": refuse_approval,
}


@blueprint.route("/freigabe/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def approval(token: str) -> ResponseReturnValue:
    link = found(link_of(APPROVAL, token))
    application = found(application_by_id(link.subject_id))

    act = ANSWERS.get(request.form.get("antwort", ""))
    if act is None:
        return _approval_page(application, link, token)

    if _is_asked(application) and use_link(link, at=now()):
        act(application, _by_letter(application, link), at=now())

    if can_name_second(application, guardian_no_of(application, link.recipient)):
        return redirect(url_for(".second_by_link", token=token))
    return redirect(url_for(".approval", token=token))


@blueprint.post("/freigabe/<token>/neu")
@open_to(EVERYONE)
def renew_approval(token: str) -> ResponseReturnValue:
    link = found(link_of(APPROVAL, token))
    application = found(application_by_id(link.subject_id))

    permit(link.used_at is None)

    ask_again(application, at=now())

    flash(_("Ein neuer Link ist an Ihre Adresse unterwegs."))
    return redirect(url_for(".approval", token=token))


@blueprint.post("/freigabe/<token>/zurueckziehen")
@open_to(EVERYONE)
def withdraw_by_link(token: str) -> ResponseReturnValue:
    link = found(link_of(APPROVAL, token))
    application = found(application_by_id(link.subject_id))

    permit(is_minor(application, day_of(now())))

    take_back(application, side=Side.GUARDIAN, actor=None, at=now())

    flash(_("Zurückgezogen. Der Betrieb sieht die Bewerbung nicht mehr."))
    return redirect(url_for(".approval", token=token))


@blueprint.post("/freigabe/<token>/doch")
@open_to(EVERYONE)
def lift_by_link(token: str) -> ResponseReturnValue:
    link = found(link_of(APPROVAL, token))
    application = found(application_by_id(link.subject_id))

    permit(is_minor(application, day_of(now())))
    permit(can_lift(application, None, link.recipient))

    side, address = Side.GUARDIAN, link.recipient
    lift_refusal(application, side=side, actor=None, address=address, at=now())

    flash(_("Ihr Nein ist zurückgenommen. Ein neuer Link ist unterwegs."))
    return redirect(url_for(".approval", token=token))


@blueprint.post("/konto/kinder/<public:key>/<any(ja, nein):answer>")
@open_to(Role.GUARDIAN)
def answer_for_child(key: str, answer: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_child_of(application, actor(), day_of(now())))

    ANSWERS[answer](application, _by_account(application), at=now())
    named = {one.address for one in guardians_of(application)}
    is_named = any(owns_address(actor(), address) for address in named)
    if is_named and not application.is_held:
        link_if_free(actor(), application.pupil, at=now())

    flash(_("Ihre Antwort ist gespeichert."))
    if can_name_second(application, number_of(application, actor())):
        return redirect(url_for(".second_for_child", key=application))
    return redirect(url_for(".show", key=application))


@blueprint.post("/konto/kinder/<public:key>/doch")
@open_to(Role.GUARDIAN)
def lift_for_child(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_child_of(application, actor(), day_of(now())))

    side, address = Side.GUARDIAN, actor().email
    lift_refusal(application, side=side, actor=actor(), address=address, at=now())

    flash(_("Ihr Nein ist zurückgenommen. Sie können jetzt neu entscheiden."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/zurueckziehen")
@open_to(Role.PUPIL, Role.GUARDIAN)
def withdraw(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    is_own = is_pupil_of(actor(), application)
    permit(is_own or is_child_of(application, actor(), day_of(now())))

    side = Side.PUPIL if is_own else Side.GUARDIAN
    take_back(application, side=side, actor=actor(), at=now())

    flash(_("Die Bewerbung ist zurückgezogen."))
    return redirect(url_for(".index" if is_own else ".children"))


def _is_asked(application: Application) -> bool:
    is_waiting = application.state is ApplicationState.WAITING
    is_young = is_minor(application, day_of(now()))
    return is_waiting and is_young and not application.is_held


def _has_said_yes(application: Application, number: int) -> bool:
    """Says whether one guardian is through, and only the other one is still asked."""
    missing = {one.no for one in still_asked(application)}
    return bool(missing) and number not in missing


def _by_letter(application: Application, link: LinkToken) -> Signature:
    number = guardian_no_of(application, link.recipient)
    return Signature(
        way=ApprovalWay.LETTER,
        name=guardians_of(application)[number - 1].name,
        address=link.recipient,
        guardian_no=number,
        user=actor(),
        came_from=request.remote_addr or "",
        is_own_browser=is_pupil_of(actor(), application),
    )


def _by_account(application: Application) -> Signature:
    return Signature(
        way=ApprovalWay.ACCOUNT,
        name=actor().name,
        address=actor().email,
        guardian_no=number_of(application, actor()),
        user=actor(),
        came_from=request.remote_addr or "",
    )


def _approval_page(application: Application, link: LinkToken, token: str) -> str:
    is_fresh = link.used_at is None and link.valid_until >= now()
    is_halfway = _is_asked(application) and _has_said_yes(
        application, guardian_no_of(application, link.recipient)
    )
    is_young = is_minor(application, day_of(now()))
    return render_template(
        "encounters/applications/approval.html",
        application=application,
        token=token,
        link_days=APPROVAL_LINK_DAYS,
        is_halfway=is_halfway,
        can_name_second=is_halfway and lacks_second(application),
        is_asked=_is_asked(application) and is_fresh and not is_halfway,
        is_expired=_is_asked(application)
        and not (is_fresh or link.used_at or is_halfway),
        is_asked_anew=_is_asked(application) and link.used_at is not None,
        can_lift=is_young and can_lift(application, None, link.recipient),
        is_stopped=is_stopped_by_office(application),
        is_young=is_young,
        can_withdraw=is_young
        and link.used_at is not None
        and can_move(Side.GUARDIAN, application, Act.WITHDRAW),
        lines=lines_before(application, day_of(now())),
        later=lines_after(application, day_of(now())),
    )
