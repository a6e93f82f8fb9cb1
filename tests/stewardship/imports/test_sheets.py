"""Every odd and hostile file, through the reader and through the page."""

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.imports.models import Upload
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.people import make_coordinator
from tests.stewardship.imports.conftest import counts, handed_in
from tests.stewardship.imports.sheets import BAD, GOOD, TITLES, dated

DAYS = ("24.11.2025", "2025-11-24", "24. 11. 2025", "45985", "2025-11-24T00:00:00")
SOURCE = "Erfundene Liste"


@pytest.fixture
def give(browser, towns):
    """Hands a file in on the desk; the page behind it."""
    browser.sign_in(make_coordinator())

    def give(name, content, kind=""):
        return browser.post(
            "/koordination/einlesen", **handed_in(content, name, kind=kind)
        )

    return give


def sent(upload):
    """What the form of the preview sends, as it stands there."""
    fields = [str(k) for k, heading in enumerate(upload.headings) if heading]
    names = {"Titel": "title", "Anbieter": "provider", "PLZ": "postal_code"}
    names |= {"Ort": "city", "Stand": "as_of"}
    columns = {f"columns-{k}": names[upload.headings[int(k)]] for k in fields}
    return {"kind": "offers", "source": SOURCE, "take": "1"} | columns


def titles():
    return sorted(db.session.scalars(select(Offer.title)))


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_there_are_twenty_and_more():
    assert len(GOOD) + len(BAD) >= 20


@pytest.mark.parametrize("name", GOOD)
def test_odd_file_is_read(take, name):
    report = take("offers", GOOD[name], name=name)

    assert (report.refusal, counts(report)) == ("", {"created": 2})
    assert titles() == TITLES


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_one_sentence(take, name):
    content, sentence = BAD[name]

    report = take("offers", content, name=name)

    assert (report.refusal, report.read) == (sentence, 0)
    assert titles() == []


@pytest.mark.parametrize("name", GOOD)
def test_odd_file_is_previewed_and_taken_over_on_the_desk(browser, give, name):
    answer = give(name, GOOD[name], "offers")
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    upload = db.session.scalars(select(Upload)).one()
    assert all(title in page for title in TITLES)
    assert titles() == []

    assert browser.post(answer.location, data=sent(upload)).status_code == 302
    run_due()

    assert titles() == TITLES
    page = browser.get(answer.location).text
    assert ">2</span><p>neu</p>" in page


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_on_the_desk_with_the_same_sentence(give, name):
    content, sentence = BAD[name]

    answer = give(name, content, "offers")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (number_of(Upload), number_of(StoredFile)) == (0, 0)


def test_days_are_understood_in_five_forms(take):
    take("offers", dated(*DAYS))

    days = db.session.scalars(select(Offer.as_of).order_by(Offer.id)).all()
    assert [day.isoformat() for day in days] == ["2025-11-24"] * 5
