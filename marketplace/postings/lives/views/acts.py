"""What is done with one posting: seen, moved, confirmed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.enums import (
    DONE,
    FROZEN_TO_APPLICANTS,
    PUBLIC_AT_ONCE,
    QUESTIONS,
    Act,
    PostingState,
)
from marketplace.postings.lives.forms import FreezeForm, ReturnForm
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import posting_by_key, successor_of
from marketplace.postings.lives.rules import (
    act_named,
    acts_for,
    can_confirm,
    can_revise,
    can_see,
    is_public,
    sign_for,
    works_on,
)
from marketplace.postings.lives.services import (
    confirm_by_link,
    confirm_posting,
    delete_posting,
    followed,
    require_move,
)
from marketplace.postings.lives.views.kinds import Kind, P
from marketplace.postings.lives.views.listing import locator_of
from marketplace.web.access import actor
from marketplace.web.forms import Form
from marketplace.web.heads import present_link

# The form of an act that comes with words; the others have but their button.
FORMS: Mapping[Act, type[Form]] = {
    Act.RETURN: ReturnForm,
    Act.FREEZE: FreezeForm,
}


@dataclass(frozen=True)
class Step:
    """One button of a posting's page; what is asked about first leads to a page."""

    label: str | LazyString
    link: str
    look: str = "second"
    is_asked: bool = False


@dataclass(frozen=True)
class Life:
    """What a person can do with a posting now, in the order of the buttons."""

    steps: Sequence[Step]
    edit_link: str | None
    return_link: str | None
    # Only where it is shown: its token would give every reader a cookie.
    form: ReturnForm | None
    # Why the step just pressed was not taken.
    refusal: Refusal | None


def show(kind: Kind[P], key: str) -> ResponseReturnValue:
    posting = found(posting_by_key(kind.model, key))

    successor = successor_of(posting)
    permit(can_see(actor(), successor or posting, day_of(now())))

    if successor:
        return redirect(url_for(".show", key=successor), 301)

    present = present_link(posting)
    if present:
        return redirect(present, 301)

    return _show_page(kind, posting)


def preview(kind: Kind[P], key: str) -> ResponseReturnValue:
    posting = found(posting_by_key(kind.model, key))

    permit(works_on(actor(), posting))

    return kind.page(
        "show",
        posting,
        is_preview=True,
        sign=sign_for(posting),
        map=locator_of(posting),
        **kind.details(posting),
    )


def move(kind: Kind[P], key: str, act: str) -> ResponseReturnValue:
    posting, step = found(posting_by_key(kind.model, key)), found(act_named(act))

    permit(works_on(actor(), posting))
    require_move(posting, step, actor=actor())

    form = FORMS.get(step, Form)()
    if not form.accepted():
        return _question(posting, step, form), form.status

    try:
        way_on = _take(kind, posting, step, form.values.get("words", ""))
    except Refusal as refusal:  # told where one can mend it
        return _show_page(kind, posting, refusal), 409

    is_at_once = step is Act.SUBMIT and posting.state is PostingState.PUBLISHED
    flash(str(PUBLIC_AT_ONCE if is_at_once else DONE[step]))
    return redirect(way_on)


def confirm(kind: Kind[P], key: str) -> ResponseReturnValue:
    posting = found(posting_by_key(kind.model, key))

    permit(works_on(actor(), posting))

    confirm_posting(posting, actor=actor(), at=now())

    flash(_("Danke. Das Datum der Bestätigung ist von heute."))
    return redirect(url_for(".show", key=posting))


def confirm_by_letter(kind: Kind[P], token: str) -> ResponseReturnValue:
    link, posting = followed(kind.model, token)

    form = Form()
    if not form.accepted():
        is_used = link.used_at is not None
        page = render_template(
            "postings/lives/by_letter.html", posting=posting, form=form, is_used=is_used
        )
        return page, form.status

    confirm_by_link(kind.model, token, at=now())

    flash(_("Danke. Das Datum der Bestätigung ist von heute."))
    return redirect(url_for(".show", key=posting))


def _take(kind: Kind[P], posting: P, act: Act, words: str) -> str:
    """Takes a step and says which page comes after it."""
    if act is Act.COPY:
        draft = kind.copy(posting, actor=actor(), at=now())
        return url_for(".edit", key=draft)
    if act is Act.DELETE:
        delete_posting(posting, actor=actor(), at=now())
        return url_for(".mine" if actor().role is Role.MEMBER else ".index")
    kind.move(posting, act, actor=actor(), at=now(), words=words)
    return url_for(".show", key=posting)


def _show_page(kind: Kind[P], posting: P, refusal: Refusal | None = None) -> str:
    return kind.page(
        "show",
        posting,
        life=_life_of(posting, refusal),
        sign=sign_for(posting),
        map=locator_of(posting),
        works_on=works_on(actor(), posting),
        **kind.details(posting),
    )


def _question(posting: Posting, act: Act, form: Form) -> str:
    return render_template(
        "postings/lives/ask.html",
        posting=posting,
        act=act,
        form=form,
        question=_question_before(posting, act),
    )


def _question_before(posting: Posting, act: Act) -> str:
    """What is asked before a step; only internships have people who applied."""
    words = str(QUESTIONS.get(act, ""))
    if act is Act.FREEZE and posting.kind == "internship":
        words = f"{words} {FROZEN_TO_APPLICANTS}"
    return words


def _life_of(posting: Posting, refusal: Refusal | None) -> Life:
    acts = acts_for(actor(), posting)
    edit_link = None
    if can_revise(actor(), posting):
        edit_link = url_for(".edit", key=posting)
    return_link = None
    if Act.RETURN in acts:
        return_link = url_for(".move", key=posting, act=Act.RETURN)
    return Life(
        list(_steps(posting, acts, edit_link)),
        edit_link,
        return_link,
        ReturnForm(formdata=None) if return_link else None,
        refusal,
    )


def _steps(
    posting: Posting, acts: Sequence[Act], edit_link: str | None
) -> Iterator[Step]:
    """First what leads on, then words and date, last what takes away."""
    links = {act: url_for(".move", key=posting, act=act) for act in acts}
    first = [act for act in acts if act not in (*QUESTIONS, Act.PAUSE)]
    for act in first:
        yield Step(act.label, links[act], "" if act is first[0] else "second")
    if edit_link:
        yield Step(_("Bearbeiten"), edit_link, is_asked=True)
    if not is_public(posting, day_of(now())):
        preview_link = url_for(".preview", key=posting)
        yield Step(_("Vorschau"), preview_link, is_asked=True)
    if can_confirm(actor(), posting):
        confirm_link = url_for(".confirm", key=posting)
        yield Step(_("Stimmt noch: heute bestätigen"), confirm_link)
    if Act.PAUSE in acts:
        yield Step(Act.PAUSE.label, links[Act.PAUSE])
    history_link = url_for(".history", key=posting)
    yield Step(_("Verlauf"), history_link, "quiet", is_asked=True)
    for act in acts:
        if act in QUESTIONS and act is not Act.RETURN:
            yield Step(act.label, links[act], "quiet", is_asked=True)
