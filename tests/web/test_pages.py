import pytest
from sqlalchemy import select

from marketplace.foundation.refusals import NotFound
from marketplace.postings.offers.models import Offer
from marketplace.web.pages import COUNTED, count_of, page_among, page_of
from tests.factories.postings import make_offers

KEYS = (Offer.published_at, Offer.id)


def titles(page):
    return [offer.title for offer in page.rows]


def test_pages_follow_one_another_without_gap_or_double(app):
    make_offers(7)

    seen, after = [], None
    while True:
        page = page_of(select(Offer), by=KEYS, after=after, size=3)
        seen += titles(page)
        after = page.next
        if after is None:
            break

    assert seen == [f"Angebot {k}" for k in range(7)]


def test_pages_of_a_whole_list_go_on_behind_what_was_seen(app):
    def pages(rows, after):
        return page_among(rows, by=lambda n: (n,), order="n", after=after, size=2)

    first = pages([1, 3, 5], None)
    second = pages([1, 2, 4, 5, 6], first.next)
    last = pages([5, 6], second.next)

    assert (first.rows, second.rows, last.rows) == ([1, 3], [4, 5], [6])
    assert last.next is None
    with pytest.raises(NotFound):
        page_among([1], by=lambda n: (n,), order="m", after=first.next, size=2)


def test_foreign_cursor_is_not_found(app):
    for cursor in ("unsinn", "WzFd.abc"):
        with pytest.raises(NotFound):
            page_of(select(Offer), by=KEYS, after=cursor)


def test_cursor_of_another_order_is_not_found(app):
    make_offers(3)
    page = page_of(select(Offer), by=KEYS, after=None, size=1)

    with pytest.raises(NotFound):
        page_of(select(Offer), by=(Offer.id,), after=page.next)


def test_hits_are_counted_up_to_a_bound(app):
    make_offers(3)

    assert count_of(select(Offer)) == 3
    assert COUNTED == 1000
