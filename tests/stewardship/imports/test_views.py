import csv
import io

import pytest
from flask_babel import refresh
from sqlalchemy import select

from marketplace.foundation import spreadsheets
from marketplace.foundation.database import db
from marketplace.foundation.spreadsheets_books import sheets_of_book
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.imports.models import Upload, UploadRow
from marketplace.stewardship.imports.services import uploads
from marketplace.stewardship.imports.services.exports import TEMPLATES
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.people import make_coordinator, make_user
from tests.stewardship.imports.conftest import counts, handed_in

DESK = "/koordination/einlesen"
FILE = (
    b"Titel,Ort,Quelle\nLoeten,Jena,Liste\n=1+1,Cottbus,Liste\nBauen,Neukirchen,Liste\n"
)


@pytest.fixture
def desk(browser, towns):
    return browser.sign_in(make_coordinator())


def give(desk, content=FILE, name="angebote.csv", **fields):
    return desk.post(DESK, **handed_in(content, name, **{"kind": ""} | fields))


def only():
    return db.session.scalars(select(Upload)).one()


def work():
    """Does what is due as the worker does, whom no request told its language."""
    refresh()
    run_due()


def form_of(upload, **changes):
    names = {"Titel": "title", "Ort": "city", "Quelle": "source"}
    columns = {
        f"columns-{k}": names.get(heading, "")
        for k, heading in enumerate(upload.headings)
    }
    return {"kind": upload.kind.value, "source": "", "licence": ""} | columns | changes


def test_desk_is_for_the_office_alone(browser):
    assert browser.get(DESK).status_code == 302
    browser.sign_in(make_user())
    assert browser.get(DESK).status_code == 404
    assert give(browser).status_code == 404


def test_empty_desk_says_so_and_offers_templates(desk):
    page = desk.get(DESK).text

    assert "Noch keine Datei" in page
    assert page.count("/einlesen/vorlagen/") == len(TEMPLATES)


def test_file_must_be_chosen(desk):
    answer = desk.post(DESK, data={"kind": ""})

    assert answer.status_code == 422
    assert "Wählen Sie eine Datei." in answer.text


def test_page_says_that_the_preview_is_being_made(desk, monkeypatch):
    monkeypatch.setattr(uploads, "MUCH", -1)
    address = give(desk).location
    page = desk.get(address).text
    assert "Wir vergleichen die ersten Zeilen" in page
    assert f'data-progress="{address}"' in page
    assert only().public_id in desk.get(DESK).text

    run_due()

    assert "noch ist nichts übernommen" in desk.get(address).text


def test_worker_speaks_as_whoever_gave_the_file_and_started_it(desk, monkeypatch):
    monkeypatch.setattr(uploads, "MUCH", -1)
    desk.set_cookie("sprache", "en")
    address = give(desk).location
    work()
    told = "The place “Cottbus” is not known in the three states."
    assert only().preview[1]["reason"] == told
    assert told in desk.get(address).text

    desk.post(address, data=form_of(only(), take="1"))
    work()

    [rejected] = db.session.scalars(select(UploadRow))
    assert rejected.reason == told
    [offer] = db.session.scalars(select(Offer))
    # What is kept of a row does not follow the reader.
    assert offer.organisation.name == "Anbieter nicht genannt"


def test_file_that_is_refused_later_is_refused_in_the_language_of_its_giver(
    desk, monkeypatch
):
    desk.set_cookie("sprache", "en")
    address = give(desk).location
    desk.post(address, data=form_of(only(), take="1"))
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 1)

    work()

    told = "The table has more than 50,000 rows. Please split it."
    assert only().refusal == told
    assert told in desk.get(address).text


def test_file_goes_from_the_desk_to_its_report(desk):
    address = give(desk).location
    page = desk.get(address).text
    assert "noch ist nichts übernommen" in page
    assert "Cottbus" in page
    assert "zurückgehalten" in page

    desk.post(address, data=form_of(only(), take="1"))
    page = desk.get(address).text
    assert "Die Datei wird gelesen." in page
    assert "data-progress" in page
    assert only().public_id in desk.get(DESK).text

    run_due()
    page = desk.get(address).text
    assert "Abgelehnte Zeilen" in page
    assert "in den drei Ländern nicht bekannt" in page
    assert "3 gelesen, 1 neu" in desk.get(DESK).text
    assert db.session.scalars(select(Offer.title)).all() == ["Loeten"]


