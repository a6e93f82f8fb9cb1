import re

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.region.occupations.enums import WayIn
from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.queries import (
    all_occupations,
    group_by_code,
    narrowed_occupations,
)
from marketplace.region.occupations.services import (
    mark_as_mint,
    put_occupation_group,
    seed_occupations,
)
from marketplace.region.topics.enums import Topic
from tests.moments import NOON

GROUP = {"code": "011", "level": 3, "title": "Offiziere", "source": "Liste"}


def occupation(title):
    return db.session.scalars(select(Occupation).where(Occupation.title == title)).one()


def test_an_occupation_tells_what_one_does_and_how_one_becomes_it(app):
    smith = occupation("Industriemechanikerin, Industriemechaniker")

    assert (smith.code, smith.words, smith.way_in) == ("2510", "Schlosser", WayIn.DUAL)
    assert smith.topics == {Topic.MECHANICAL_ENGINEERING}
    assert smith.sentence == (
        "Man hält Maschinen in Gang und fertigt fehlende Teile selbst."
    )


def test_every_occupation_is_whole(app):
    lacking = [
        found.title
        for found in db.session.scalars(all_occupations())
        if not (found.topics and found.way_in and found.sentence.endswith("."))
        or not re.fullmatch(r"\d{4}", found.code)
    ]

    assert lacking == []


def test_seeding_again_leaves_what_is_there(app):
    with transaction():
        occupation("Imkerin, Imker").sentence = "Man hält Bienen."

    with transaction():
        seed_occupations(at=NOON)

    assert occupation("Imkerin, Imker").sentence == "Man hält Bienen."
    assert len(db.session.scalars(all_occupations()).all()) == 147


def test_seeding_gives_what_is_there_its_place_in_english(app):
    imker = occupation("Imkerin, Imker")
    with transaction():
        imker.sort_title_en = ""

    with transaction():
        seed_occupations(at=NOON)

    assert imker.sort_title_en == "beekeeper"


def test_a_group_is_created_then_updated_then_left_alone(app):
    with transaction():
        said = [put_occupation_group(**GROUP)]
        said.append(put_occupation_group(**GROUP | {"title": "Offizierinnen"}))
        said.append(put_occupation_group(**GROUP | {"title": "Offizierinnen"}))

    assert said == ["created", "updated", "unchanged"]
    assert group_by_code("011").title == "Offizierinnen"


def test_zeros_of_a_code_count(app):
    with transaction():
        put_occupation_group(**GROUP)

    assert group_by_code("11") is None


@pytest.mark.parametrize("times", [1, 2])
def test_a_group_is_marked_as_mint_once(app, times):
    with transaction():
        put_occupation_group(**GROUP)
        group = group_by_code("011")
        said = [mark_as_mint(group) for _ in range(times)]

    assert said == ["updated", "unchanged"][:times]
    assert group.is_mint


def test_seeding_makes_occupations_findable_by_words_of_their_story(app):
    found = db.session.scalars(narrowed_occupations(words="Salz Regal")).all()

    assert [occupation.title for occupation in found] == ["Bäckerin, Bäcker"]
