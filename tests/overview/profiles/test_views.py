import pytest

from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import PostingState
from marketplace.region.topics.enums import Topic
from tests.factories.internships import make_internship
from tests.factories.people import (
    make_company,
    make_organisation,
    make_product,
    make_user,
)
from tests.factories.postings import (
    a_give,
    make_offer,
    make_rolemodel,
    make_sponsorship,
)
from tests.papers import Paper


def page_of(browser, organisation, *parts):
    answer = browser.get("/".join(("/organisationen", organisation.public_id, *parts)))
    assert answer.status_code == 200
    return answer.text


def test_page_shows_all_that_is_public(browser):
    company = make_company()
    make_internship(organisation=company, title="Eine Woche Glas")
    make_internship(PostingState.DRAFT, company, title="Geheim")
    make_rolemodel(organisation=company, title="Thea, Feinoptikerin")
    make_offer(organisation=company, title="Offene Werkstatt")
    make_internship(title="Von anderen")

    page = page_of(browser, company)

    told = ("Eine Woche Glas", "Thea, Feinoptikerin", "Offene Werkstatt")
    assert [words for words in told if words not in page] == []
    assert [words for words in ("Geheim", "Von anderen") if words in page] == []


def test_page_tells_once_what_is_given_now(browser):
    company = make_company()
    make_sponsorship(organisation=company)
    make_sponsorship(organisation=company)
    make_sponsorship(PostingState.PAUSED, company, lines=[a_give(quantity=99)])

    page = page_of(browser, company)

    assert "Was wir geben" in page
    assert (page.count("8 × Lötstation"), "99 × Lötstation" in page) == (1, False)


def test_four_stand_on_the_page_and_the_rest_behind_it(browser):
    company = make_company()
    for k in range(5):
        make_internship(organisation=company, title=f"Woche {k}")

    page = page_of(browser, company)
    rest = page_of(browser, company, "praktika")

    assert [f"Woche {k}" in page for k in range(5)] == [False, True, True, True, True]
    assert f"/organisationen/{company.public_id}" in page.split("Alle ansehen")[0]
    assert [f"Woche {k}" in rest for k in range(5)] == [True] * 5


def test_a_kind_without_anything_says_so(browser):
    assert "nichts öffentlich" in page_of(browser, make_company(), "angebote")


@pytest.mark.parametrize("part", ["praktika", "vorbilder"])
def test_what_is_not_verified_has_no_such_pages(browser, part):
    company = make_company(state=OrganisationState.REGISTERED)

    address = f"/organisationen/{company.public_id}/{part}"

    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_asks_as_often_for_many_as_for_one(browser, queries, count):
    company = make_company()
    for k in range(count):
        make_internship(organisation=company, title=f"Woche {k}")
        make_sponsorship(organisation=company)
    page_of(browser, company)
    queries.clear()

    page_of(browser, company)

    assert len(queries) <= 16


def test_member_prints_the_page_with_a_code(browser):
    boss = make_user()
    company = make_company(boss, "Optik Jena", description="Wir machen Linsen.")
    make_product(company, "Linsen für Teleskope")
    make_sponsorship(organisation=company)
    make_sponsorship(organisation=company)
    browser.sign_in(boss)
    assert "aushang.pdf" in page_of(browser, company)

    answer = browser.get(f"/organisationen/{company.public_id}/aushang.pdf")

    paper = Paper(answer.data)
    assert (paper.title, paper.page_count, paper.is_tagged) == ("Optik Jena", 1, True)
    told = (
        "Wir machen Linsen.",
        "Linsen für Teleskope",
        "8 × Lötstation",
        "07743 Jena",
    )
    assert [words for words in told if words not in paper.text] == []
    assert f"/organisationen/{company.public_id}" in paper.text
    assert paper.text.count("8 × Lötstation") == 1


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nobody_else_prints_it(browser, is_signed_in):
    company = make_company()
    if is_signed_in:
        browser.sign_in(make_user())

    answer = browser.get(f"/organisationen/{company.public_id}/aushang.pdf")

    assert answer.status_code == (404 if is_signed_in else 302)


def test_groups_count_and_lead_into_the_directory(browser):
    optics = frozenset({Topic.OPTICS})
    make_company(topics=optics)
    make_organisation(topics=optics, town="Leipzig")
    make_organisation(state=OrganisationState.REGISTERED, topics=optics)

    page = " ".join(browser.get("/organisationen/gruppen").text.split())

    assert '?thema=optics">Licht und Optik</a> <span class="soft">2<' in page
    assert '?kreis=16053">Jena</a> <span class="soft">1<' in page
    assert '?kreis=14713">Leipzig</a> <span class="soft">1<' in page
    assert "Robotik" not in page
