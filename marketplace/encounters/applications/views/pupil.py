"""Begin, answer one question after another, check, send; then confirm or withdraw."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.forms import (
    GuardianForm,
    MotivationForm,
    SchoolForm,
    SendForm,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    application_by_key,
    others_on_the_same_days,
)
from marketplace.encounters.applications.rules import is_minor, is_pupil_of
from marketplace.encounters.applications.services.approving import ask_again
from marketplace.encounters.applications.services.legality import (
    allowance_of,
    dropped_words,
)
from marketplace.encounters.applications.services.sending import (
    answer,
    confirm_oneself,
    confirm_place,
    send_application,
    sheet_codes,
)
from marketplace.encounters.applications.services.showing import (
    lines_after,
    lines_before,
)
from marketplace.encounters.applications.services.silence import nudge as ask_company
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.contacts import contacts_in
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.region.topics.enums import Topic
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Form

# The pages of questions: the name of each, and its form.
STEPS: Mapping[str, Any] = {
    "schule": lazy("Schule"),
    "warum": lazy("Warum"),
    "eltern": lazy("Eltern"),
}
# Offered besides those of the internship and of the pupil: one a letter of MINT.
BROAD = frozenset({Topic.MATHEMATICS, Topic.COMPUTING, Topic.SCIENCE, Topic.TECHNOLOGY})


@blueprint.route(
    "/bewerbungen/<public:key>/fragen/<any(schule, warum, eltern):step>",
    methods=["GET", "POST"],
)
@open_to(Role.PUPIL)
def question(key: str, step: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application) and step in steps_of(application))
    if application.state is not ApplicationState.DRAFT:
        return redirect(url_for(".show", key=application))

    form = _question_form(application, step)
    if not form.accepted():
        return _question_page(application, step, form), form.status

    answer(application, form.values, actor=actor(), at=now())

    return redirect(after(step, application))


@blueprint.get("/bewerbungen/<public:key>/pruefen")
@open_to(Role.PUPIL)
def check(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))
    if application.state is not ApplicationState.DRAFT:
        return redirect(url_for(".show", key=application))

    return _check_page(application, SendForm(obj=application))


@blueprint.post("/bewerbungen/<public:key>/senden")
@open_to(Role.PUPIL)
def send(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))
    if application.state is not ApplicationState.DRAFT:  # pressed twice
        return redirect(url_for(".show", key=application))

    form = SendForm()
    try:
        answer(application, form.values, actor=actor(), at=now())
        send_application(
            application,
            actor=actor(),
            sent_from=request.remote_addr or "",
            key=sheet_key(),
            at=now(),
        )
    except Refusal as refusal:  # the answers stay
        return _check_page(application, form, refusal.sentence), 409

    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/bestaetigen")
@open_to(Role.PUPIL)
def confirm(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))

    confirm_place(application, actor=actor(), at=now())

    flash(_("Bestätigt. Der Platz ist deiner."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/selbst-absenden")
@open_to(Role.PUPIL)
def send_oneself(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))

    confirm_oneself(application, actor=actor(), at=now())

    flash(_("Abgeschickt. Der Betrieb kann deine Bewerbung jetzt lesen."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/erneut-bitten")
@open_to(Role.PUPIL)
def ask_guardian_again(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))

    ask_again(application, at=now())

    flash(_("Ein neuer Link ist unterwegs."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/nachfragen")
@open_to(Role.PUPIL)
def nudge(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application))

    ask_company(application, actor=actor(), at=now())

    flash(_("Gefragt. Der Betrieb bekommt eine freundliche Nachricht."))
    return redirect(url_for(".show", key=application))


@blueprint.get("/bewerbungen/<public:key>/blatt")
@open_to(Role.PUPIL)
def sheet(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    permit(is_pupil_of(actor(), application) and application.sent_at is not None)

    return render_template(
        "encounters/applications/sheet.html",
        application=application,
        codes=sheet_codes(application, sheet_key()),
        lines=lines_before(application, day_of(now())),
        later=lines_after(application, day_of(now())),
    )


def steps_of(application: Application) -> list[str]:
    """The pages of questions of an application; from 18 on nobody approves."""
    is_young = is_minor(application, day_of(now()))
    return [step for step in STEPS if step != "eltern" or is_young]


def sheet_key() -> bytes:
    """The key that the codes of the sheets are made with."""
    return bytes.fromhex(current_app.config["FIELD_KEY"])


def step_names(application: Application | None) -> list[str]:
    """The names over the pages; before there is an application, all of them."""
    steps = steps_of(application) if application else list(STEPS)
    return [_("Zeitraum"), *(str(STEPS[step]) for step in steps), _("Prüfen")]


def after(step: str, application: Application) -> str:
    """The page behind a page of questions; a change from the check leads back.

    Another period asks again for the holiday days: they belong to its year.
    """
    steps = ["zeitraum", *steps_of(application)]
    following = steps[steps.index(step) + 1 :]
    if step == "zeitraum" and "pruefen" in request.args and "eltern" in following:
        return url_for(".question", key=application, step="eltern", pruefen=1)
    if "pruefen" in request.args or not following:
        return url_for(".check", key=application)
    return url_for(".question", key=application, step=following[0])


def open_page(application: Application) -> str:
    """Where a draft goes on: at the first question without an answer."""
    is_answered = {
        "schule": application.school_kind is not None,
        "warum": bool(application.motivation),
        "eltern": bool(application.guardian_email),
    }
    for step in steps_of(application):
        if not is_answered[step]:
            return url_for(".question", key=application, step=step)
    return url_for(".check", key=application)


def _question_form(application: Application, step: str) -> Form:
    if step == "eltern":
        allowance = allowance_of(application, at=now())
        address = actor().email
        return GuardianForm(
            own_address=address,
            allowance=allowance,
            obj=application,
        )
    if step == "schule":
        return SchoolForm(obj=application)
    near = BROAD | application.internship.topics | application.interests
    topics = [topic for topic in Topic if topic in near]
    return MotivationForm(topics=topics, obj=application)


def _question_page(application: Application, step: str, form: Form) -> str:
    steps = steps_of(application)
    place = steps.index(step)
    back = url_for(".question", key=application, step=steps[place - 1])
    if not place:
        back = url_for(".start", key=application.internship)
    return render_template(
        "encounters/applications/question.html",
        application=application,
        step=step,
        form=form,
        names=step_names(application),
        present=place + 2,
        back_link=back,
        left_out=contacts_in(application.motivation),
        lines=lines_before(application, day_of(now())),
    )


def _check_page(application: Application, form: SendForm, refusal: str = "") -> str:
    return render_template(
        "encounters/applications/check.html",
        application=application,
        form=form,
        refusal=refusal,
        names=step_names(application),
        is_young=is_minor(application, day_of(now())),
        lines=lines_before(application, day_of(now())),
        dropped=dropped_words(application, at=now()),
        allowance=allowance_of(application, at=now()),
        left_out=contacts_in(application.motivation),
        has_others=bool(others_on_the_same_days(application)),
    )
