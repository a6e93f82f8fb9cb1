from datetime import UTC, datetime
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.models import PupilGap
from marketplace.matching.gaps.services.pupils import (
    PupilCount,
    count_pupils,
    pupil_counts,
    pupil_quarters,
    shown_of,
)
from marketplace.matching.rounds.models import RoundEntry, RoundResult
from marketplace.region.topics.enums import Topic
from tests.factories.people import make_coordinator, make_pupil, make_school
from tests.factories.rounds import make_round
from tests.moments import NOON

QUARTER = "2026-Q4"
OPTICS = frozenset({Topic.OPTICS})


@pytest.fixture
def round_(app):
    """A round that was published at noon."""
    made = make_round()
    with transaction():
        made.published_at = NOON
    return made


def draw(round_, pupil, seat_no=None, run=1):
    """What a run gave a pupil."""
    with transaction():
        entry = db.session.scalar(
            select(RoundEntry).where(
                RoundEntry.pupil_id == pupil.id, RoundEntry.round_id == round_.id
            )
        )
        if entry is None:
            entry = RoundEntry(round=round_, pupil=pupil, joined_at=NOON, class_level=9)
            db.session.add(entry)
            db.session.flush()
        result = {"tier": 0, "lot_rank": 1, "seat_no": seat_no, "run": run}
        row = RoundResult(round_id=round_.id, pupil_code=entry.public_id, **result)
        db.session.add(row)


def draw_many(round_, count, school, interests=OPTICS):
    for _one in range(count):
        number = school.id if school else None
        draw(round_, make_pupil(school_id=number, interests=interests))


def counted(quarter=QUARTER):
    with transaction():
        count_pupils(quarter)
    rows = db.session.scalars(select(PupilGap).where(PupilGap.quarter == quarter))
    return {(r.area, r.topic): (r.pupil_count, r.school_count) for r in rows}


def test_each_pupil_without_a_place_counts_once(round_):
    school, other = make_school(), make_round()
    with transaction():
        other.published_at = NOON
    pupil = make_pupil(school_id=school.id, interests=OPTICS | {Topic.ROBOTICS})
    draw(round_, pupil)
    draw(other, pupil)
    late, lucky = make_pupil(), make_pupil()
    draw(round_, late)
    draw(round_, late, seat_no=3, run=2)
    draw(round_, lucky, seat_no=1)
    draw(round_, make_pupil())

    expected = {
        ("", ""): (2, 1),
        ("16053", ""): (1, 1),
        ("-", ""): (1, 0),
        ("", "-"): (1, 0),
        ("", "optics"): (1, 1),
        ("", "robotics"): (1, 1),
    }
    assert counted() == expected
    assert counted() == expected


@pytest.mark.parametrize(
    ("published_at", "count"),
    [
        (datetime(2026, 9, 30, 21, 59, tzinfo=UTC), 0),
        (datetime(2026, 9, 30, 22, 1, tzinfo=UTC), 1),
        (datetime(2026, 12, 31, 22, 58, tzinfo=UTC), 1),
        (datetime(2026, 12, 31, 23, 1, tzinfo=UTC), 0),
        (None, 0),
    ],
)
def test_round_counts_for_the_quarter_it_was_published_in(round_, published_at, count):
    draw(round_, make_pupil())
    with transaction():
        round_.published_at = published_at

    assert counted().get(("", ""), (0, 0))[0] == count


def test_few_pupils_or_one_school_are_hidden(round_):
    here = [make_school(name) for name in ("Eins", "Zwei")]
    there = [make_school(name, town="Leipzig") for name in ("Drei", "Vier")]
    for school in (*here, *there):
        draw_many(round_, 5, school)
    draw_many(round_, 12, make_school("Fünf", town="Erfurt"), frozenset())
    draw_many(round_, 9, None, frozenset({Topic.ROBOTICS}))
    counted()

    told = pupil_counts(QUARTER)[PupilSource.UNPLACED]

    assert told.total == 41
    assert told.districts == [
        PupilCount("16053", "Jena", 10),
        PupilCount("14713", "Leipzig", 10),
        PupilCount("16051", "Erfurt", None),
        PupilCount("-", "ohne Schule der Liste", None),
    ]
    assert told.topics == [
        # Behind those who want no optics one school may stand alone.
        PupilCount("optics", "Licht und Optik", None),
        PupilCount("robotics", "Robotik", None),
        PupilCount("-", "ohne Thema", None),
    ]


