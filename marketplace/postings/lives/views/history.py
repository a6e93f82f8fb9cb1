"""Who changed what about a posting, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.postings.lives.enums import LIST_LABELS
from marketplace.postings.lives.forms import PostingForm
from marketplace.postings.lives.models import PostingChange
from marketplace.postings.lives.queries import changes_of, posting_by_key
from marketplace.postings.lives.rules import works_on
from marketplace.postings.lives.views.kinds import Kind, P
from marketplace.web.access import actor
from marketplace.web.forms import Difference
from marketplace.web.pages import page_of


@dataclass(frozen=True)
class Change:
    """One saving: when, by whom, and each field with its two texts."""

    at: datetime
    who: str
    fields: Sequence[Difference]


def history(kind: Kind[P], key: str) -> ResponseReturnValue:
    posting = found(posting_by_key(kind.model, key))

    permit(works_on(actor(), posting))

    form = kind.form(posting.organisation, posting, formdata=None)

    return history_page(posting, form)


def history_page(posting: Any, form: PostingForm) -> str:
    """What was changed about a thing, under the labels of its form."""
    keys = (PostingChange.at, PostingChange.id)
    query = changes_of(posting.kind, posting.id)
    page = page_of(query, by=keys, after=request.args.get("nach"), size=60)
    return render_template(
        "postings/lives/history.html",
        posting=posting,
        changes=_changes(page.rows, form),
        next=page.next,
    )


def _changes(rows: Sequence[PostingChange], form: PostingForm) -> list[Change]:
    """Brings together what was saved at once."""
    return [
        Change(
            at,
            f"{person.first_name} {person.surname}"
            if person
            else _("Früheres Mitglied"),
            [Difference(_label(row.field, form), row.old, row.new) for row in fields],
        )
        for (at, person), fields in groupby(rows, key=lambda row: (row.at, row.actor))
    ]


def _label(field: str, form: PostingForm) -> str:
    """What a field is called in the form; lists have names of their own."""
    return str(LIST_LABELS.get(field) or form[field].label.text)
