"""Before both have agreed no answer of any address holds the other side's contact."""

import json
from itertools import product

import pytest

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.services.answering import agree
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.people import make_user
from tests.moments import NOON

OF = {
    Side.PROVIDER: ("Lea Labor", "lea@labor.example", "03641 111"),
    Side.COMPANY: ("Finn Firma", "finn@firma.example", "0341 222"),
}


@pytest.fixture
def pair(propose, offer, site):
    with transaction():
        offer.organisation.contact_phone = "03641 111"
        site.organisation.contact_phone = "0341 222"
    return propose()


def addresses(app, pair):
    """Every address that can be read, with each thing of the pair put into it."""
    things = (pair, pair.offer, pair.site, pair.provider, pair.company)
    keys = [thing.public_id for thing in things]
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in {
            "static",
            "accounts.sign_out",
        }:
            continue
        names = sorted(rule.arguments)
        if len(names) > 2 or set(names) - {"key", "other", "format", "form"}:
            continue
        others = [pair.site.public_id]
        values = {"format": ["csv"], "form": ["csv"], "other": others}
        for chosen in product(*(values.get(name, keys) for name in names)):
            path = str(rule)
            for part, value in zip(names, chosen, strict=True):
                for converter in ("public:", "path:", "string:", ""):
                    path = path.replace(f"<{converter}{part}>", value)
            if "<" not in path:
                yield path


def leaks(app, browser, pair, secrets):
    """The addresses that give away one of the secrets, and how many were asked."""
    paths = [*sorted(set(addresses(app, pair))), "/organisationen?q=Labor"]
    texts = {
        path: browser.get(path).get_data().decode(errors="replace") for path in paths
    }
    found = [path for path, text in texts.items() if any(s in text for s in secrets)]
    return found, len(texts)


@pytest.mark.parametrize("reader", ["provider", "company", "stranger", "guest"])
def test_nothing_tells_a_contact_before_both_agreed(
    app, browser, pair, provider, company, reader
):
    people = {"provider": provider, "company": company, "stranger": make_user()}
    secrets = {"provider": OF[Side.COMPANY], "company": OF[Side.PROVIDER]}
    if reader in people:
        browser.sign_in(people[reader])
    hidden = secrets.get(reader, OF[Side.PROVIDER] + OF[Side.COMPANY])

    found, count = leaks(app, browser, pair, hidden)

    assert found == []
    assert count > 60


def test_letters_hold_no_contact(pair, company):
    with transaction():
        agree(pair, side=Side.COMPANY, actor=company, at=NOON)

    letters = [
        json.dumps([entry.subject, entry.context])
        for entry in db.session.scalars(db.select(OutboxEntry))
    ]

    secrets = [*OF[Side.PROVIDER], *OF[Side.COMPANY]]
    assert len(letters) == 3
    assert [s for s in secrets for letter in letters if s in letter] == []


def test_the_crawl_would_notice_a_contact(app, browser, pair, company):
    with transaction():
        agree(pair, side=Side.COMPANY, actor=company, at=NOON)
    browser.sign_in(company)

    found, _count = leaks(app, browser, pair, OF[Side.PROVIDER])

    assert found == [f"/vorstellungen/{pair.public_id}"]
