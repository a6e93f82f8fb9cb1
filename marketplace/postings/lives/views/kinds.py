"""What the shared pages must know of one kind of posting."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import render_template
from sqlalchemy import Select

from marketplace.foundation.language import NamedEnum
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.forms import ListFilters, PostingForm
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.views.reading import NEWEST_FIRST, Fit, Order, Stages
from marketplace.postings.lives.views.ways import Narrow

P = TypeVar("P", bound=Posting)


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[P]):
    """One kind of posting: its rows, form and services; its templates lie in `folder`.

    In these the posting goes by the name of its kind.
    """

    model: type[P]
    folder: str
    # What `art` chooses from, how filters narrow its list, how own ones are read.
    choices: Iterable[NamedEnum]
    narrow: Narrow
    own: Callable[[Organisation], Select[Any]]
    # Takes the organisation and the posting, or None for a new one.
    form: Callable[..., PostingForm]
    write: Callable[..., P]
    revise: Callable[..., None]
    move: Callable[..., None]
    copy: Callable[..., P]
    # What its page and its cards show beside what every posting has.
    details: Callable[[P], Mapping[str, Any]]
    words: Callable[[], Mapping[str, Any]]
    # What narrows its list, and the order where nobody asks for another.
    filters: type[ListFilters] = ListFilters
    order: Order = NEWEST_FIRST
    # How its list is ranked by what fits, if it can be.
    fit: Fit | None = None
    # How its list is parted where what begins soonest stands first.
    stages: Stages | None = None

    def page(self, name: str, posting: P | None = None, **context: Any) -> str:
        """One of its pages, about a posting or about none."""
        if posting is not None:
            context |= {posting.kind: posting, "posting": posting}
        return render_template(f"postings/{self.folder}/{name}.html", **context)
