"""Pupil, guardian and company read and say something."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    application_by_key,
    is_child_of,
)
from marketplace.encounters.applications.rules import is_company_of, is_pupil_of
from marketplace.encounters.messages.enums import (
    ANSWERS,
    SENTENCES,
    SLOTS,
    Phrase,
    Slot,
    Speaker,
)
from marketplace.encounters.messages.forms import GapsForm, QuestionForm, WordsForm
from marketplace.encounters.messages.rules import has_begun
from marketplace.encounters.messages.services.gaps import place_of
from marketplace.encounters.messages.services.saying import ask, reply, write
from marketplace.encounters.messages.services.stopping import read_all, resume, stop
from marketplace.encounters.messages.views.blueprint import blueprint
from marketplace.encounters.messages.views.showing import SPEAKERS, page_about
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Form

FOLDER = "encounters/messages"
ACTS = {"beenden": stop, "wieder": resume}


@blueprint.route("/bewerbungen/<public:key>/nachrichten", methods=["GET", "POST"])
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER)
def show(key: str) -> ResponseReturnValue:
    application, speaker = _heard(key)

    form = QuestionForm() if speaker is Speaker.PUPIL else WordsForm()
    if not form.accepted():
        return _page(application, speaker, form), form.status

    if isinstance(form, QuestionForm):
        phrase, words = form.phrase.data, form.words.data or ""
        ask(application, phrase, words, actor=actor(), at=now())
    else:
        words = form.words.data or ""
        write(application, words, speaker=speaker, actor=actor(), at=now())

    flash(_("Abgeschickt."))
    return redirect(url_for(".show", key=application))


@blueprint.route(
    "/bewerbungen/<public:key>/nachrichten/antwort/<phrase>", methods=["GET", "POST"]
)
@open_to(Role.MEMBER)
def answer(key: str, phrase: str) -> ResponseReturnValue:
    application, _speaker = _heard(key)

    said = found(next((one for one in ANSWERS if one == phrase), None))

    form = _gaps_form(application, said)
    if not form.accepted():
        return _answer_page(application, said, form), form.status
    if form.refused(
        lambda: reply(application, said, form.gaps, actor=actor(), at=now())
    ):
        return _answer_page(application, said, form), 409

    flash(_("Abgeschickt. Die Eltern haben eine Kopie bekommen."))
    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/nachrichten/gelesen")
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER)
def mark_read(key: str) -> ResponseReturnValue:
    application, speaker = _heard(key)

    read_all(application, speaker=speaker)

    return redirect(url_for(".show", key=application))


@blueprint.post("/bewerbungen/<public:key>/nachrichten/<any(beenden, wieder):act>")
@open_to(Role.PUPIL, Role.GUARDIAN)
def end(key: str, act: str) -> ResponseReturnValue:
    application, speaker = _heard(key)

    ACTS[act](application, speaker=speaker, actor=actor(), at=now())

    flash(told_of(act))
    return redirect(url_for(".show", key=application))


def told_of(act: str) -> str:
    """What is said once messages were ended or taken up again."""
    if act == "beenden":
        return _("Beendet. Ab sofort kommt hier keine Nachricht mehr an.")
    return _("Nachrichten kommen hier wieder an.")


def _heard(key: str) -> tuple[Application, Speaker]:
    """The application, if it was handed over and is the reader's, and as whom."""
    application, person = found(application_by_key(key)), actor()
    permit(has_begun(application))
    if person.role is Role.PUPIL:
        permit(is_pupil_of(person, application))
    elif person.role is Role.GUARDIAN:
        permit(is_child_of(application, person, day_of(now())))
    else:
        permit(is_company_of(person, application))
    return application, SPEAKERS[person.role]


def _page(application: Application, speaker: Speaker, form: Form) -> str:
    return render_template(
        f"{FOLDER}/show_{speaker}.html",
        form=form,
        answers=ANSWERS,
        **page_about(application, speaker),
    )


def _gaps_form(application: Application, phrase: Phrase) -> GapsForm:
    internship = application.internship
    is_first = phrase is Phrase.FIRST_DAY
    stored = {
        "day": application.period.starts_on if is_first else None,
        "starts_at": internship.day_starts_at,
        "ends_at": internship.day_ends_at,
    }
    people = internship.supervisors
    return GapsForm(slots=SLOTS.get(phrase, ()), people=people, data=stored)


def _answer_page(application: Application, phrase: Phrase, form: GapsForm) -> str:
    has_place = Slot.PLACE in SLOTS.get(phrase, ())
    return render_template(
        f"{FOLDER}/answer.html",
        application=application,
        phrase=phrase,
        sentence=str(SENTENCES[phrase]) % _marks(application, has_place=has_place),
        form=form,
    )


def _marks(application: Application, *, has_place: bool) -> dict[str, str]:
    """What stands in the gaps before they are filled."""
    return {
        Slot.DAY.value: "…",
        Slot.STARTS.value: "…",
        Slot.ENDS.value: "…",
        Slot.PERSON.value: "…",
        Slot.THINGS.value: "…",
        Slot.PLACE.value: place_of(application.internship) if has_place else "",
    }
