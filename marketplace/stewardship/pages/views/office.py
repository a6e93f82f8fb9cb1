from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.markup import html_of
from marketplace.foundation.refusals import NotFound, found
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.pages.enums import Duty
from marketplace.stewardship.pages.forms import NewPageForm, TextForm
from marketplace.stewardship.pages.models import Revision, TextPage
from marketplace.stewardship.pages.queries import (
    all_pages,
    page_by_slug,
    revision_of,
    revisions_of,
)
from marketplace.stewardship.pages.rules import is_due, is_duty
from marketplace.stewardship.pages.services import (
    begin_page,
    hide_page,
    publish_page,
    restore_text,
    save_text,
)
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Difference
from marketplace.web.pages import page_of

blueprint = Blueprint("texts", __name__, url_prefix="/koordination/seiten")

OFFICE = (Role.COORDINATOR, Role.ADMIN)


@blueprint.get("")
@open_to(*OFFICE)
def index() -> ResponseReturnValue:
    pages = {page.slug: page for page in all_pages()}

    today = day_of(now())
    return render_template(
        "stewardship/texts/index.html",
        duties=[(duty, pages.get(duty.value)) for duty in Duty],
        free=[page for page in pages.values() if not is_duty(page)],
        due={slug for slug, page in pages.items() if is_due(page, today)},
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(*OFFICE)
def new() -> ResponseReturnValue:
    form = NewPageForm()

    slug = form.slug.data or ""
    is_preview = "preview" in request.form
    if (
        not form.accepted()
        or is_preview
        or form.refused(
            lambda: begin_page(slug, form.entry, actor=actor(), at=now()),
            field=form.slug,
        )
    ):
        return _form_page("new", form), form.status

    flash(_("Gespeichert. Noch sieht die Seite nur das Büro."))
    return redirect(url_for(".history", slug=slug))


@blueprint.route("/<slug>", methods=["GET", "POST"])
@open_to(*OFFICE)
def edit(slug: str) -> ResponseReturnValue:
    page = page_by_slug(slug)
    title = _title_of(slug, page)

    form = TextForm(data=_stored(page) if page else {"title": title})
    if page and form.is_submitted() and form.is_overtaken(page):
        differences = form.differences(TextForm(formdata=None, data=_stored(page)))
        form.take_version_of(page)
        return _form_page("edit", form, title, page, differences), 409
    if not form.accepted() or "preview" in request.form:
        return _form_page("edit", form, title, page), form.status

    if page:
        save_text(page, form.entry, actor=actor(), at=now())
    else:
        begin_page(slug, form.entry, actor=actor(), at=now())

    flash(_("Gespeichert. Die Fassung davor steht unten."))
    return redirect(url_for(".history", slug=slug))


@blueprint.get("/<slug>/fassungen")
@open_to(*OFFICE)
def history(slug: str) -> ResponseReturnValue:
    page = found(page_by_slug(slug))

    after = request.args.get("nach")
    return render_template(
        "stewardship/texts/history.html",
        page=page,
        texts=page_of(revisions_of(page), by=(Revision.number,), after=after),
        is_duty=is_duty(page),
    )


@blueprint.get("/<slug>/fassungen/<id:number>")
@open_to(*OFFICE)
def revision(slug: str, number: int) -> ResponseReturnValue:
    page = found(page_by_slug(slug))
    text = found(revision_of(page, number))

    return render_template(
        "stewardship/texts/revision.html",
        page=page,
        text=text,
        html=html_of(text.body),
    )


@blueprint.post("/<slug>/fassungen/<id:number>/wiederherstellen")
@open_to(*OFFICE)
def restore(slug: str, number: int) -> ResponseReturnValue:
    page = found(page_by_slug(slug))
    text = found(revision_of(page, number))

    restore_text(page, text, actor=actor(), at=now())

    flash(_("Fassung %(number)s gilt wieder.", number=number))
    return redirect(url_for(".history", slug=slug))


@blueprint.post("/<slug>/veroeffentlichen")
@open_to(*OFFICE)
def publish(slug: str) -> ResponseReturnValue:
    page = found(page_by_slug(slug))

    publish_page(page, actor=actor(), at=now())

    flash(_("Die Seite ist öffentlich."))
    return redirect(url_for(".history", slug=slug))


@blueprint.post("/<slug>/verbergen")
@open_to(*OFFICE)
def hide(slug: str) -> ResponseReturnValue:
    page = found(page_by_slug(slug))

    hide_page(page, actor=actor(), at=now())

    flash(_("Die Seite sieht jetzt nur das Büro."))
    return redirect(url_for(".history", slug=slug))


def _title_of(slug: str, page: TextPage | None) -> str:
    """What a page is called; one nobody wrote must be one of duty."""
    if page:
        return page.present.title
    if slug not in set(Duty):
        raise NotFound
    return str(Duty(slug).label)  # type: ignore[call-arg]


def _stored(page: TextPage) -> dict[str, object]:
    text = page.present
    return {
        "title": text.title,
        "body": text.body,
        "review_on": page.review_on,
        "version": text.number,
    }


def _form_page(
    name: str,
    form: TextForm,
    title: str = "",
    page: TextPage | None = None,
    differences: Sequence[Difference] = (),
) -> str:
    is_preview = "preview" in request.form and not form.errors
    return render_template(
        f"stewardship/texts/{name}.html",
        form=form,
        title=title,
        page=page,
        differences=differences,
        preview=html_of(form.entry.body) if is_preview else None,
    )
