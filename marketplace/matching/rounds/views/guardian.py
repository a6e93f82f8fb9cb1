"""A guardian reads the list of companies and says to which of them yes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.holding import Signature
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.forms import ConsentForm
from marketplace.matching.rounds.mails import CONSENT
from marketplace.matching.rounds.models import RoundEntry
from marketplace.matching.rounds.queries.entries import (
    entries_of_children,
    entry_by_id,
    entry_by_key,
)
from marketplace.matching.rounds.rules import (
    has_answered,
    is_minor,
    lacks_second,
    number_at_home,
    people_at_home,
    takes_wishes,
)
from marketplace.matching.rounds.services.consenting import answer_list, companies_of
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.public import words_for
from marketplace.people.accounts.enums import Role
from marketplace.upkeep.mail.queries import link_of
from marketplace.upkeep.mail.services import use_link
from marketplace.web.access import EVERYONE, actor, open_to


@blueprint.route("/verteilrunden/freigabe/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def consent(token: str) -> ResponseReturnValue:
    link = found(link_of(CONSENT, token))
    entry = found(entry_by_id(link.subject_id))

    number = number_at_home(entry, link.recipient)
    form = _form(entry, number)
    is_fresh = link.used_at is None and link.valid_until >= now()
    if not form.accepted():
        return _page(entry, form, number, is_fresh=is_fresh), form.status

    if is_fresh and use_link(link, at=now()):
        answer_list(entry, _chosen(form), _by_letter(entry, link.recipient), at=now())

    if lacks_second(entry) and number == 1:
        return redirect(url_for(".second_by_link", token=token))
    return redirect(url_for(".consent", token=token))


@blueprint.route("/verteilrunden/kind/<public:key>", methods=["GET", "POST"])
@open_to(Role.GUARDIAN)
def child(key: str) -> ResponseReturnValue:
    entry = found(entry_by_key(key))

    permit(entry in entries_of_children(actor(), day_of(now())))

    number = number_at_home(entry, actor().email)
    form = _form(entry, number)
    if not form.accepted():
        return _page(entry, form, number, is_fresh=True), form.status

    signature = Signature(
        way=ApprovalWay.ACCOUNT,
        name=actor().name,
        address=actor().email,
        guardian_no=number,
        user=actor(),
        came_from=request.remote_addr or "",
    )
    answer_list(entry, _chosen(form), signature, at=now())

    flash(_("Ihre Antwort ist gespeichert."))
    if lacks_second(entry) and number == 1:
        return redirect(url_for(".second_for_child", key=entry))
    return redirect(url_for(".child", key=entry))


def _form(entry: RoundEntry, number: int) -> ConsentForm:
    """The companies on the list; ticked is what was approved, or not decided yet."""
    firms = companies_of(entry)
    said = [one for one in entry.consents if one.guardian_no == number]
    refused = {one.organisation_id for one in said if not one.is_granted}
    ticked = [firm.id for firm in firms if firm.id not in refused]
    return ConsentForm(firms=firms, data={"firms": ticked})


def _chosen(form: ConsentForm) -> set[int]:
    is_no = request.form.get("antwort") == "nein"
    return set() if is_no else set(form.firms.data or ())


def _by_letter(entry: RoundEntry, recipient: str) -> Signature:
    person = actor()
    number = number_at_home(entry, recipient)
    return Signature(
        way=ApprovalWay.LETTER,
        name=people_at_home(entry)[number - 1].name,
        address=recipient,
        guardian_no=number,
        user=person,
        came_from=request.remote_addr or "",
        is_own_browser=person is not None and person.id == entry.pupil_id,
    )


def _page(entry: RoundEntry, form: ConsentForm, number: int, *, is_fresh: bool) -> str:
    is_young = is_minor(entry.pupil, day_of(now()))
    return render_template(
        "matching/rounds/consent.html",
        **words_for(entry.round),
        entry=entry,
        form=form,
        is_young=is_young,
        is_second_missing=entry.guardians_asked > 1
        and not has_answered(entry, 3 - number),
        is_asked=is_fresh and is_young and takes_wishes(entry, now()),
        said={
            one.organisation_id: one
            for one in entry.consents
            if one.guardian_no == number
        },
    )
