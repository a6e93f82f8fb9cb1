from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.services.naming import rename_organisation
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import delete_posting, retire_hint
from marketplace.postings.offers.models import Offer
from marketplace.region.topics.enums import Audience, CostClass, Format, Topic
from marketplace.stewardship.closures.services import close_organisation
from marketplace.stewardship.imports.enums import HeldReason
from marketplace.stewardship.imports.models import HeldRow, ImportedRow, ImportRun
from marketplace.stewardship.imports.queries import rows_with_differences
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.moments import NOON
from tests.stewardship.imports.conftest import counts, reasons

HEAD = "id,title,provider,city,state"
ROW = "O1,Roboter bauen,Technikhaus e.V.,Jena,Thüringen"


def offers():
    return db.session.scalars(select(Offer).order_by(Offer.id)).all()


def test_row_becomes_a_hint_with_all_it_says(take):
    head = (
        f"{HEAD},description,topics,audience,format,cost,duration,availability,"
        "group_size,funding,url,as_of,source_licence,source"
    )
    row = (
        f"{ROW},Wir bauen.,Robotik,ab Klasse 9,Workshop,je Kurs 4 Euro,2 Stunden,"
        "dienstags,max. 12,Stiftung,www.example.org/x,2017-08,CC0-1.0,Katalog"
    )

    report = take("offers", head, row)

    assert counts(report) == {"created": 1}
    [offer] = offers()
    assert offer.state is PostingState.LISTED
    assert offer.title == "Roboter bauen"
    assert offer.description == "Wir bauen."
    assert offer.topics == {Topic.ROBOTICS}
    assert offer.audiences == {Audience.CLASS_9_10, Audience.CLASS_11_13}
    assert offer.audience_text == "ab Klasse 9"
    assert offer.format is Format.WORKSHOP
    assert (offer.cost, offer.cost_text) == (CostClass.UP_TO_5, "je Kurs 4 Euro")
    assert offer.dates_text == "dienstags · 2 Stunden"
    assert offer.group_size == "max. 12"
    assert offer.funding_today == "Stiftung"
    assert offer.link == "http://www.example.org/x"
    assert (offer.as_of, offer.as_of_text) == (date(2017, 8, 1), "2017-08")
    assert (offer.source, offer.licence) == ("Katalog", "CC0-1.0")
    assert (offer.place_name, offer.district_ags) == ("Jena", "16053")
    assert offer.published_at is None


def test_number_given_again_is_not_the_hint_the_office_deleted(take):
    take("offers", HEAD, ROW)
    with transaction():
        delete_posting(offers()[0], actor=make_coordinator(), at=NOON)
    take("offers", HEAD, "O2,Sterne zählen,Planetarium,Gera,Thüringen")

    report = take("offers", HEAD, ROW.replace("Roboter", "Rover"))

    assert counts(report) == {"unchanged": 1}
    assert [(offer.source_key, offer.title) for offer in offers()] == [
        ("O2", "Sterne zählen")
    ]


def test_hint_is_found_by_its_words(take):
    take("offers", f"{HEAD},topics", f"{ROW},Mechatronik")

    [offer] = offers()
    for word in ("Roboter", "Technikhaus", "Jena", "Mechatronik"):
        assert db.session.scalars(matching_ids("offer", word)).all() == [offer.id]


def test_missing_organisation_is_created_once_and_counted(take):
    report = take("offers", HEAD, ROW, "O2,Löten,Technikhaus e. V.,Jena,TH")

    assert report.organisations_created == 1
    [organisation] = db.session.scalars(select(Organisation)).all()
    assert organisation.state is OrganisationState.IMPORTED
    assert organisation.kinds == {OrganisationKind.PROVIDER}
    assert organisation.source == "Testliste"
    assert [offer.organisation_id for offer in offers()] == [organisation.id] * 2


