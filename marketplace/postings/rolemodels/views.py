from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.pictures import MOST_BYTES
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.queries import posting_by_key
from marketplace.postings.lives.rules import can_revise, can_see, works_on
from marketplace.postings.lives.views.kinds import Kind
from marketplace.postings.lives.views.routes import serve
from marketplace.postings.rolemodels.enums import Telling
from marketplace.postings.rolemodels.forms import FilmForm, PortraitForm, RoleModelForm
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.rolemodels.queries import (
    narrowed_rolemodels,
    rolemodel_with,
    rolemodels_of,
)
from marketplace.postings.rolemodels.rules import (
    MOST_FILM_BYTES,
    MOST_SUBTITLE_BYTES,
    film_host,
    has_film,
)
from marketplace.postings.rolemodels.services.showing import (
    remove_film,
    show_film,
    show_portrait,
    withdraw_consent,
)
from marketplace.postings.rolemodels.services.writing import (
    copy_rolemodel,
    move_rolemodel,
    revise_rolemodel,
    write_rolemodel,
)
from marketplace.region.occupations.queries import all_occupations
from marketplace.region.occupations.rules import story_of
from marketplace.upkeep.files.queries import file_by_public_id, opened
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.files import in_portions, takes_files
from marketplace.web.forms import Form

blueprint = Blueprint("rolemodels", __name__, url_prefix="/vorbilder")

BOTH = ("GET", "POST")
WORDS_BESIDE = 1024 * 1024
# Gone at once when consent is withdrawn: nobody may keep a copy.
NEVER_KEPT = "private, no-store"


def _form(
    organisation: Organisation, rolemodel: RoleModel | None, **rest: Any
) -> RoleModelForm:
    occupations = db.session.scalars(all_occupations())
    return RoleModelForm(
        sites=organisation.sites,
        occupations=occupations,
        rolemodel=rolemodel,
        **rest,
    )


def _details(rolemodel: RoleModel) -> Mapping[str, Any]:
    return {
        "film_host": film_host(rolemodel),
        "has_film": has_film(rolemodel),
        "can_revise": can_revise(actor(), rolemodel),
        "story_of": story_of,
    }


KIND = Kind(
    model=RoleModel,
    folder="rolemodels",
    choices=Telling,
    narrow=narrowed_rolemodels,
    own=rolemodels_of,
    form=_form,
    write=write_rolemodel,
    revise=revise_rolemodel,
    move=move_rolemodel,
    copy=copy_rolemodel,
    details=_details,
    words=lambda: {"has_film": has_film},
)
serve(blueprint, KIND)


@blueprint.route("/<public:key>/bild", methods=BOTH)
@open_to(Role.MEMBER)
@takes_files(MOST_BYTES + WORDS_BESIDE)
def portrait(key: str) -> ResponseReturnValue:
    rolemodel = found(posting_by_key(RoleModel, key))

    permit(works_on(actor(), rolemodel))

    form = PortraitForm()
    is_shown = form.accepted() and not form.refused(
        lambda: show_portrait(
            rolemodel, form.content, form.alt.data or "", actor=actor(), at=now()
        ),
        field=form.picture,
    )
    if not is_shown:
        return KIND.page("portrait", rolemodel, form=form), form.status

    flash(_("Das Bild ist gespeichert."))
    return redirect(url_for(".show", key=rolemodel))


@blueprint.route("/<public:key>/film", methods=BOTH)
@open_to(Role.MEMBER)
@takes_files(MOST_FILM_BYTES + MOST_SUBTITLE_BYTES + WORDS_BESIDE)
def film(key: str) -> ResponseReturnValue:
    rolemodel = found(posting_by_key(RoleModel, key))

    permit(works_on(actor(), rolemodel))

    form = FilmForm()
    is_shown = form.accepted() and not form.refused(
        lambda: show_film(
            rolemodel,
            form.video.data.read(),
            form.subtitles.data.read(),
            actor=actor(),
            at=now(),
        ),
        field=form.video,
    )
    if not is_shown:
        return KIND.page("film", rolemodel, form=form), form.status

    flash(_("Der Film ist gespeichert."))
    return redirect(url_for(".show", key=rolemodel))


@blueprint.post("/<public:key>/film/entfernen")
@open_to(Role.MEMBER)
def drop_film(key: str) -> ResponseReturnValue:
    rolemodel = found(posting_by_key(RoleModel, key))

    permit(works_on(actor(), rolemodel))

    remove_film(rolemodel, actor=actor(), at=now())

    flash(_("Entfernt."))
    return redirect(url_for(".show", key=rolemodel))


@blueprint.route("/<public:key>/widerruf", methods=BOTH)
@open_to(Role.MEMBER, Role.COORDINATOR)
def withdraw(key: str) -> ResponseReturnValue:
    rolemodel = found(posting_by_key(RoleModel, key))

    permit(works_on(actor(), rolemodel))

    form = Form()
    if not form.accepted():
        return KIND.page("withdraw", rolemodel, form=form), form.status

    withdraw_consent(rolemodel, actor=actor(), at=now())

    flash(_("Gelöscht. Niemand sieht den Eintrag mehr."))
    return redirect(url_for(".index"))


@blueprint.get("/<public:key>/ansehen")
@open_to(EVERYONE)
def watch(key: str) -> ResponseReturnValue:
    rolemodel = found(posting_by_key(RoleModel, key))

    permit(can_see(actor(), rolemodel, day_of(now())) and rolemodel.film is not None)

    return KIND.page("watch", rolemodel)


@blueprint.get("/dateien/<public:key>")
@open_to(EVERYONE)
def file(key: str) -> ResponseReturnValue:
    stored = found(file_by_public_id(key))
    rolemodel = found(rolemodel_with(stored))

    permit(can_see(actor(), rolemodel, day_of(now())))

    response = in_portions(
        opened(stored),
        stored.byte_count,
        content_type=stored.content_type,
        sign=stored.sha256,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = NEVER_KEPT
    return response
