import re
from datetime import date
from html import unescape

import pytest

from marketplace.foundation.database import transaction
from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.enums import PostingState
from marketplace.web.headers import is_framable
from tests.factories.internships import make_internship
from tests.factories.people import make_user
from tests.factories.postings import make_event, make_offer, make_sponsorship

MAKERS = (make_internship, make_offer, make_event, make_sponsorship)
LINK = re.compile(r'<a [^>]*href="([^"]+)"')


def policy(answer):
    return answer.headers["Content-Security-Policy"]


def test_nothing_else_may_be_framed(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    framed = {endpoint for endpoint in endpoints if is_framable(app, endpoint)}

    assert framed == {"maps.frame", "maps.card"}


def test_every_plain_address_forbids_frames(app, browser):
    addresses = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.arguments
        and not is_framable(app, rule.endpoint)
    ]

    for address in [*addresses[::9], "/karte", "/karte/weitergeben", "/gibt-es-nicht"]:
        assert "frame-ancestors 'none'" in policy(browser.get(address)), address


@pytest.mark.parametrize("make", MAKERS)
def test_card_of_any_kind_stands_in_other_pages(browser, make):
    thing = make()

    page = browser.get(f"/karte/einbetten/{thing.public_id}")

    assert "frame-ancestors *" in policy(page)
    assert "X-Frame-Options" not in page.headers
    assert page.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert thing.title in page.text
    assert '<base target="_blank">' in page.text
    assert "MINT-Börse Mitteldeutschland</a>" in page.text
    assert "<script" not in page.text


@pytest.mark.parametrize(
    "state", [PostingState.DRAFT, PostingState.SUBMITTED, PostingState.FROZEN]
)
def test_card_of_what_is_not_public_is_not_found(browser, state):
    offer = make_offer(state)

    assert browser.get(f"/karte/einbetten/{offer.public_id}").status_code == 404


def test_unknown_card_is_not_found(browser):
    assert browser.get("/karte/einbetten/2222222222").status_code == 404


@pytest.mark.parametrize("asked", ["", "?sprache=en", "?farben=dunkel"])
def test_frame_leaves_no_cookie(browser, asked):
    browser.sign_in(make_user(Role.PUPIL))

    page = browser.get(f"/karte/einbetten{asked}")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "frame-ancestors *" in policy(page)


def test_frame_shows_what_the_address_asks_for(browser):
    make_offer(title="Labor")
    make_internship(title="Werk")

    page = browser.get("/karte/einbetten?ebene=angebote")

    assert "Labor" in page.text
    assert "Werk" not in page.text
    assert any(link.startswith("/karte?ebene=angebote") for link in links(page))


def links(page):
    return [unescape(link) for link in LINK.findall(page.text)]


def test_page_gives_the_code_for_the_same_choice(browser):
    [way] = [
        link
        for link in links(browser.get("/karte?land=SN&ebene=bedarf"))
        if link.startswith("/karte/weitergeben")
    ]

    code = unescape(browser.get(way).text)

    assert re.search(
        r'<iframe src="http://[^"]+/karte/einbetten\?land=SN&(amp;)?ebene=bedarf"', code
    )


def test_share_page_gives_the_code_of_one_card(browser):
    offer = make_offer()

    code = unescape(browser.get(f"/teilen/angebote/{offer.public_id}").text)

    assert f"/karte/einbetten/{offer.public_id}" in code


@pytest.mark.parametrize(("title", "height"), [("Labor", 384), ("Labor " * 20, 519)])
def test_code_of_a_card_is_as_high_as_its_title_needs(browser, title, height):
    offer = make_offer(title=title.strip())

    code = unescape(browser.get(f"/teilen/angebote/{offer.public_id}").text)

    assert f'width="100%" height="{height}"' in code


def test_a_title_does_not_break_out_of_the_code(browser):
    offer = make_offer(title='"><script src=//x.example></script>')

    page = browser.get(f"/teilen/angebote/{offer.public_id}").text

    # As a browser reads the text area, and then the page into which it was copied.
    [copied] = re.findall(r'id="rahmen"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert "<script" not in unescape(copied)
    assert 'title="&#34;&gt;&lt;script' in unescape(copied)


def test_what_is_withdrawn_vanishes_from_its_frame(browser):
    offer = make_offer()
    address = f"/karte/einbetten/{offer.public_id}"
    assert browser.get(address).status_code == 200

    with transaction():
        offer.state = PostingState.FROZEN

    assert browser.get(address).status_code == 404


def test_card_tells_its_licence_its_source_and_its_date(browser):
    offer = make_offer(confirmed_on=date(2026, 3, 9))

    page = browser.get(f"/karte/einbetten/{offer.public_id}").text

    assert "bestätigt am 09.03.2026" in page
    assert (
        '<a href="https://creativecommons.org/licenses/by/4.0/" '
        'rel="license noopener">CC-BY-4.0</a>. Quelle: MINT-Börse Mitteldeutschland.'
    ) in page


def test_card_of_a_hint_tells_whose_it_is(browser):
    hint = make_offer(PostingState.LISTED, source="Verein", licence="CC0 1.0")

    page = browser.get(f"/karte/einbetten/{hint.public_id}").text

    assert "CC0-1.0</a>. Quelle: Verein." in page
    assert "bestätigt am" not in page


def test_frame_tells_the_licence_and_that_hints_have_their_own(browser):
    make_offer()
    plain = browser.get("/karte/einbetten").text
    make_offer(PostingState.LISTED)
    mixed = browser.get("/karte/einbetten?hinweise=1").text

    for page in (plain, mixed):
        assert 'rel="license noopener">CC-BY-4.0</a>' in page
    assert "Hinweise stehen unter der Lizenz ihrer Quelle." not in plain
    assert "Hinweise stehen unter der Lizenz ihrer Quelle." in mixed