def test_organisation_keeps_as_much_of_a_long_source_as_fits(take):
    take("offers", f"{HEAD},source", f"{ROW},{'Quelle ' * 50}")

    source = db.session.scalars(select(Organisation.source)).one()
    assert source.startswith("Quelle Quelle")
    assert len(source) <= 300


def test_street_becomes_a_site_of_an_imported_organisation(take):
    take("offers", f"{HEAD},street", f"{ROW},Markt 1", f"O2{ROW[2:]} 2,Markt 1")

    [site] = db.session.scalars(select(Organisation)).one().sites[1:]
    assert (site.street, site.place_name) == ("Markt 1", "Jena")
    assert {offer.site_id for offer in offers()} == {site.id}


def test_second_run_creates_nothing_and_changes_nothing(take):
    lines = (HEAD, ROW, "O2,Löten,Werkstatt,Leipzig,SN")
    take("offers", *lines)
    versions = [offer.version for offer in offers()]

    report = take("offers", *lines)

    assert counts(report) == {"unchanged": 2}
    assert report.organisations_created == 0
    assert [offer.version for offer in offers()] == versions


def test_same_number_with_new_words_updates_the_hint(take):
    take("offers", HEAD, ROW)

    report = take("offers", HEAD, ROW.replace("bauen", "programmieren"))

    assert counts(report) == {"updated": 1}
    [offer] = offers()
    assert offer.title == "Roboter programmieren"
    found = db.session.scalars(matching_ids("offer", "programmieren")).all()
    assert found == [offer.id]


def test_what_a_person_edited_is_kept_and_the_difference_is_noted(take):
    take("offers", f"{HEAD},cost", f"{ROW},4 Euro")
    with transaction():
        offers()[0].title = "Roboter selbst bauen"

    report = take("offers", f"{HEAD},cost", f"{ROW.replace('bauen', 'löten')},5 Euro")

    assert counts(report) == {"updated": 1}
    [offer] = offers()
    assert (offer.title, offer.cost_text) == ("Roboter selbst bauen", "5 Euro")
    [row] = db.session.scalars(rows_with_differences()).all()
    assert row.differences == {"title": "Roboter löten"}


def test_hint_that_went_with_its_organisation_is_not_listed_again(take):
    take("offers", HEAD, ROW)
    [offer] = offers()
    with transaction():
        retire_hint(offer, actor=make_user(), at=NOON)

    report = take("offers", HEAD, ROW.replace("bauen", "löten"))

    assert [one.state for one in offers()] == [PostingState.ARCHIVED]
    assert counts(report) == {"unchanged": 1}


def organisations():
    return db.session.scalars(select(Organisation).order_by(Organisation.id)).all()


def test_no_list_brings_an_old_name_back_or_moves_a_hint(take):
    take("offers", HEAD, ROW)
    [organisation] = organisations()
    with transaction():
        rename_organisation(
            organisation, "Werkhaus", "So heißt es.", actor=make_coordinator(), at=NOON
        )

    again = take("offers", HEAD, ROW.replace("bauen", "löten"))
    other = take("offers", HEAD, "N7,Papierbrücken,Technikhaus,Jena,TH", name="b.csv")

    assert (counts(again), counts(other)) == ({"updated": 1}, {"created": 1})
    assert [one.name for one in organisations()] == ["Werkhaus"]
    assert {offer.organisation for offer in offers()} == {organisation}


def test_a_hint_stays_with_its_organisation_whomever_its_row_names_now(take):
    take("offers", HEAD, ROW)

    take("offers", HEAD, ROW.replace("Technikhaus e.V.", "Anderes Haus"))

    [organisation] = organisations()
    assert [one.organisation for one in offers()] == [organisation]


def test_no_other_list_brings_hints_of_a_deleted_organisation_back(take):
    owner = make_user()
    gone = make_organisation(owner, "Technikhaus", town="Jena")
    with transaction():
        close_organisation(gone, "Technikhaus", actor=owner, at=NOON)

    report = take("offers", HEAD, ROW)

    assert reasons(report) == [(2, "Diese Organisation hat sich hier abgemeldet.")]
    assert (offers(), organisations()) == ([], [gone])


