"""What stands on one page of a list, and where it goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Bundle

from marketplace.foundation.database import db
from marketplace.postings.lives.forms import NEAREST, NEWEST, ListFilters
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import (
    Narrowing,
    as_cards,
    nearest_first,
    newest_first,
    younger_hints,
    youngest_hint_first,
)
from marketplace.postings.lives.rules import fresh_since, is_public
from marketplace.postings.lives.views.ways import link_to
from marketplace.web.pages import Page, Stage, page_of, page_of_ranked, page_of_stages

P = TypeVar("P", bound=Posting)
# So many are ranked by what fits, whatever there is; the rest follows in plain order.
RANKED = 200


@dataclass(frozen=True)
class Fit:
    """How a list is ranked for what narrows it on a day.

    `columns` are what is read of each, `place` the whole numbers it is sorted by.
    """

    columns: Callable[[Narrowing, date], Bundle[Any]]
    place: Callable[[Any, Narrowing, date], tuple[int, ...]]


# How a list is parted where what begins soonest stands first, for what narrows it.
Stages: TypeAlias = Callable[[Select[Any], Narrowing, date], Sequence[Stage]]


@dataclass(frozen=True)
class Order:
    """The order of a list: its keys, the id last, and which way they go."""

    keys: Callable[[Any], tuple[Any, ...]]
    is_ascending: bool = False


NEWEST_FIRST = Order(newest_first)


@dataclass(frozen=True)
class Reading(Generic[P]):
    """One request for a list of this kind: what narrows it, and the day it is asked."""

    model: type[P]
    filters: ListFilters
    by: Narrowing
    today: date
    # Reads the postings of a page by their numbers, whatever narrows the list.
    plain: Select[P]

    @property
    def is_behind(self) -> bool:
        """Says whether confirmed hits stand on pages before this one."""
        return bool(self.filters.hints_cursor or self._after)

    def confirmed(
        self, found: Select[P], usual: Order, fit: Fit | None, stages: Stages | None
    ) -> tuple[Sequence[P], str | None]:
        """The confirmed ones of this page and the address of the next one.

        None on the further pages of hints.
        """
        if self.filters.hints_cursor:
            return [], None
        if stages and self.filters.is_soonest_first:
            some = stages(found, self.by, self.today)
            soonest = page_of_stages(some, after=self._after)
            return self._cards(soonest.rows), self._on(soonest.next)
        order = self._order or usual
        if fit and self.filters.is_fitting_first:
            return self._fitting(found, order, fit)
        page = page_of(
            as_cards(found, self.model),
            by=order.keys(self.model),
            after=self._after,
            ascending=order.is_ascending,
        )
        return page.rows, self._on(page.next)

    def hints(self, found: Select[P], *, is_rich: bool) -> Page[P]:
        """The hints behind the cursor; beside much, old ones only if asked for."""
        if is_rich and not self.filters.hinweise.data:
            found = younger_hints(found, self.model, fresh_since(self.today))
        return page_of(
            as_cards(found, self.model),
            by=youngest_hint_first(self.model),
            after=self.filters.hints_cursor,
        )

    @property
    def _after(self) -> str | None:
        return self.filters.values.get("nach")

    @property
    def _order(self) -> Order | None:
        """The order that was asked for, if it can be given; None for the usual one."""
        is_near = self.filters.is_nearest_first or self.filters.is_fitting_first
        if is_near and self.by.centre:
            return Order(partial(nearest_first, centre=self.by.centre))
        return None

    def _fitting(
        self, found: Select[P], order: Order, fit: Fit
    ) -> tuple[Sequence[P], str | None]:
        """The best of the first 200, and behind them all others in plain order."""
        model, asked = self.model, (self.by, self.today)
        some = found.with_only_columns(fit.columns(*asked), maintain_column_froms=True)
        first = page_of(some, by=order.keys(model), after=None, size=RANKED)
        places = {one.id: fit.place(one, *asked) for one in first.rows}
        ranked = page_of_ranked(places, after=self._after)
        shown = self._cards(ranked.rows)
        if ranked.next:
            return shown, self._on(ranked.next)
        plain = NEAREST if self.by.centre else NEWEST
        return shown, self._on(first.next, sortierung=plain)

    def _cards(self, ids: Sequence[int]) -> Sequence[P]:
        """The postings of these numbers, in the same order.

        Nothing else is asked of them: SQLite would look for them among all in the list.
        What was withdrawn in between is left out.
        """
        if not ids:
            return []
        cards = as_cards(self.plain, self.model).where(self.model.id.in_(ids))
        rows = {row.id: row for row in db.session.scalars(cards)}
        read = [rows[number] for number in ids if number in rows]
        return [posting for posting in read if is_public(posting, self.today)]

    def _on(self, cursor: str | None, **changes: str) -> str | None:
        return link_to(self.filters, nach=cursor, **changes) if cursor else None
