from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_of
from marketplace.people.organisations.rules import is_member
from marketplace.stewardship.imports.tables import OUTCOMES, TONES
from marketplace.stewardship.takeovers.enums import TakeoverKind, TakeoverState
from marketplace.stewardship.takeovers.forms import (
    FileForm,
    RestForm,
    TakeForm,
    take_form_for,
)
from marketplace.stewardship.takeovers.models import LaidFile, Takeover
from marketplace.stewardship.takeovers.queries import (
    kind_named,
    laid_files,
    takeover_by_key,
    takeovers_of,
)
from marketplace.stewardship.takeovers.rules import can_see, rows_of
from marketplace.stewardship.takeovers.services.folders import counts_of
from marketplace.stewardship.takeovers.services.giving import (
    discard_file,
    give_file,
    rest_vanished,
    take_file,
)
from marketplace.stewardship.takeovers.services.reading import MAX_BYTES
from marketplace.web.access import actor, open_to
from marketplace.web.files import takes_files
from marketplace.web.pages import page_of

blueprint = Blueprint("takeovers", __name__, url_prefix="/dateien")

# What a form may bring beside the file it takes; one that is too large is refused in
# words at its field as far as that.
BESIDE = 8 * 1024 * 1024
NEWEST_FIRST = (Takeover.given_at, Takeover.id)
NEWEST_SEEN = (LaidFile.seen_at, LaidFile.id)


@blueprint.route("", methods=["GET", "POST"])
@open_to(Role.MEMBER)
@takes_files(MAX_BYTES + BESIDE)
def index() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    form = FileForm()
    if request.method == "GET":
        form.kind.data = kind_named(request.args.get("art", "")) or TakeoverKind.EVENTS
    if not form.accepted():
        return _index_page(organisation, form), form.status

    given = list[Takeover]()
    if form.refused(
        lambda: given.append(
            give_file(organisation, **form.given, actor=actor(), at=now())
        ),
        field=form.file,
    ):
        return _index_page(organisation, form), form.status

    return redirect(url_for(".show", key=given[0].public_id))


@blueprint.get("/ordner")
@open_to(Role.MEMBER, Role.COORDINATOR)
def folder() -> ResponseReturnValue:
    is_office = actor().role is Role.COORDINATOR
    organisation = None if is_office else found(organisation_of(actor()))

    after = request.args.get("nach")
    page = page_of(laid_files(organisation), by=NEWEST_SEEN, after=after)

    return render_template(
        "stewardship/takeovers/folder.html",
        page=page,
        organisation=organisation,
        counts={laid.id: counts_of(laid) for laid in page.rows},
        outcomes=OUTCOMES,
        is_watched=bool(current_app.config["WATCH_DIR"]),
    )


@blueprint.route("/<public:key>", methods=["GET", "POST"])
@open_to(Role.MEMBER, Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    takeover = found(takeover_by_key(key))

    permit(can_see(actor(), takeover))

    form = take_form_for(takeover)
    if not form.accepted():
        return _page(takeover, form), form.status

    fates = {line: form[f"fate_{line}"].data for line in form.lines}
    is_submitted = bool(form.submit.data)
    take_file(takeover, is_submitted=is_submitted, fates=fates, actor=actor(), at=now())

    if takeover.state is TakeoverState.DONE:
        flash(_("Übernommen. Was daraus wurde, steht unten."))
    return redirect(url_for(".show", key=key))


@blueprint.post("/<public:key>/verwerfen")
@open_to(Role.MEMBER)
def discard(key: str) -> ResponseReturnValue:
    takeover = found(takeover_by_key(key))

    permit(can_see(actor(), takeover))

    discard_file(takeover, actor=actor(), at=now())

    flash(_("Die Datei ist verworfen. Es wurde nichts übernommen."))
    return redirect(url_for(".index"))


@blueprint.post("/<public:key>/ruhen")
@open_to(Role.MEMBER)
def rest(key: str) -> ResponseReturnValue:
    takeover = found(takeover_by_key(key))

    permit(can_see(actor(), takeover))

    keys = RestForm().keys.data or []
    count = rest_vanished(takeover, keys, actor=actor(), at=now())

    flash(ngettext("Ein Eintrag ruht jetzt.", "%(num)s Einträge ruhen jetzt.", count))
    return redirect(url_for(".show", key=key))


def _index_page(organisation: Organisation, form: FileForm) -> str:
    query = takeovers_of(organisation, actor()).order_by(None)
    page = page_of(query, by=NEWEST_FIRST, after=request.args.get("nach"))
    return render_template(
        "stewardship/takeovers/index.html",
        organisation=organisation,
        form=form,
        page=page,
        is_watched=bool(current_app.config["WATCH_DIR"]),
    )


def _page(takeover: Takeover, form: TakeForm) -> str:
    counts = {
        outcome: sum(item["outcome"] == outcome for item in takeover.items)
        for outcome in OUTCOMES
    }
    return render_template(
        "stewardship/takeovers/show.html",
        takeover=takeover,
        is_own=is_member(actor(), takeover.organisation),
        form=form,
        rows=rows_of(takeover),
        counts={outcome: count for outcome, count in counts.items() if count},
        outcomes=OUTCOMES,
        tones=TONES,
    )