def test_hint_that_was_claimed_is_not_touched(take):
    take("offers", HEAD, ROW)
    with transaction():
        offers()[0].state = PostingState.DRAFT

    report = take("offers", HEAD, ROW.replace("bauen", "löten"))

    assert counts(report) == {"unchanged": 1}
    assert offers()[0].title == "Roboter bauen"


def test_number_of_another_list_is_rejected(take):
    take("offers", HEAD, ROW)

    report = take("offers", HEAD, "O1,Chemie für alle,Schloss,Leipzig,SN", name="b.csv")

    assert reasons(report) == [
        (2, "Die Nummer „O1“ gehört schon zu „Roboter bauen“ aus liste.csv.")
    ]


def test_number_twice_in_a_file_is_rejected(take):
    report = take("offers", HEAD, ROW, "O1,Chemie,Schloss,Leipzig,SN")

    assert reasons(report) == [(3, "Die Nummer „O1“ steht schon in Zeile 2.")]


def test_equal_rows_of_a_numbered_file_are_held_and_alike_ones_are_not(take):
    report = take(
        "offers",
        HEAD,
        ROW,
        ROW.replace("O1", "O2"),
        ROW.replace("O1", "O3").replace("bauen", "bauen 2"),
    )

    assert counts(report) == {"created": 2, "held": 1}
    [held] = db.session.scalars(select(HeldRow)).all()
    assert (held.line, held.reason) == (3, HeldReason.LIKELY_DUPLICATE)
    assert held.like_id == offers()[0].id
    assert held.values["id"] == "O2"


def test_alike_rows_of_another_file_are_held(take):
    take("offers", HEAD, ROW)

    report = take("offers", HEAD, ROW.replace("O1,", "X9,") + "", name="andere.csv")

    assert counts(report) == {"held": 1}


def test_ambiguous_place_is_held_with_its_candidates(take):
    report = take("offers", HEAD, "O1,A,B,Neukirchen,SN")

    assert counts(report) == {"held": 1}
    [held] = db.session.scalars(select(HeldRow)).all()
    assert held.reason is HeldReason.AMBIGUOUS_PLACE
    assert len(held.place_ids) == 2
    assert offers() == []


def test_held_row_is_held_once_however_often_its_file_comes(take):
    for _ in range(2):
        report = take("offers", HEAD, "O1,A,B,Neukirchen,SN")

    assert counts(report) == {"held": 1}
    assert len(db.session.scalars(select(HeldRow)).all()) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("O1,,B,Jena,TH", "„Titel“ fehlt."),
        (
            "O1,A,B,Potsdam,Brandenburg",
            "„Brandenburg“ liegt außerhalb von Sachsen, Sachsen-Anhalt und Thüringen.",
        ),
        ("O1,A,B,,", "Ort und Bundesland fehlen."),
        ("O1,A,B,Jena,TH,x", "Die Zeile hat mehr Zellen als Überschriften."),
    ],
)
def test_row_that_lacks_what_a_hint_needs_is_rejected(take, row, reason):
    report = take("offers", HEAD, row)

    assert reasons(report) == [(2, reason)]
    assert offers() == []
    assert db.session.scalars(select(Organisation)).all() == []


def test_row_without_source_needs_one_for_the_file(take):
    assert reasons(take("offers", HEAD, ROW, source="")) == [(2, "„Quelle“ fehlt.")]


def test_licence_of_the_row_goes_before_the_one_of_the_file(take):
    take(
        "offers",
        f"{HEAD},licence",
        f"{ROW},CC0-1.0",
        "O2,Löten,Werkstatt,Leipzig,SN,",
        licence="CC BY 4.0",
    )

    assert [offer.licence for offer in offers()] == ["CC0-1.0", "CC BY 4.0"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "siehe Aushang", "ftp://x.de"])
