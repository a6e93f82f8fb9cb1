from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.foundation.spreadsheets import MAX_BYTES
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.imports.enums import ImportKind, UploadState
from marketplace.stewardship.imports.forms import MappingForm, UploadForm
from marketplace.stewardship.imports.models import ImportRun, Upload
from marketplace.stewardship.imports.queries import (
    latest_runs,
    rejected_upload_rows,
    unfinished_uploads,
    upload_by_key,
    uploads_of_runs,
)
from marketplace.stewardship.imports.services.exports import (
    TEMPLATES,
    rejected_csv,
    rejected_xlsx,
    template_of,
)
from marketplace.stewardship.imports.services.uploads import (
    choose,
    discard_upload,
    receive_upload,
    start_upload,
)
from marketplace.stewardship.imports.tables import OUTCOMES, TONES
from marketplace.web.access import actor, open_to
from marketplace.web.files import download, takes_files
from marketplace.web.pages import page_of

blueprint = Blueprint("uploads", __name__, url_prefix="/koordination/einlesen")

# What a form may bring beside the file it takes; one that is too large is refused in
# words at its field as far as that.
BESIDE = 8 * 1024 * 1024
SHOWN_REJECTED = 20
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEWEST_FIRST = (ImportRun.started_at, ImportRun.id)


@blueprint.route("", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
@takes_files(MAX_BYTES + BESIDE)
def index() -> ResponseReturnValue:
    form = UploadForm()
    if not form.accepted():
        return _index_page(form), form.status

    received = list[Upload]()
    if form.refused(
        lambda: received.append(
            receive_upload(**form.given, actor=actor(), at=now()),
        ),
        field=form.file,
    ):
        return _index_page(form), form.status

    return redirect(url_for(".show", key=received[0].public_id))


@blueprint.route("/<public:key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def show(key: str) -> ResponseReturnValue:
    upload = found(upload_by_key(key))

    form = MappingForm(upload=upload)
    if not form.accepted():
        return _upload_page(upload, form), form.status

    is_same_kind = form.kind.data is upload.kind
    choose(upload, form.choice, at=now())
    is_taken = form.take.data and is_same_kind
    if is_taken and form.refused(lambda: start_upload(upload, actor=actor(), at=now())):
        return _upload_page(upload, form), form.status

    return redirect(url_for(".show", key=key))


@blueprint.post("/<public:key>/verwerfen")
@open_to(Role.COORDINATOR)
def discard(key: str) -> ResponseReturnValue:
    upload = found(upload_by_key(key))

    discard_upload(upload, actor=actor(), at=now())

    flash(_("Die Datei ist verworfen. Es wurde nichts übernommen."))
    return redirect(url_for(".index"))


@blueprint.get("/<public:key>/abgelehnt.<any(csv, xlsx):form>")
@open_to(Role.COORDINATOR)
def rejected(key: str, form: str) -> ResponseReturnValue:
    upload = found(upload_by_key(key))

    is_csv = form == "csv"
    content = rejected_csv(upload) if is_csv else rejected_xlsx(upload)

    kind = CSV if is_csv else XLSX
    return download(content, name=f"abgelehnt-{key}.{form}", content_type=kind)


@blueprint.get("/vorlagen/<kind>.xlsx")
@open_to(Role.COORDINATOR)
def template(kind: str) -> ResponseReturnValue:
    wanted = found(next((one for one in TEMPLATES if one == kind), None))

    content = template_of(wanted)

    return download(content, name=f"vorlage-{wanted}.xlsx", content_type=XLSX)


def _index_page(form: UploadForm) -> str:
    after = request.args.get("nach")
    page = page_of(latest_runs(), by=NEWEST_FIRST, after=after)
    return render_template(
        "stewardship/imports/index.html",
        form=form,
        page=page,
        outcomes=OUTCOMES,
        uploads=uploads_of_runs([run.id for run in page.rows]),
        unfinished=db.session.scalars(unfinished_uploads().limit(10)).all(),
        templates=[ImportKind(kind) for kind in TEMPLATES],  # type: ignore[call-arg]
    )


def _upload_page(upload: Upload, form: MappingForm) -> str:
    rejected = rejected_upload_rows(upload).limit(SHOWN_REJECTED)
    is_done = upload.state is UploadState.DONE
    return render_template(
        "stewardship/imports/show.html",
        upload=upload,
        form=form,
        tones=TONES,
        outcomes=OUTCOMES,
        rejected=db.session.scalars(rejected).all() if is_done else [],
    )
