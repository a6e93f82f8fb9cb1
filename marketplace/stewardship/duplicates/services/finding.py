"""Pairs are found: each posting is compared with what has a word in common with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import combinations
from typing import Any

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, reading
from marketplace.foundation.text import bare_name, fold_name
from marketplace.stewardship.duplicates.enums import Sign
from marketplace.stewardship.duplicates.models import Pair
from marketplace.stewardship.duplicates.queries import (
    KINDS,
    Known,
    known_of,
    titles_of,
    told_pairs,
    waiting_pairs,
)
from marketplace.stewardship.duplicates.rules import ALIVE

# So many alike are one series or a template; a person would not sort them out.
MOST_ALIKE = 12
# So many pairs are held in one night.
MOST_PAIRS = 500


def find_pairs(*, at: datetime) -> int:
    """Holds what is probably one, unless somebody was asked before; says how many."""
    with reading():
        found = [
            (kind, pair) for kind, model in KINDS.items() for pair in pairs_among(model)
        ]
    _forget_past_pairs()
    told = told_pairs()
    count = 0
    for kind, (one, other, sign) in found:
        if (one.key, other.key) in told or count == MOST_PAIRS:
            continue
        is_of_one = one.organisation_id == other.organisation_id
        db.session.add(
            Pair(
                kind=kind,
                first_key=one.key,
                second_key=other.key,
                organisation_id=one.organisation_id if is_of_one else None,
                sign=sign,
                found_at=at,
            )
        )
        told.add((one.key, other.key))
        count += 1
    return count


def _forget_past_pairs() -> None:
    """Drops what waits though one of both is over or gone: there is nothing to say."""
    pairs = db.session.scalars(waiting_pairs()).all()
    postings = titles_of(pairs)
    for pair in pairs:
        both = [postings.get(key) for key in (pair.first_key, pair.second_key)]
        if not all(posting and posting.state in ALIVE for posting in both):
            db.session.delete(pair)
    db.session.flush()


def pairs_among(model: type[Any]) -> Iterator[tuple[Known, Known, Sign]]:
    """Two that are probably one, the older first, with the sign of it."""
    by_link: dict[tuple[str, str], list[Known]] = defaultdict(list)
    by_title: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
    for one in known_of(model):
        owner = bare_name(one.organisation)
        if one.link:
            by_link[owner, one.link.rstrip("/").casefold()].append(one)
        by_title[owner, fold_name(one.title), one.place or ""].append(one)
    for sign, groups in (
        (Sign.WORDS, by_title.values()),
        (Sign.ADDRESS, by_link.values()),
    ):
        for pair in _near(groups, sign):
            yield (*pair, sign)


def _near(groups: Iterable[list[Known]], sign: Sign) -> Iterator[tuple[Known, Known]]:
    """Of each group those that are at the same time; a series has many days.

    Of one address both titles must have a word in common: some link to their first
    page from everywhere.
    """
    for group in groups:
        if len(group) > MOST_ALIKE:
            continue
        for one, other in combinations(group, 2):
            is_alike = sign is Sign.WORDS or _words(one) & _words(other)
            if is_alike and _may_be_one(one, other):
                yield one, other


def _may_be_one(one: Known, other: Known) -> bool:
    """Names that are alike, as of a GmbH and a KG, are not one organisation."""
    is_of_one = one.organisation_id == other.organisation_id
    is_same = is_of_one or one.is_hint or other.is_hint
    return is_same and _overlap(_days(one), _days(other))


def _words(one: Known) -> set[str]:
    return {word for word in fold_name(one.title).split() if len(word) > 3}


def _days(one: Known) -> tuple[date, date] | None:
    told = [
        day_of(day) if isinstance(day, datetime) else day
        for day in (one.first, one.last)
        if day
    ]
    return (told[0], told[-1]) if told else None


def _overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    if one is None or other is None:
        return True
    return one[0] <= other[1] and other[0] <= one[1]
