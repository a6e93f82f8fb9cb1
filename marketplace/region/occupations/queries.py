from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.foundation.database import db
from marketplace.foundation.text import fold_name
from marketplace.region.occupations.enums import WayIn
from marketplace.region.occupations.models import Occupation, OccupationGroup
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.queries.matching import matching_ids

KIND = "occupation"
# By the title a reader sees, whose language is the key.
BY_TITLE: Mapping[str, Sequence[InstrumentedAttribute[Any]]] = {
    "de": (Occupation.sort_title, Occupation.id),
    "en": (Occupation.sort_title_en, Occupation.id),
}


def all_occupations() -> Select[Occupation]:
    """The occupations in everyday words, by their German title."""
    return select(Occupation).order_by(*BY_TITLE["de"])


def occupation_by_key(key: str) -> Occupation | None:
    """The occupation of this public id."""
    return db.session.scalar(select(Occupation).where(Occupation.public_id == key))


def narrowed_occupations(
    *, words: str = "", way: WayIn | None = None, topics: Collection[Topic] = ()
) -> Select[Occupation]:
    """The occupations that fit; of several topics one is enough."""
    query = select(Occupation)
    if words:
        query = query.where(Occupation.id.in_(matching_ids(KIND, words)))
    if way:
        query = query.where(Occupation.way_in == way)
    if topics:
        query = query.where(Occupation.topics.overlaps(topics))
    return query


def occupations_around(occupation: Occupation, limit: int = 6) -> Sequence[Occupation]:
    """Others of the same topics: those that share most first, then those alike by code.

    A topic has some twenty at most: all of them are read.
    """
    query = narrowed_occupations(topics=occupation.topics).order_by(*BY_TITLE["de"])
    others = db.session.scalars(query.where(Occupation.id != occupation.id)).all()
    alike = sorted(others, key=lambda o: _likeness(o, occupation), reverse=True)
    return alike[:limit]


def occupations_by_id(ids: Iterable[int]) -> Sequence[Occupation]:
    """The occupations of these numbers, by title."""
    return db.session.scalars(
        all_occupations().where(Occupation.id.in_(list(ids)))
    ).all()


def occupations_by_key(keys: Iterable[str]) -> Sequence[Occupation]:
    """The occupations of these public ids, by title."""
    return db.session.scalars(
        all_occupations().where(Occupation.public_id.in_(list(keys)))
    ).all()


def occupations_titled(titles: Collection[str]) -> Sequence[Occupation]:
    """The occupations of exactly these titles, in the order of the titles."""
    asked = all_occupations().where(Occupation.title.in_(titles))
    by_title = {found.title: found for found in db.session.scalars(asked)}
    return [by_title[title] for title in titles if title in by_title]


def suggested_occupations(beginning: str, limit: int = 8) -> Sequence[Occupation]:
    """Occupations of which a form or an everyday word begins so, those named so first.

    There are some 150: reading them all is quicker than asking for each of their words.
    """
    start = fold_name(beginning)
    if not start:
        return []
    occupations = db.session.scalars(all_occupations()).all()
    hits = [found for found in occupations if _begins(found, start)]
    named = [found for found in hits if fold_name(found.title).startswith(start)]
    return [*named, *(found for found in hits if found not in named)][:limit]


def group_by_code(code: str) -> OccupationGroup | None:
    """The line of the classification with this code."""
    return db.session.scalar(
        select(OccupationGroup).where(OccupationGroup.code == code)
    )


def _likeness(one: Occupation, other: Occupation) -> tuple[float, int]:
    """What part of their topics two share, then how far their codes agree."""
    shared, all_topics = one.topics & other.topics, one.topics | other.topics
    digits = zip(one.code, other.code, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], digits))
    return len(shared) / len(all_topics), same


def _begins(occupation: Occupation, start: str) -> bool:
    names = (*occupation.title.split(", "), *occupation.words.split(", "))
    return any(fold_name(name).startswith(start) for name in names)
