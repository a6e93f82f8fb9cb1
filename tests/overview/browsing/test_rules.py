import pytest

from marketplace.overview.browsing.rules import (
    MOST_LIKED,
    MOST_SEEN,
    Travel,
    journey_over,
    noted,
    planner_link,
)


@pytest.mark.parametrize(
    ("km", "travel", "shortest", "longest"),
    [
        (0, Travel.FOOT, 5, 10),
        (1.5, Travel.FOOT, 25, 30),
        (5, Travel.BICYCLE, 30, 35),
        # 20 km as the crow flies are 26 on the road.
        (20, Travel.TRANSIT, 30, 65),
        (60, Travel.TRANSIT, 70, 160),
    ],
)
def test_a_way_is_guessed_from_the_distance(km, travel, shortest, longest):
    journey = journey_over(km)

    assert (journey.travel, journey.shortest, journey.longest) == (
        travel,
        shortest,
        longest,
    )


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", None),
        ("http://fahrplan.example/{von}", None),
        ("javascript:alert(1)", None),
        (
            "https://fahrplan.example/?a={von}&b={nach}",
            "https://fahrplan.example/?a=Halle%20%28Saale%29&b=07743%20Jena%26x",
        ),
    ],
)
def test_a_timetable_is_asked_for_both_places(address, link):
    assert planner_link(address, "Halle (Saale)", "07743 Jena&x") == link


@pytest.mark.parametrize(
    ("kept", "seen", "liked"),
    [
        (None, [], []),
        ("abc", [], []),
        ({"seen": "abc", "liked": [1, "b"]}, [], ["b"]),
        ({"seen": ["a"], "liked": ["b"]}, ["a"], ["b"]),
    ],
)
def test_what_a_browser_kept_is_read_with_care(kept, seen, liked):
    assert noted(kept) == {"seen": seen, "liked": liked}


def test_the_oldest_is_forgotten_so_that_a_cookie_holds_it():
    many = [f"{k:010}" for k in range(MOST_SEEN + 5)]
    kept = noted({"seen": many, "liked": many})

    assert (kept["seen"], kept["liked"]) == (many[5:], many[-MOST_LIKED:])
