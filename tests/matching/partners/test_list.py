"""The page of a list: its sums, its filters, and how often it asks the database."""

import re
from dataclasses import replace

import pytest

from marketplace.matching.partners.services import finding, trying, widening
from marketplace.matching.partners.services.covering import entered_of
from marketplace.matching.partners.services.finding import Narrowing, partners_of
from marketplace.matching.partners.services.trying import Trial, world_with
from marketplace.matching.partners.services.widening import additions_for
from marketplace.matching.partners.services.worlds import profile_of_site
from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.neighbours import nearest_across
from marketplace.matching.scores.ranking import rank
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import entry_of
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from tests.factories.people import make_company
from tests.factories.postings import a_give, a_need, make_offer, make_sponsorship

RULER = re.compile(r'<p class="small soft">(Themen \d+, [^<]+)</p>')
PARTS = re.compile(r'<span class="points">([\d,]+) von')
SUM = re.compile(r"Zusammen ([\d,]+), gerundet (\d+)\.")


def make_givers(count):
    """So many companies around Jena, each with something else to give."""
    for number in range(count):
        giver = make_company(name=f"Firma {number}", town="Jena")
        giver.sites[0].radius_km = 20 + number
        lines = [a_give(quantity=1 + number), a_give(2, LineKind.MONEY, 100 + number)]
        topics = {list(Topic)[number % len(Topic)], Topic.ELECTRONICS}
        make_sponsorship(organisation=giver, lines=lines, topics=frozenset(topics))


def test_parts_on_the_page_sum_to_the_score(browser, offer, provider):
    make_givers(12)

    page = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text

    cards = page.split('<li class="match">')[1:]
    assert len(cards) == 12
    for card in cards[:6]:
        [words], [(exact, whole)] = RULER.findall(card), SUM.findall(card)
        shown = [int(part.rsplit(" ", 1)[1]) for part in words.split(", ")]
        points = [int(part.replace(",", "")) for part in PARTS.findall(card)]
        assert sum(shown) == int(whole)
        assert sum(points) == int(exact.replace(",", ""))


def test_who_stands_further_down_is_told_in_short(browser, offer, provider):
    make_givers(12)

    page = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text

    *_full, last = page.split('<li class="match">')[1:]
    assert page.count('<details class="more">\n    <summary>Warum') == 5
    assert "Deckt: Lötstation" in last
    assert '<h3 id="p12"><a href="/partner/' in last
    assert not RULER.search(last)


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_as_often_for_many_as_for_one(browser, queries, offer, count):
    make_givers(count)
    provider = offer.organisation.memberships[0].user
    browser.sign_in(provider)
    browser.get(f"/partner/{offer.public_id}")  # loads what is matched
    queries.clear()

    page = browser.get(f"/partner/{offer.public_id}").text

    assert page.count('<li class="match">') == min(count, 20)
    assert len(queries) <= 18


def names(finding):
    return [partner.organisation.name for partner in finding.partners]


@pytest.mark.parametrize(
    ("narrowing", "left"),
    [
        (Narrowing(kind=LineKind.MONEY), ["Geldgeber"]),
        (Narrowing(line_no=1), ["Siebenlinsen Optik"]),
        (Narrowing(topics=frozenset({Topic.ROBOTICS})), ["Geldgeber"]),
        (Narrowing(state=FederalState.SAXONY), []),
        (Narrowing(state=FederalState.THURINGIA), ["Geldgeber", "Siebenlinsen Optik"]),
    ],
)
def test_filters_leave_out_who_does_not_fit(
    offer, company, world, profile, narrowing, left
):
    stations = make_company(company, name="Siebenlinsen Optik", town="Jena")
    money = make_company(name="Geldgeber", town="Jena")
    for giver, line in ((stations, a_give()), (money, a_give(1, LineKind.MONEY, 500))):
        giver.sites[0].radius_km = 60
        is_money = giver is money
        topics = {Topic.ROBOTICS} if is_money else {Topic.ELECTRONICS}
        make_sponsorship(organisation=giver, lines=[line], topics=frozenset(topics))

    found = partners_of(world(), profile, narrowing=narrowing)

    assert sorted(names(found)) == left
    assert [partner.rank for partner in found.partners] == list(range(1, len(left) + 1))


