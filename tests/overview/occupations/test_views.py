import re
from html import unescape

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.text import plain
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.internships.models import Glimpse
from marketplace.postings.lives.enums import PostingState
from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.queries import all_occupations, group_by_code
from marketplace.region.occupations.rules import story_of
from marketplace.region.occupations.services import (
    mark_as_mint,
    put_occupation_group,
)
from marketplace.region.topics.enums import Topic
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_pupil, make_user
from tests.factories.postings import make_offer

CARD = r"<h\d[^>]*><a[^>]*>([^<]+)</a>"


def occupation(beginning):
    query = select(Occupation).where(Occupation.title.startswith(beginning))
    return db.session.scalars(query).one()


def page_of(browser, beginning, query=""):
    address = f"/berufe/{occupation(beginning).public_id}{query}"
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text


def shown(page, *names):
    return [name for name in names if name in page]


def in_order(page, *names):
    return sorted(names, key=page.index)


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("", "Astronomin", "Xylophon"),
        ("?q=Schlosser", "Industriemechanikerin", "Astronomin"),
        # A word of its story, and a plural.
        ("?q=Bremsen", "Kfz-Mechatronikerin", "Astronomin"),
        ("?thema=zoology", "Tierpflegerin", "Astronomin"),
        ("?thema=zoology&thema=astronomy_space", "Astronomin", "Bäckerin"),
        ("?art=S&q=Technologin", "Medizinische Technologin", "Mikrotechnologin"),
    ],
)
def test_list_is_narrowed_by_its_address(browser, query, found, not_found):
    page = browser.get(f"/berufe{query}").text

    assert shown(page, found, not_found) == [found]


def test_list_shows_twenty_with_their_pictures(browser):
    page = browser.get("/berufe").text

    assert page.count('class="scene') == 20
    assert "147 Berufe" in page


def test_list_goes_on_behind_twenty(browser):
    page = browser.get("/berufe").text
    rest = browser.get(page.split('rel="next" href="')[1].split('"')[0]).text

    assert shown(page, "Astronomin", "Feinoptikerin") == ["Astronomin"]
    assert shown(rest, "Astronomin", "Feinoptikerin") == ["Feinoptikerin"]


def test_what_one_likes_leads_to_occupations(browser):
    page = browser.get("/berufe").text
    link = page.split("Tiere und Pflanzen")[0].rsplit('href="/berufe', 1)[1]
    found = browser.get("/berufe" + link.split('"')[0].replace("&amp;", "&")).text

    assert shown(found, "Försterin", "Softwareentwicklerin") == ["Försterin"]
    chosen = found.split('aria-current="true"')[1]
    assert chosen.index("Tiere und Pflanzen") < chosen.index("</a>")


def test_nothing_found_leads_back(browser):
    page = browser.get("/berufe?q=Xylophon").text

    assert shown(page, "Hier ist noch nichts", "Alle zeigen") == [
        "Hier ist noch nichts",
        "Alle zeigen",
    ]


def test_page_tells_the_story(browser):
    page = page_of(browser, "Feinoptikerin")

    assert occupation("Feinoptikerin").sentence in page
    assert "Du schleifst und polierst Glas" in page
    assert "Polieren, messen, wieder polieren." in page
    assert "Physik, Mathematik, Werken oder Technik" in page
    assert '#lens"' in page
    assert "Nummer 2136" in page


def test_page_tells_the_story_in_english(browser):
    page = page_of(browser, "Feinoptikerin", "?sprache=en")

    told = (
        "<h1>Precision optician</h1>",
        "You grind and polish glass",
        "<dt>7 am</dt>",
        "Physics, Mathematics, Crafts or technology",
        'lang="de">Feinoptikerin, Feinoptiker<',
    )
    assert shown(page, *told, "Polieren") == list(told)


def names_of_all(browser, language):
    """What each occupation is called, page after page of the list."""
    names, address = [], f"/berufe?sprache={language}"
    while address:
        page = browser.get(address).text
        main = page.partition("<main")[2].partition("</main>")[0]
        names += [unescape(name) for name in re.findall(CARD, main)]
        more = re.search(r'href="(/berufe\?[^"]*nach=[^"]+)"', main)
        address = unescape(more[1]) if more else None
    return names


@pytest.mark.parametrize("language", ["de", "en"])
def test_list_stands_in_the_order_of_the_names_it_shows(browser, language):
    told = [
        story_of(one, language).name for one in db.session.scalars(all_occupations())
    ]

    names = names_of_all(browser, language)

    assert names == sorted(told, key=plain)
    assert len(names) == 147


@pytest.mark.parametrize("other", ["de", "en"])
def test_a_page_further_on_is_read_in_either_language(browser, other):
    first = browser.get("/berufe?sprache=de").text
    link = unescape(re.search(r'href="(/berufe\?[^"]*nach=[^"]+)"', first)[1])

    answer = browser.get(f"{link}&sprache={other}")

    assert answer.status_code == 200
    assert len(re.findall(CARD, answer.text)) == 20
    assert browser.get("/berufe?nach=nichts").status_code == 404


@pytest.mark.parametrize("address", ["/berufe?q=lenses", "/suche?q=lenses"])
def test_english_words_find_occupations_that_are_told_in_english(browser, address):
    page = browser.get(f"{address}&sprache=en").text

    assert shown(page, "Precision optician", "Linsen") == ["Precision optician"]


