"""A guardian without an account reads, writes and ends messages by a letter's link."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import application_by_id
from marketplace.encounters.messages.enums import Speaker
from marketplace.encounters.messages.forms import WordsForm
from marketplace.encounters.messages.mails import LINK
from marketplace.encounters.messages.rules import has_begun, has_guardian
from marketplace.encounters.messages.services.saying import write
from marketplace.encounters.messages.services.stopping import read_all
from marketplace.encounters.messages.views.blueprint import blueprint
from marketplace.encounters.messages.views.showing import page_about
from marketplace.encounters.messages.views.talking import ACTS, FOLDER, told_of
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.upkeep.mail.queries import link_of
from marketplace.web.access import EVERYONE, open_to


@blueprint.route("/nachrichten/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def by_letter(token: str) -> ResponseReturnValue:
    application = _followed(token)

    form = WordsForm()
    if not form.accepted():
        page = render_template(
            f"{FOLDER}/show_guardian.html",
            form=form,
            token=token,
            **page_about(application, Speaker.GUARDIAN),
        )
        return page, form.status
    words = form.words.data or ""
    write(application, words, speaker=Speaker.GUARDIAN, actor=None, at=now())

    flash(_("Abgeschickt."))
    return redirect(url_for(".by_letter", token=token))


@blueprint.post("/nachrichten/<token>/gelesen")
@open_to(EVERYONE)
def mark_read_by_letter(token: str) -> ResponseReturnValue:
    application = _followed(token)

    read_all(application, speaker=Speaker.GUARDIAN)

    return redirect(url_for(".by_letter", token=token))


@blueprint.post("/nachrichten/<token>/<any(beenden, wieder):act>")
@open_to(EVERYONE)
def end_by_letter(token: str, act: str) -> ResponseReturnValue:
    application = _followed(token)

    ACTS[act](application, speaker=Speaker.GUARDIAN, actor=None, at=now())

    flash(told_of(act))
    return redirect(url_for(".by_letter", token=token))


def _followed(token: str) -> Application:
    """The application of a link that is still good; at 18 it no longer is."""
    link = found(link_of(LINK, token))
    application = found(application_by_id(link.subject_id))
    today = day_of(now())
    permit(link.valid_until >= now() and has_begun(application))
    permit(has_guardian(application, today))
    return application