def a_far_giver():
    """The last of a long list: everybody else gives money and is nearer in topics."""
    firm = make_company(name="Ganz hinten", town="Jena")
    firm.sites[0].radius_km = 60
    stations = [a_give(quantity=12)]
    make_sponsorship(
        organisation=firm,
        lines=stations,
        topics=frozenset({Topic.ZOOLOGY}),
        audiences=frozenset(),
    )


def told(found):
    return [(row.name, row.words) for row in found.needs]


def test_what_nobody_shown_gives_is_not_missing_while_others_give_it(
    offer, world, profile
):
    for number in range(22):
        giver = make_company(name=f"Firma {number}", town="Jena")
        giver.sites[0].radius_km = 60
        lines = [a_give(1, LineKind.MONEY, 4000)]
        make_sponsorship(
            organisation=giver, lines=lines, topics=frozenset({Topic.ELECTRONICS})
        )
    a_far_giver()

    found = partners_of(world(), profile, entered=entered_of(offer.lines))

    assert (len(found.partners), found.has_more) == (20, True)
    assert "Ganz hinten" not in names(found)
    assert told(found) == [
        ("Lötstation", "Mit Partnern ganz möglich."),
        ("Geld", "Mit Partnern ganz möglich."),
    ]
    assert found.missing == []


def test_a_filter_takes_nothing_away_of_what_is_possible(offer, firm, world, profile):
    entered = entered_of(offer.lines)
    whole = partners_of(world(), profile, entered=entered)

    found = partners_of(
        world(),
        profile,
        narrowing=Narrowing(state=FederalState.SAXONY),
        entered=entered,
    )

    assert (names(found), found.has_more) == ([], False)
    assert told(found) == told(whole)
    assert told(whole)[1] == ("Geld", "2.000 € möglich, 2.000 € fehlen.")
    assert found.missing == whole.missing == ["Lötstation", "Geld"]


def test_the_number_of_the_order_is_that_of_the_list(offer, firm, world, profile):
    [partner] = partners_of(world(), profile).partners

    key = partner.match.reciprocal * partner.match.shown_price
    assert partner.order == f"{key / 100_000:.2f}".replace(".", ",")


@pytest.mark.parametrize(
    ("topics", "is_told"),
    [
        ({Topic.STEM_GENERAL}, True),
        ({Topic.STEM_GENERAL, Topic.CAREER_ORIENTATION}, True),
        ({Topic.STEM_GENERAL, Topic.ROBOTICS}, False),
    ],
)
def test_who_names_no_subject_is_told_so(browser, lab, provider, firm, topics, is_told):
    offer = make_offer(organisation=lab, topics=frozenset(topics))

    page = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text

    assert ("Zwei oder drei Fächer ergänzen" in page) == is_told
    assert ("Hier steht nur: " in page) == is_told


@pytest.fixture
def leaving(world, monkeypatch):
    """A world of its own whose first partner goes as soon as it was found."""

    def make(module, name):
        make_givers(3)
        seen = world()
        index = MatchIndex(seen.index.values(), seen.index.weights)
        find = getattr(module, name)

        def found_and_gone(*args):
            found = find(*args)
            index.remove(getattr(found[0], "profile_id", found[0]))
            return found

        monkeypatch.setattr(module, name, found_and_gone)
        return replace(seen, index=index)

    return make


def test_who_goes_between_rank_and_page_is_passed_over(offer, profile, leaving):
    seen = leaving(finding, "rank")

    assert [partner.rank for partner in partners_of(seen, profile).partners] == [1, 2]


def test_who_goes_is_not_in_a_trial(offer, leaving):
    seen = leaving(trying, "nearest_across")
    line = entry_of(offer.lines[0], offer.lines[0].id)

    tried = world_with(seen, offer, Trial(1, replace(line, quantity=3), None))

    assert len(tried.index) == 3


def test_who_goes_is_not_counted_as_helped(firm, leaving):
    make_offer(lines=[a_need(1, LineKind.VISITS, 2, item="lab_visit")])
    seen = leaving(widening, "nearest_across")

    assert additions_for(seen, profile_of_site(firm.sites[0].id)) == []


def test_reader_who_goes_finds_nobody(offer, profile, world):
    seen = world()
    index = MatchIndex(seen.index.values(), seen.index.weights)
    reader = index[profile]

    index.remove(profile)

    assert rank(index.trying(reader), profile) == []
    assert nearest_across(index, profile, 5) == []
