"""How many pupils look for what is not there, in numbers of a quarter."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.spreadsheets import read_sheet
from marketplace.matching.gaps.enums import PupilSource
from marketplace.matching.gaps.models import PupilGap
from marketplace.matching.gaps.services.pupil_sheets import PUPIL_HEADINGS
from marketplace.matching.gaps.services.pupils import PupilCount, pupil_counts
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.services.missing import count_hits, count_missed
from marketplace.overview.alerts.services.saving import (
    Wanted,
    drop_search,
    forget_person,
    save_search,
)
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.topics.enums import Topic
from tests.factories.internships import make_internship
from tests.factories.people import (
    TOWNS,
    make_company,
    make_coordinator,
    make_guardian,
    make_pupil,
    make_school,
)
from tests.moments import NOON
from tests.papers import Paper

QUARTER, NEXT = "2026-Q4", "2027-Q1"
DAY = timedelta(days=1)
OPTICS = frozenset({Topic.OPTICS})
ROBOTS = frozenset({Topic.OPTICS, Topic.ROBOTICS})


def looks(user, town="Jena", topics=OPTICS, *, scope=Scope.INTERNSHIPS, **by):
    """Somebody keeps a search around a town."""
    if town:
        by |= {"centre": TOWNS[town][-2:], "radius_km": 25}
    narrowing = Narrowing(topics=topics, **by)
    wanted = Wanted(by=narrowing, scope=scope, place=town, query=f"{town}{topics}{by}")
    with transaction():
        return save_search(wanted, Rhythm.NEVER, actor=user, at=NOON)


def counted(at=NOON, quarter=QUARTER):
    """The numbers after a night."""
    with transaction():
        count_hits(at=at)
        count_missed(at=at)
    rows = db.session.scalars(select(PupilGap).where(PupilGap.quarter == quarter))
    return {
        (row.area, row.topic): (row.pupil_count, row.school_count)
        for row in rows
        if row.source is PupilSource.SEARCH
    }


def of_schools(*counts):
    """Pupils of as many schools as there are numbers."""
    return [
        make_pupil(school_id=school.id)
        for school, count in [(make_school(), count) for count in counts]
        for _one in range(count)
    ]


def told():
    return pupil_counts(QUARTER)[PupilSource.SEARCH]


def test_a_pupil_counts_once_in_each_cell(app):
    mia, ole = make_pupil(school_id=make_school().id), make_pupil()
    looks(mia)
    looks(mia, topics=ROBOTS)
    looks(mia, "Leipzig", scope=Scope.OFFERS)
    looks(ole, "", frozenset())
    looks(make_guardian(mia))

    assert counted() == {
        ("", ""): (2, 1),
        ("16053", ""): (1, 1),
        ("14713", ""): (1, 1),
        ("-", ""): (1, 0),
        ("", "optics"): (1, 1),
        ("", "robotics"): (1, 1),
        ("", "-"): (1, 0),
    }


def test_the_district_that_was_asked_for_goes_before_the_town(app):
    looks(make_pupil(), district="15002")

    assert counted()["15002", ""] == (1, 0)


def test_what_lies_behind_is_missed_no_more(app):
    looks(make_pupil(), ends_by=NOON.date())

    assert counted()["", ""] == (1, 0)
    assert counted(NOON + DAY) == {}


def test_twice_the_same_night_counts_once(app):
    looks(make_pupil())

    assert counted() == counted()


def test_a_search_that_finds_something_later_counts_no_more(app):
    looks(make_pupil())
    looks(make_pupil(), "Leipzig")
    assert counted()["", ""] == (2, 0)

    make_internship(
        organisation=make_company(town="Jena"), published_at=NOON, topics=OPTICS
    )

    after = counted(NOON + DAY)
    assert (after["", ""], after["14713", ""]) == ((1, 0), (1, 0))
    assert ("16053", "") not in after


@pytest.mark.parametrize("ends", ["search", "account"])
def test_a_quarter_that_is_over_keeps_its_numbers(app, ends):
    mia = make_pupil()
    search = looks(mia)
    before = counted()

    with transaction():
        if ends == "search":
            drop_search(db.session.merge(search))
        else:
            forget_person(mia.id)
            db.session.delete(mia)

    assert counted(NOON + 60 * DAY, NEXT) == {}
    rows = db.session.scalars(select(PupilGap)).all()
    assert {(r.area, r.topic): (r.pupil_count, r.school_count) for r in rows} == before
    assert {row.quarter for row in rows} == {QUARTER}
    # And in the quarter that runs nobody looks for it any more.
    assert counted() == {}


def test_nothing_kept_tells_who_it_was(app):
    columns = set(PupilGap.__table__.columns.keys())

    assert columns == {
        *("id", "quarter", "source", "area", "topic"),
        *("pupil_count", "school_count"),
    }
    assert not PupilGap.__table__.foreign_keys


@pytest.mark.parametrize(
    ("counts", "shown"),
    [((9, 1), 10), ((8, 1), None), ((10,), None), ((5, 5), 10), ((11,), None)],
)
def test_ten_pupils_of_two_schools_are_told(app, counts, shown):
    for pupil in of_schools(*counts):
        looks(pupil)
    counted()

    assert told().total == shown
    assert told().districts == [PupilCount("16053", "Jena", shown)]
    assert told().topics == [PupilCount("optics", "Licht und Optik", shown)]


def test_a_single_hidden_number_takes_the_smallest_with_it(app):
    for town, count in (("Jena", 7), ("Leipzig", 6), ("Dresden", 5)):
        for pupil in of_schools(count, count):
            looks(pupil, town)
    looks(*of_schools(1), "Erfurt")
    counted()

    assert told().total == 37
    assert told().districts == [
        PupilCount("16053", "Jena", 14),
        PupilCount("14713", "Leipzig", 12),
        PupilCount("14612", "Dresden", None),
        PupilCount("16051", "Erfurt", None),
    ]


def test_office_reads_and_takes_away_the_numbers(browser):
    for pupil in of_schools(6, 6):
        looks(pupil)
    for pupil in of_schools(5, 4):
        looks(pupil, "Leipzig", frozenset())
    looks(make_pupil(), "Erfurt")
    counted()
    browser.sign_in(make_coordinator())

    page = browser.get("/koordination/luecken").text
    sheet = browser.get("/koordination/luecken/blatt").text
    unmet = browser.get("/koordination/suchen-ohne-treffer").text
    file = browser.get("/koordination/luecken/jugendliche.csv")

    assert "22 Jugendliche ohne Treffer." in page
    assert '<th scope="row">Jena</th><td class="number">12</td>' in page
    assert "weitere Kreise: 2</th>" in page
    assert '<th scope="row">Jena</th><td class="number">12</td>' in unmet
    assert "Leipzig" not in unmet
    assert '<td class="number">0</td><td class="number">22</td>' in sheet
    lines = file.data.decode("utf-8-sig").splitlines()
    assert lines[0] == "quarter,source,area,area_name,topic,topic_name,pupils,hidden"
    assert lines[1:] == [
        "2026-Q4,search,,alle,,alle,22,0",
        "2026-Q4,search,14713,Leipzig,,alle,,1",
        "2026-Q4,search,16051,Erfurt,,alle,,1",
        "2026-Q4,search,16053,Jena,,alle,12,0",
        "2026-Q4,search,,alle,none,ohne Thema,,1",
        "2026-Q4,search,,alle,optics,Licht und Optik,,1",
    ]


def test_sheet_and_workbook_bear_the_pupils(browser):
    for pupil in of_schools(6, 6):
        looks(pupil)
    counted()
    browser.sign_in(make_coordinator())

    paper = Paper(browser.get("/koordination/luecken/blatt.pdf").data)
    book = browser.get("/koordination/luecken/summen.xlsx").data

    assert "Jugendliche, die nichts fanden" in paper.text
    assert "Licht und Optik" in paper.text
    sheet = read_sheet(book, lambda name: name in PUPIL_HEADINGS)
    assert sheet.headings == PUPIL_HEADINGS
    assert [row.cells[6:] for row in sheet.rows] == [("12", "0")] * 3


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (1, "weniger als zehn"), (10, "10")]
)
def test_few_searches_are_told_of_in_words(browser, count, words):
    for _one in range(count):
        looks(make_pupil())

    browser.sign_in(make_coordinator())
    page = browser.get("/koordination/suchen-ohne-treffer").text

    assert f"<dt>Davon ohne Treffer</dt><dd>{words}</dd>" in page


def test_job_of_the_day_counts_both(app):
    search = looks(make_pupil())
    make_internship(
        organisation=make_company(town="Jena"), published_at=NOON, topics=OPTICS
    )
    looks(make_pupil(), "Leipzig")
    app.config["NOW"] = NOON

    with transaction():
        app.extensions["works"]["alerts.look_after"]({})

    assert db.session.get(SavedSearch, search.id).hit_count == 1
    whole = select(PupilGap).where(PupilGap.area == "", PupilGap.topic == "")
    assert [row.pupil_count for row in db.session.scalars(whole)] == [1]


def test_map_hatches_what_is_hidden(browser):
    for pupil in of_schools(12, 12):
        looks(pupil)
    for pupil in of_schools(5, 4):
        looks(pupil, "Leipzig")
    looks(make_pupil(), "Erfurt")
    counted()
    browser.sign_in(make_coordinator())

    page = browser.get("/koordination/luecken/karte?art=search").text

    assert 'tile step-2" data-x' in page
    assert 'title="Jena: 24 "' in page
    assert 'title="Leipzig: verdeckt "' in page
    assert 'title="Gera: 0 "' in page
    assert 'href="/praktika?kreis=16053"' in page
    assert page.count('<tr><th scope="row">') == 3
