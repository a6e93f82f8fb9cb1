"""How well things fit is told by the bits of their words, on either database."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from marketplace.foundation.database import db, transaction
from marketplace.overview.finding.queries.points import points_of
from marketplace.overview.finding.rules import Asked
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.bits import bits_at, flags_at, flags_in
from marketplace.upkeep.search.rules import marks_of_title
from marketplace.upkeep.search.services import take_from_index

SOLDER = Asked(
    "löten",
    exact=frozenset({"loten"}),
    beginnings=frozenset({"lotenden"}),
    parts=(frozenset({"lot"}), frozenset({"kurs"})),
    topics=frozenset({Topic.ELECTRONICS}),
)
GERA = Asked("gera", exact=frozenset({"gera"}))
# Words of the title, other words, and what they are worth to who asks for soldering.
JUDGED = [
    ({"loten"}, set(), 60 + 30),
    ({"loten", "heute"}, set(), 60 + 15),
    ({"loten", *map(str, range(39))}, set(), 60),
    ({"loten", *map(str, range(90))}, set(), 60),
    ({"lotenden"}, set(), 36),
    ({"lot", "kurs", "abend"}, set(), 36),
    ({"lot"}, {"kurs"}, 14),
    ({"heute"}, {"loten"}, 24),
    ({"heute"}, {"loten", "h_electronics"}, 24),
    (set(), {"lotenden"}, 14),
    (set(), {"lot", "kurs"}, 14),
    ({"heute"}, {"h_electronics"}, 7),
    (set(), {"lot"}, 0),
    (set(), {"gera"}, 0),
]


def put(things):
    """Writes things with words of their title and others; gives their numbers."""
    rows = [
        {
            "kind": "offer",
            "thing_id": 50_000 + number,
            "tokens": " ".join(
                sorted({*marks_of_title(title), *title, *rest, "k_offer", "s_c"})
            ),
        }
        for number, (title, rest) in enumerate(things)
    ]
    with transaction():
        db.session.execute(delete(SearchEntry).where(SearchEntry.thing_id >= 50_000))
        db.session.execute(insert(SearchEntry), rows)
    is_ours = SearchEntry.thing_id >= 50_000
    query = select(SearchEntry.id).where(is_ours).order_by(SearchEntry.thing_id)
    return np.array(db.session.scalars(query).all(), np.int64)


def test_a_thing_fits_by_where_and_how_it_holds_a_word(app):
    ids = put([(title, rest) for title, rest, _points in JUDGED])

    points = points_of([SOLDER], ids).tolist()

    assert points == [points for _title, _rest, points in JUDGED]


def test_every_word_counts(app):
    ids = put(
        [
            (set(), {"loten", "gera"}),
            (set(), {"loten"}),
            ({"loten", "gera"}, set()),
            ({"loten", "in", "gera", "heute"}, set()),
        ]
    )

    assert points_of([SOLDER, GERA], ids).tolist() == [48, 24, 150, 135]
    assert points_of([], ids).tolist() == [0, 0, 0, 0]
    assert points_of([SOLDER], ids[::-1]).tolist() == [67, 75, 24, 24]
    assert points_of([SOLDER], ids[:0]).tolist() == []


def test_a_thing_that_is_gone_has_no_points(app):
    ids = put([({"loten"}, set()), ({"loten"}, set())])
    asked = np.append(ids, ids[1] + 900_000)
    before = points_of([SOLDER], asked).tolist()

    with transaction():
        take_from_index("offer", 50_001)

    assert before == [90, 90, 0]
    assert points_of([SOLDER], asked).tolist() == [90, 0, 0]


numbers = st.lists(st.integers(0, 500), unique=True)


@settings(max_examples=200)
@given(numbers, numbers)
def test_flags_are_those_of_a_plain_look(some, others):
    asked, held = np.array(some, np.int64), np.array(sorted(others), np.int64)
    plain = [number in others for number in some]

    assert flags_in(asked, held).tolist() == plain
    assert flags_at(asked, bits_at(others)).tolist() == plain
