"""Former words of an address lead to the present ones, whatever the thing."""

import re

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.region.occupations.models import Occupation
from tests.factories.catalogue import make_action
from tests.factories.internships import make_internship
from tests.factories.people import make_company
from tests.factories.postings import (
    make_event,
    make_offer,
    make_rolemodel,
    make_sponsorship,
)

THINGS = {
    "aktionen": make_action,
    "angebote": make_offer,
    "berufe": lambda: db.session.scalars(select(Occupation).limit(1)).one(),
    "foerderungen": make_sponsorship,
    "organisationen": make_company,
    "praktika": make_internship,
    "veranstaltungen": make_event,
    "vorbilder": make_rolemodel,
}


@pytest.mark.parametrize("folder", THINGS)
def test_former_words_lead_to_the_present_ones(browser, folder):
    key = THINGS[folder]().public_id

    moved = browser.get(f"/{folder}/{key}-fruehere-worte?sprache=en")
    there = browser.get(moved.location)

    assert moved.status_code == 301
    assert moved.location.startswith(f"/{folder}/{key}-")
    assert moved.location.endswith("?sprache=en")
    # A name may come back: a browser asks again.
    assert moved.headers["Cache-Control"] == "no-cache"
    assert there.status_code == 200


@pytest.mark.parametrize("folder", THINGS)
def test_short_address_stays(browser, folder):
    key = THINGS[folder]().public_id

    assert browser.get(f"/{folder}/{key}").status_code == 200


def test_a_role_model_is_shown_to_networks_by_a_drawn_card_not_by_her_face(browser):
    person = make_rolemodel()

    page = browser.get(f"/vorbilder/{person.public_id}").text

    told = dict(re.findall(r'<meta property="og:(.+?)" content="(.*?)">', page))
    link = told["url"]
    assert link.partition("/vorbilder/")[2].startswith(f"{person.public_id}-")
    assert told["image"].endswith(f"/bild/vorbilder/{person.public_id}.png")
    assert (told["title"], told["image:width"]) == (person.title, "1200")
    assert f'<link rel="canonical" href="{link}">' in page
    assert re.findall(r'alternate" hreflang="(.+?)"', page) == ["de", "en", "x-default"]