def test_progress_tells_how_far_it_is(desk):
    address = give(desk).location
    upload = only()
    desk.post(address, data=form_of(upload, take="1"))
    upload.state, upload.row_count, upload.done_count = "taking", 50_000, 1_200
    db.session.commit()

    page = desk.get(address).text

    assert "1.200 von 50.000 Zeilen sind übernommen." in page
    assert '<progress max="50000" value="1200"' in page


def test_preview_is_looked_at_anew_under_another_mapping(desk):
    address = give(desk, b"Was,Ort,Quelle\nL,Jena,Liste\n", kind="offers").location
    assert "Ordnen Sie erst die Spalten zu." in desk.get(address).text

    form = form_of(only(), look="1") | {"columns-0": "title"}
    assert desk.post(address, data=form).status_code == 302

    assert "neu</span>" in desk.get(address).text
    assert only().state == "chosen"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"columns-1": "title"}, "„Titel“ ist schon „Titel“."),
        ({"columns-0": ""}, "Ordnen Sie noch zu: Titel."),
    ],
)
def test_wrong_mapping_comes_back_with_what_is_wrong(desk, changes, sentence):
    address = give(desk).location

    answer = desk.post(address, data=form_of(only(), take="1") | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert only().state == "chosen"


def test_what_is_on_its_way_cannot_be_changed_or_thrown_away(desk):
    address = give(desk).location
    desk.post(address, data=form_of(only(), take="1"))

    again = desk.post(address, data=form_of(only(), take="1"))
    thrown = desk.post(f"{address}/verwerfen")

    assert (again.status_code, thrown.status_code) == (409, 409)
    assert "schon unterwegs" in again.text


def test_file_is_thrown_away(desk):
    address = give(desk).location

    answer = desk.post(f"{address}/verwerfen", follow_redirects=True)

    assert "Es wurde nichts übernommen." in answer.text
    assert db.session.scalars(select(Upload)).all() == []


def test_rejected_rows_come_back_neutral_and_can_be_mended(desk, take):
    address = give(desk).location
    desk.post(address, data=form_of(only(), take="1"))
    run_due()

    table = desk.get(f"{address}/abgelehnt.csv")
    book = desk.get(f"{address}/abgelehnt.xlsx")

    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert rows[0] == ["Zeile", "Grund", "Titel", "Ort", "Quelle"]
    assert rows[1][2:] == ["'=1+1", "Cottbus", "Liste"]
    assert "attachment" in table.headers["Content-Disposition"]
    assert counts(take("offers", table.data.replace(b"Cottbus", b"Leipzig"))) == {
        "created": 1
    }
    assert counts(take("offers", book.data, name="b.xlsx")) == {"rejected": 1}
    assert "=1+1" in db.session.scalars(select(Offer.title)).all()


@pytest.mark.parametrize("kind", TEMPLATES)
def test_template_is_empty_and_its_example_is_taken(desk, take, kind):
    answer = desk.get(f"{DESK}/vorlagen/{kind}.xlsx")

    empty = give(desk, answer.data, "vorlage.xlsx", kind=kind)
    assert "Die Tabelle hat keine Zeilen." in empty.text
    lines = io.StringIO()
    example = sheets_of_book(answer.data)["Beispiel"]
    csv.writer(lines).writerows(cells for _line, cells in example)
    report = take(kind, lines.getvalue().encode())
    assert (counts(report), report.unknown) == ({"created": 1}, [])


def test_unknown_template_is_not_found(desk):
    assert desk.get(f"{DESK}/vorlagen/nichts.xlsx").status_code == 404


def test_larger_requests_are_let_in_here_alone(desk):
    large = b"x" * (2 * 1024 * 1024)

    assert give(desk, large).status_code == 422
    assert desk.post("/melden", **handed_in(large, "x.csv")).status_code == 413
    longer = give(desk, b"x" * (11 * 1024 * 1024))
    assert longer.status_code == 422
    assert "Die Datei ist größer als 10 MB." in longer.text
    assert give(desk, b"x" * (19 * 1024 * 1024)).status_code == 413


def test_number_of_queries_does_not_grow_with_the_runs(desk, queries, take):
    take("offers", "Titel,Ort", "A,Jena")
    desk.get(DESK)
    queries.clear()
    desk.get(DESK)
    for_one = len(queries)
    for k in range(29):
        take("offers", "Titel,Ort", f"A{k},Jena")
    queries.clear()
    desk.get(DESK)

    assert len(queries) == for_one