def rows_of(districts, topics=(), schools=2):
    """The numbers of a quarter in which no pupil counts in two districts."""
    cells = [("", "", sum(districts))]
    cells += [(f"{place}", "", count) for place, count in enumerate(districts)]
    cells += [("", f"{place}", count) for place, count in enumerate(topics)]
    fixed = {"quarter": QUARTER, "source": PupilSource.UNPLACED}
    return [
        PupilGap(area=a, topic=t, pupil_count=n, school_count=schools, **fixed)
        for a, t, n in cells
    ]


@pytest.mark.parametrize(
    ("districts", "shown"),
    [
        ((23, 1, 1), {"": 25}),
        ((30, 23, 1, 1), {"": 55, "0": 30}),
        ((30, 12, 11, 1), {"": 54, "0": 30, "1": 12}),
        ((30, 20, 9, 1), {"": 60, "0": 30, "1": 20}),
        # Eleven in three would be nine, one and one, and any other eleven.
        ((30, 20, 7, 2, 1), {"": 60, "0": 30}),
        ((30, 9, 1, 1), {"": 41, "0": 30}),
        ((30, 20), {"": 50, "0": 30, "1": 20}),
        # Ten in ten districts are one in each, whatever is shown beside.
        ((1,) * 10, {}),
        ((9, 8), {"": 17}),
        ((9,), {}),
    ],
)
def test_no_sum_of_hidden_numbers_tells_of_few(districts, shown):
    told = shown_of(rows_of(districts))

    assert {area: count for (area, _topic, _kind), count in told.items()} == shown


def test_topics_are_hidden_with_a_whole_that_is():
    assert shown_of(rows_of((1,) * 20, topics=(10, 10))) == {}
    assert shown_of(rows_of((10, 10), topics=(18, 1, 1))) == {
        ("", "", ""): 20,
        ("0", "", ""): 10,
        ("1", "", ""): 10,
    }


def topics_shown(whole, schools=2, **topics):
    """What is told of topics; `_` is none, and a pair tells of how many schools."""
    rows = rows_of((whole,))
    for name, told in topics.items():
        count, of_schools = told if isinstance(told, tuple) else (told, schools)
        [row] = rows_of((), topics=(count,), schools=of_schools)[1:]
        row.topic = "-" if name == "_" else name
        rows.append(row)
    return {topic: n for (_area, topic, _kind), n in shown_of(rows).items() if topic}


@pytest.mark.parametrize(
    ("whole", "topics", "shown"),
    [
        # Who wants no optics is one, and so is who named nothing.
        (20, {"optics": 19, "robotics": 9, "_": 1}, {}),
        (18, {"optics": 12, "robotics": 9, "_": 2}, {}),
        # One hidden number is never alone.
        (40, {"optics": 24, "robotics": 24, "_": 2}, {"robotics": 24}),
        # One who named something wants no optics.
        (40, {"optics": 24, "robotics": 12, "_": 15}, {"-": 15}),
        # Five named something.
        (20, {"optics": 5, "robotics": 5, "_": 15}, {}),
        (20, {"optics": 20, "robotics": 10}, {"optics": 20, "robotics": 10}),
        # Three want no robotics, though everybody wants optics.
        (20, {"optics": 20, "robotics": 17}, {}),
        (40, {"optics": 25, "robotics": 22, "_": 15}, {"optics": 25}),
        # Exactly one wants both.
        (40, {"optics": 25, "robotics": 16}, {}),
        (40, {"optics": 25, "robotics": 25}, {"optics": 25, "robotics": 25}),
        (60, {"optics": 30, "robotics": 20, "solar": 11}, {"robotics": 20}),
        # All fifteen who named something may be of one school.
        (40, {"optics": (12, 1), "robotics": (15, 1), "_": 25}, {}),
        (60, {"optics": (33, 4), "robotics": (12, 1), "solar": (15, 1)}, {}),
        (
            60,
            {"optics": (33, 4), "robotics": (12, 1), "solar": (15, 2), "water": 9},
            {"optics": 33, "solar": 15},
        ),
    ],
)
def test_topics_that_overlap_tell_on_nobody_outside_of_them(whole, topics, shown):
    assert topics_shown(whole, **topics) == shown


NAMED = some.sets(some.sampled_from(["optics", "robotics", "solar"]))
WANTS = some.one_of(
    some.lists(NAMED, min_size=10, max_size=45),
    # One interest that all share, or nearly all.
    some.lists(NAMED.map(lambda s: s | {"water"}), min_size=10, max_size=45),
    some.lists(NAMED.map(lambda s: s or {"water"}), min_size=10, max_size=45),
)