def test_internship_names_its_occupation_in_the_language_of_the_page(browser):
    internship = make_internship()
    with transaction():
        internship.occupations = [
            Glimpse(occupation=occupation("Feinoptikerin"), line_no=1)
        ]
    address = f"/praktika/{internship.public_id}"

    pages = [browser.get(f"{address}?sprache={one}").text for one in ("de", "en")]

    names = ("Feinoptikerin, Feinoptiker</a>", "Precision optician</a>")
    assert [shown(page, *names) for page in pages] == [[names[0]], [names[1]]]


def test_group_and_mint_are_named_once_they_are_known(browser):
    known = {"code": "2136", "level": 4, "title": "Berufe der Feinoptik"}
    with transaction():
        put_occupation_group(**known, source="Statistik")
    page = page_of(browser, "Feinoptikerin")
    assert shown(page, "Berufe der Feinoptik", "MINT-Beruf") == ["Berufe der Feinoptik"]

    with transaction():
        mark_as_mint(group_by_code("2136"))

    assert "MINT-Beruf" in page_of(browser, "Feinoptikerin")


def test_what_shows_the_work_itself_comes_before_what_is_like_it(browser):
    like, itself = make_internship(title="Ähnlich"), make_internship(title="Genau")
    with transaction():
        itself.topics = frozenset({Topic.WATER})
        itself.occupations = [
            Glimpse(occupation=occupation("Feinoptikerin"), line_no=1)
        ]
        like.occupations = [Glimpse(occupation=occupation("Bäckerin"), line_no=1)]

    page = page_of(browser, "Feinoptikerin")

    assert in_order(page, "Ähnlich", "Genau") == ["Genau", "Ähnlich"]


def test_nearest_comes_first_with_its_way(browser):
    for town in ("Leipzig", "Erfurt"):
        make_internship(organisation=make_company(town=town), title=f"Woche {town}")
        make_offer(
            organisation=make_company(town=town),
            title=f"Labor {town}",
            topics=frozenset({Topic.OPTICS}),
        )

    page = page_of(browser, "Feinoptikerin", "?ort=Jena")

    assert in_order(page, "Woche Leipzig", "Woche Erfurt")[0] == "Woche Erfurt"
    assert "Erfurt</strong>, 39 km" in page
    assert in_order(page, ">Labor Leipzig<", ">Labor Erfurt<")[0] == ">Labor Erfurt<"
    # All that is shown here stands in the lists it leads to, the nearest first.
    [link] = re.findall(r'href="(/angebote\?[^"]+)"', page)
    listed = browser.get(unescape(link)).text
    assert in_order(listed, "Labor Leipzig", "Labor Erfurt")[0] == "Labor Erfurt"


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.PAUSED])
def test_what_cannot_be_had_is_not_shown(browser, state):
    make_internship(state, title="Ruht")
    make_offer(state, title="Schläft", topics=frozenset({Topic.OPTICS}))

    assert shown(page_of(browser, "Feinoptikerin"), "Ruht", "Schläft") == []


def test_companies_of_the_same_topics_are_shown_once_each(browser):
    company = make_company(name="Linsenwerk", topics=frozenset({Topic.OPTICS}))
    make_company(
        name="Unbekannt",
        state=OrganisationState.REGISTERED,
        topics=frozenset({Topic.OPTICS}),
    )
    make_company(name="Backhaus", topics=frozenset({Topic.FOOD}))

    page = page_of(browser, "Feinoptikerin")

    assert shown(page, "Linsenwerk", "Unbekannt", "Backhaus") == [company.name]


def test_a_place_nobody_knows_is_said(browser):
    page = page_of(browser, "Feinoptikerin", "?ort=Atlantis")

    assert "„Atlantis“ finden wir nicht" in page


@pytest.mark.parametrize(
    ("town", "said"), [("Jena", "rund um Jena"), ("", "Praktika zu diesen Themen")]
)
def test_a_pupil_begins_at_home(browser, town, said):
    browser.sign_in(make_pupil(town=town))

    page = page_of(browser, "Feinoptikerin")

    assert said in page
    assert ("rund um" in page) is bool(town)


def test_others_do_not_begin_anywhere(browser):
    browser.sign_in(make_user())

    assert "rund um" not in page_of(browser, "Feinoptikerin")


def test_internship_leads_to_its_occupation(browser):
    internship = make_internship()

    page = browser.get(f"/praktika/{internship.public_id}").text

    assert f'href="/berufe/{internship.occupations[0].occupation.public_id}' in page


def test_number_of_queries_does_not_grow(browser, queries):
    make_internship(title="Eins")
    page_of(browser, "Feinoptikerin", "?ort=Jena")
    queries.clear()
    page_of(browser, "Feinoptikerin", "?ort=Jena")
    few = len(queries)
    for k in range(9):
        make_internship(title=f"Woche {k}")
        make_offer(title=f"Labor {k}", topics=frozenset({Topic.OPTICS}))
    queries.clear()
    page_of(browser, "Feinoptikerin", "?ort=Jena")

    # Once there are three that are like it, nothing more has to be asked.
    assert len(queries) <= few


def test_unknown_occupation_is_not_found(browser):
    assert browser.get("/berufe/2222222222").status_code == 404
