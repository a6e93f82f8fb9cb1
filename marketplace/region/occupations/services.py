import csv
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.language import in_german
from marketplace.foundation.text import plain
from marketplace.region.occupations.enums import WayIn
from marketplace.region.occupations.models import Occupation, OccupationGroup
from marketplace.region.occupations.queries import (
    KIND,
    all_occupations,
    group_by_code,
)
from marketplace.region.occupations.tables import ENGLISH, STORIES
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.services import Card, marks_of, put_into_index


def seed_occupations(*, at: datetime) -> None:  # noqa: ARG001 - seeds are told the time
    """Puts the occupations in everyday words in; what is there already stays.

    All can be found by their words afterwards, and stand in English in its order.
    """
    known = set(db.session.scalars(select(Occupation.title)))
    table = files("marketplace.region.occupations").joinpath("everyday.csv")
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        if row["title"] not in known:
            db.session.add(_occupation(row))
    db.session.flush()  # the index needs their ids
    for occupation in db.session.scalars(all_occupations()).all():
        occupation.sort_title_en = plain(ENGLISH[occupation.title].name)
        index_occupation(occupation)


def put_occupation_group(*, code: str, level: int, title: str, source: str) -> str:
    """Adds or updates a line of the classification.

    Says "created", "updated" or "unchanged".
    """
    group = group_by_code(code)
    if group is None:
        group = OccupationGroup(code=code, level=level, title=title, source=source)
        db.session.add(group)
        return "created"
    if (group.level, group.title) == (level, title):
        return "unchanged"
    group.level, group.title, group.source = level, title, source
    return "updated"


def mark_as_mint(group: OccupationGroup) -> str:
    """Marks a group that a source calls MINT; says "updated" or "unchanged"."""
    if group.is_mint:
        return "unchanged"
    group.is_mint = True
    return "updated"


def index_occupation(occupation: Occupation) -> None:
    """Makes an occupation findable by its names, its topics and its story."""
    card = Card(
        key=occupation.public_id,
        title=occupation.title,
        body=occupation.sentence,
        standing=Standing.CONFIRMED,
        marks=marks_of(occupation.topics),
    )
    put_into_index(KIND, occupation.id, _words_of(occupation), card)


def _words_of(occupation: Occupation) -> Iterator[str]:
    """The texts by which an occupation is found: its names, its topics, its story.

    Of the English story its name and its sentence.
    """
    yield from ("Beruf", occupation.words, occupation.sentence)
    yield from (in_german(topic.label) for topic in occupation.topics)
    yield STORIES[occupation.title].doing
    yield from (ENGLISH[occupation.title].name, ENGLISH[occupation.title].sentence)


def _occupation(row: dict[str, str]) -> Occupation:
    values: dict[str, Any] = {
        "title": row["title"],
        "sort_title": plain(row["title"]),
        "words": row["words"],
        "code": row["code"],
        "topics": frozenset(Topic(t) for t in row["topics"].split()),  # type: ignore[call-arg]
        "sentence": row["sentence"],
        "way_in": WayIn(row["way"]),  # type: ignore[call-arg]
    }
    return Occupation(**values)