def test_link_that_is_no_web_address_rejects_the_row(take, link):
    report = take("offers", f"{HEAD},url", f"{ROW},{link}")

    assert reasons(report) == [
        (2, f"„{link.split(maxsplit=1)[0]}“ ist keine Webadresse.")
    ]


def test_nothing_is_guessed_from_what_is_blank(take):
    take("offers", "title,city", "Kaffeekränzchen,Jena")

    [offer] = offers()
    assert offer.organisation.name == "Anbieter nicht genannt"
    assert (offer.topics, offer.audiences) == (frozenset(), frozenset())
    assert (offer.format, offer.cost, offer.as_of) == (None, CostClass.UNKNOWN, None)
    assert (offer.link, offer.licence, offer.site_id) == ("", "", None)


def test_text_too_long_for_its_column_is_kept_whole_in_the_description(take):
    title = " ".join(["Sehr langer Titel"] * 12)

    take("offers", "title,city,format", f"{title},Jena,Angebotsschwerpunkt")

    [offer] = offers()
    assert len(offer.title) <= 160
    assert offer.title.endswith("…")
    assert offer.description == f"Angebotsschwerpunkt\n\n{title}"


def test_file_without_numbers_knows_its_rows_by_title_provider_and_town(take):
    lines = ("Titel;Anbieter;Ort;Kosten", "Löten;Werkstatt;Jena;frei")
    take("offers", *lines)

    report = take("offers", lines[0], "LÖTEN;Werkstatt;Jena;5 Euro")

    assert counts(report) == {"updated": 1}
    assert [offer.cost_text for offer in offers()] == ["5 Euro"]


def test_internship_keeps_the_words_of_its_list(take):
    report = take(
        "internships",
        "title,provider,kind,occupations,city,audience,duration,period,places,conditions",
        "Ferien im Werk,Stahl AG,Ferienpraktikum,Metall; Chemie,Halle,9. Klasse,"
        "1 Woche,Ferien,35 (11 besetzt),freiwillig",
    )

    assert counts(report) == {"created": 1}
    [internship] = db.session.scalars(select(Internship)).all()
    assert internship.state is PostingState.LISTED
    assert internship.description == "Ferienpraktikum\n\nMetall; Chemie"
    assert internship.audience_text == "9. Klasse"
    assert internship.audiences == {Audience.CLASS_9_10}
    assert internship.period_text == "Ferien · 1 Woche"
    assert internship.places_text == "35 (11 besetzt)"
    assert internship.terms_text == "freiwillig"
    assert internship.shape is Shape.ON_REQUEST
    assert internship.topics == {Topic.MECHANICAL_ENGINEERING, Topic.CHEMISTRY}
    assert internship.place_name == "Halle (Saale)"
    assert internship.organisation.kinds == {OrganisationKind.COMPANY}


def test_alike_internships_in_two_towns_are_two(take):
    report = take(
        "internships",
        "title,provider,city",
        "Azubi auf Probe,Stahl AG,Jena",
        "Azubi auf Probe,Stahl AG,Leipzig",
        "Azubi auf Probe!,Stahl AG,Jena",
    )

    assert counts(report) == {"created": 2, "held": 1}


def test_run_and_rows_are_written_down(take):
    take("offers", HEAD, ROW, "O2,A,B,Neukirchen,SN", "O3,,B,Jena,TH")

    [run] = db.session.scalars(select(ImportRun)).all()
    assert (run.kind, run.file_name, run.source) == ("offers", "liste.csv", "Testliste")
    assert (run.read_count, run.created_count) == (3, 1)
    assert (run.held_count, run.rejected_count) == (1, 1)
    assert run.organisations_created_count == 1
    [row] = db.session.scalars(select(ImportedRow)).all()
    assert (row.key, row.thing_id) == ("O1", offers()[0].id)
