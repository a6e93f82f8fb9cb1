"""What an organisation's program may do: the same as its members on the pages."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from marketplace.doors.api.schemas.checking import mistakes_in
from marketplace.doors.api.schemas.columns import record_of
from marketplace.doors.api.schemas.description import BY_NAME
from marketplace.doors.api.schemas.entries import (
    BY_ID,
    entries_in,
    schema_of_form,
    sent_as_form,
)
from marketplace.doors.api.views.answering import answer
from marketplace.doors.api.views.blueprint import blueprint
from marketplace.doors.api.views.knowing import once, token_for
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.organisations.models import Organisation
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.models import AccessToken
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.forms import PostingForm
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import posting_by_key
from marketplace.postings.lives.rules import act_named, works_on
from marketplace.postings.lives.services import (
    delete_posting,
    require_move,
    require_revisable,
)
from marketplace.postings.lives.views.kinds import Kind
from marketplace.region.occupations.queries import occupations_by_key
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.problems import BadEntries, Mistake

ONE = "/<any(internships,offers,sponsorships,events):name>"
# A form that came as JSON brings a token of its own, so it needs none in a field.
NO_COOKIE = {"csrf": False}


def init_app(app: Flask, *, written: Mapping[str, Kind[Any]]) -> None:
    """Tells what may be written, by the name in its address."""
    app.extensions["written"] = written


@blueprint.post(ONE)
@open_to(EVERYONE)
def create(name: str) -> ResponseReturnValue:
    token = token_for(Scope.WRITE)
    kind, organisation = _kind(name), found(token.organisation)

    def act() -> Response:
        form = _filled_in(kind, organisation, None)
        posting = kind.write(organisation, form.entry, actor=token.user, at=now())
        return _answer(name, posting, 201)

    return once(token, act)


@blueprint.patch(f"{ONE}/<key>")
@open_to(EVERYONE)
def revise(name: str, key: str) -> ResponseReturnValue:
    token = token_for(Scope.WRITE)
    kind = _kind(name)

    def act() -> Response:
        posting = own_posting(kind, key, token)
        require_revisable(posting, actor=token.user)
        form = _filled_in(kind, posting.organisation, posting)
        kind.revise(posting, form.entry, actor=token.user, at=now())
        return _answer(name, posting)

    return once(token, act)


@blueprint.delete(f"{ONE}/<key>")
@open_to(EVERYONE)
def withdraw(name: str, key: str) -> ResponseReturnValue:
    token = token_for(Scope.WRITE)
    kind = _kind(name)

    def act() -> Response:
        posting = own_posting(kind, key, token)
        if posting.state is PostingState.DRAFT:
            delete_posting(posting, actor=token.user, at=now())
        else:
            kind.move(posting, Act.END, actor=token.user, at=now())
        return Response(status=204)

    return once(token, act)


@blueprint.post(f"{ONE}/<key>/<act>")
@open_to(EVERYONE)
def move(name: str, key: str, act: str) -> ResponseReturnValue:
    token, step = token_for(Scope.WRITE), found(act_named(act))
    kind = _kind(name)

    permit(step in STEPS)

    # What was done once is no longer there to be done: whoever asks again is answered.
    def take() -> Response:
        posting = own_posting(kind, key, token)
        require_move(posting, step, actor=token.user)
        kind.move(posting, step, actor=token.user, at=now())
        return _answer(name, posting)

    return once(token, take)


# What a program may press; copying and deleting have addresses of their own.
STEPS = (Act.SUBMIT, Act.PAUSE, Act.RESUME, Act.END)


def own_posting(kind: Kind[Any], key: str, token: AccessToken) -> Any:
    """A posting of the organisation of a token; every other is not there."""
    posting: Posting = found(posting_by_key(kind.model, key.partition("-")[0]))
    is_own = posting.organisation_id == token.organisation_id
    permit(is_own and works_on(token.user, posting))
    return posting


def blank_form(kind: Kind[Any]) -> PostingForm:
    """The form of a new thing, of whatever organisation."""
    return kind.form(Organisation(), None, formdata=None, meta=NO_COOKIE)


def _kind(name: str) -> Kind[Any]:
    written: Mapping[str, Kind[Any]] = current_app.extensions["written"]
    return written[name]


def _answer(name: str, posting: Posting, status: int = 200) -> Response:
    address = url_for(f"api.show_{name}", key=posting.public_id, _external=True)
    record = record_of(BY_NAME[name].columns, posting)
    headers = {"Location": address} if status == 201 else {}
    return answer(record, status, headers=headers)


def _filled_in(
    kind: Kind[Any], organisation: Organisation, posting: Posting | None
) -> PostingForm:
    """The form with what is stored, changed by what was sent; refuses mistakes."""
    sent = _body()
    schema = schema_of_form(blank_form(kind), is_whole=posting is None)
    if mistakes := list(mistakes_in(sent, schema)):
        raise BadEntries(mistakes, status=422)
    form_of = partial(kind.form, organisation, posting, meta=NO_COOKIE)
    if posting and sent.get("version", posting.version) != posting.version:
        raise Refusal(_("Jemand war schneller. Sehen Sie sich den neuen Stand an."))
    entries = entries_in(form_of(formdata=None)) | _with_numbers(sent, organisation)
    form: PostingForm = form_of(formdata=sent_as_form(entries))
    if not form.accepted():
        wrong = [Mistake(_place(f.name), str(words)) for f, words in form.mistakes]
        raise BadEntries(wrong or [Mistake("", _("Das geht so nicht."))], status=422)
    return form


def _body() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError) as mistake:
        raise BadRequest from mistake
    if not isinstance(body, dict):
        raise BadEntries([Mistake("", "This must be: object.")], status=422)
    return body


def _with_numbers(
    sent: Mapping[str, Any], organisation: Organisation
) -> dict[str, Any]:
    """Things that programs name by public ids, by their numbers instead."""
    entries = dict(sent)
    if "site" in entries:
        numbers = {site.public_id: site.id for site in organisation.sites}
        entries["site_id"] = _number(numbers, entries.pop("site"), "site")
    if "occupations" in entries:
        keys = [key for key in entries["occupations"] if key]
        known = {job.public_id: job.id for job in occupations_by_key(keys)}
        entries["occupations"] = [_number(known, key, "occupations") for key in keys]
    return entries


def _number(known: Mapping[str, int], key: str | None, name: str) -> int | None:
    if key and key not in known:
        raise BadEntries([Mistake(name, "There is no such id.")], status=422)
    return known[key] if key else None


def _place(name: str) -> str:
    """Where an entry stands, as programs say it: `periods[0].starts_on`."""
    first, *rest = name.split("-")
    path = BY_ID.get(first, first)
    for part in rest:
        path += f"[{part}]" if part.isdigit() else f".{part}"
    return path