@settings(max_examples=200, deadline=None)
@given(WANTS)
def test_nobody_outside_of_a_topic_is_counted_below_ten(pupils):
    named = {topic for wants in pupils for topic in wants}
    groups = {topic: {n for n, w in enumerate(pupils) if topic in w} for topic in named}
    groups["_"] = {n for n, wants in enumerate(pupils) if not wants}
    counts = {name: len(group) for name, group in groups.items() if group}

    shown = topics_shown(len(pupils), **counts).keys()

    everybody = set(range(len(pupils)))
    some_named = everybody - groups["_"] if "-" in shown else everybody
    outside = [some_named - groups.get(name, groups["_"]) for name in shown]
    outside += [everybody - groups.get(name, groups["_"]) for name in shown]
    assert all(not who or len(who) >= 10 for who in outside)
    more = sum(map(len, pupils)) - len(everybody - groups["_"])
    assert more == 0 or more >= 10 or len(shown) < len(counts)


@pytest.mark.parametrize(
    ("whole", "districts", "shown"),
    [
        # One looks for nothing around Jena.
        (20, (19, 10), {"": 20}),
        (40, (25, 16), {"": 40}),
        (40, (25, 25), {"": 40, "0": 25, "1": 25}),
        (20, (20, 10), {"": 20, "0": 20, "1": 10}),
    ],
)
def test_districts_overlap_where_searches_are_counted(whole, districts, shown):
    rows = rows_of(districts)
    rows[0].pupil_count = whole
    for row in rows:
        row.source = PupilSource.SEARCH

    told = shown_of(rows)

    assert {area: count for (area, _topic, _kind), count in told.items()} == shown


def splits(whole, parts):
    """Every way in which a number is a sum of so many, none of them zero."""
    for cuts in combinations(range(1, whole), parts - 1):
        yield [b - a for a, b in pairwise((0, *cuts, whole))]


@settings(max_examples=40, deadline=None)
@given(some.lists(some.integers(1, 14), min_size=1, max_size=4))
def test_nothing_below_ten_follows_from_what_is_shown(districts):
    told = {key[0]: n for key, n in shown_of(rows_of(districts)).items()}
    hidden = [n for place, n in enumerate(districts) if f"{place}" not in told]

    assert all(count >= 10 for count in told.values())
    if "" not in told:
        assert told == {}
    elif hidden:
        rest = told.pop("") - sum(told.values())
        ways = list(splits(rest, len(hidden)))
        for size in range(1, len(hidden) + 1):
            for group in combinations(range(len(hidden)), size):
                sums = {sum(way[place] for place in group) for way in ways}
                assert min(sums) >= 10 or set(range(size, 9 + size)) <= sums


def test_page_tells_of_pupils_without_a_place(browser, round_):
    page = browser.sign_in(make_coordinator()).get("/koordination/luecken").text
    for name in ("Eins", "Zwei"):
        draw_many(round_, 5, make_school(name))
    counted()

    after = browser.get("/koordination/luecken").text

    assert "Jugendliche ohne Platz" not in page
    assert "10 Jugendliche blieben ohne Platz." in after
    assert '<th scope="row">Jena</th><td class="number">10</td>' in after


def test_page_tells_of_earlier_quarters(browser, round_):
    for name in ("Eins", "Zwei"):
        draw_many(round_, 5, make_school(name))
    counted()
    single = browser.sign_in(make_coordinator()).get("/koordination/luecken").text
    few = {"source": PupilSource.UNPLACED, "pupil_count": 9, "school_count": 2}
    with transaction():
        db.session.add(PupilGap(quarter="2026-Q3", area="", topic="", **few))

    page = browser.get("/koordination/luecken").text

    assert "Jugendliche nach Quartal" not in single
    assert '4. Quartal 2026</th><td class="number">10</td>' in page
    assert '3. Quartal 2026</th><td class="number soft">verdeckt</td>' in page
    # The quarter with numbers alone can be chosen, too.
    assert '<option value="2026-Q3">' in page


def test_a_whole_that_its_rows_give_away_is_hidden_everywhere(app):
    with transaction():
        db.session.add_all(rows_of((1,) * 10))
        for row in rows_of((20, 15)):
            row.quarter = "2026-Q3"
            db.session.add(row)

    totals = [one.count for one in pupil_quarters()[PupilSource.UNPLACED]]

    assert pupil_counts(QUARTER)[PupilSource.UNPLACED].total is None
    assert totals == [None, 35]


def test_job_of_the_night_counts_them(app, round_):
    draw(round_, make_pupil())
    app.config["NOW"] = NOON

    with transaction():
        app.extensions["works"]["gaps.sum_up"]({})

    assert [row.pupil_count for row in db.session.scalars(select(PupilGap))] == [1] * 3
