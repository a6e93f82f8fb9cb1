from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.text import bare_name
from marketplace.people.organisations.enums import OrganisationKind, OrganisationState
from marketplace.people.organisations.models import Organisation
from tests.stewardship.imports.conftest import counts, reasons

KIND = OrganisationKind
HEAD = "name,type,city,state,url,role,evidence,source"


def organisations():
    query = select(Organisation).order_by(Organisation.id)
    return db.session.scalars(query).all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stahlwerk", "Stahlwerk AG"),
        ("STAHLWERK AG", "Stahlwerk GmbH & Co. KG"),
        ("Werkstatt e.V.", "Werkstatt e. V."),
        ("Müllers Haus", "Muellers Haus gGmbH"),
    ],
)
def test_names_are_one_whatever_their_legal_form(one, other):
    assert bare_name(one) == bare_name(other)


def test_name_that_is_a_legal_form_alone_stays():
    assert bare_name("AG") == "ag"


def test_row_becomes_an_organisation_known_by_name_alone(take):
    report = take(
        "organisations",
        HEAD,
        "Werkstatt e.V.,Verein/Netzwerk,Jena,TH,example.org,Anbieter,seit 2010,Liste",
    )

    assert counts(report) == {"created": 1}
    assert report.organisations_created == 1
    [organisation] = organisations()
    assert organisation.state is OrganisationState.IMPORTED
    assert organisation.kinds == {KIND.ASSOCIATION, KIND.PROVIDER}
    assert organisation.website == "http://example.org"
    assert organisation.note == "Anbieter\nseit 2010"
    assert organisation.source == "Liste"
    assert organisation.sort_name == "werkstatt e.v."
    assert [site.place_name for site in organisation.sites] == ["Jena"]


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("Unternehmen", {KIND.COMPANY}),
        ("Hochschule", {KIND.PROVIDER}),
        ("Museum/Lernort", {KIND.PROVIDER}),
        ("Schule", {KIND.SCHOOL}),
        ("Gesamtkonzept", set()),
        ("Amt", {KIND.AUTHORITY}),
    ],
)
def test_kinds_are_read_from_the_words_of_the_list(take, told, kinds):
    take("organisations", "name,type", f"Haus,{told}")

    assert organisations()[0].kinds == kinds


def test_place_may_be_left_open(take):
    take("organisations", HEAD, "Stahl AG,Unternehmen,,,,,,Liste")

    assert organisations()[0].sites == []


def test_organisation_outside_the_three_states_is_rejected(take):
    report = take("organisations", HEAD, "Stahl AG,Unternehmen,Cottbus,Brandenburg,,,,")

    assert reasons(report) == [
        (
            2,
            "„Brandenburg“ liegt außerhalb von Sachsen, Sachsen-Anhalt und Thüringen.",
        )
    ]


def test_minutes_are_named_as_the_office_names_them(take):
    take("organisations", "name,source", "A,Protokoll der Runde vom 1.2.2018")

    assert organisations()[0].source == "Protokoll der Runde, 1.2.2018"


def test_second_run_changes_nothing(take):
    lines = (HEAD, "Stahl AG,Unternehmen,Jena,TH,,Sponsor,,Liste")
    take("organisations", *lines)

    assert counts(take("organisations", *lines)) == {"unchanged": 1}


def test_same_name_and_place_in_a_new_form_updates(take):
    take("organisations", "name,city", "Stahl AG,Jena")

    report = take("organisations", "name,city,url", "STAHL,Jena,example.org")

    assert counts(report) == {"updated": 1}
    assert [o.website for o in organisations()] == ["http://example.org"]


def test_same_name_in_another_town_is_another(take):
    report = take(
        "organisations", "name,city", "Sternwarte Nord,Jena", "Sternwarte Nord,Leipzig"
    )

    assert counts(report) == {"created": 2}


def test_alike_name_in_the_same_town_is_held(take):
    take("organisations", "name,city", "Sternwarte am Nordhang,Jena")

    report = take(
        "organisations", "name,city", "Sternwarte am Nordhange,Jena", name="b.csv"
    )

    assert counts(report) == {"held": 1}


def test_same_organisation_twice_in_a_file_is_held(take):
    report = take("organisations", "name,city", "Haus e.V.,Jena", "Haus e. V.,Jena")

    assert counts(report) == {"created": 1, "held": 1}


def test_verified_organisation_is_not_touched(take):
    take("organisations", "name,city", "Stahl AG,Jena")
    with transaction():
        organisations()[0].state = OrganisationState.VERIFIED
        organisations()[0].verified_at = datetime(2026, 1, 1, tzinfo=UTC)

    report = take("organisations", "name,city,url", "Stahl AG,Jena,example.org")

    assert counts(report) == {"unchanged": 1}
    assert organisations()[0].website == ""


def test_list_of_finances_is_noted_on_those_there_are(take):
    take("organisations", HEAD, "Mühle,Anbieter,Leipzig,SN,,Anbieter,,Liste")

    lines = (
        "name,funding_text,address_key",
        "Mühle,vom Amt gefördert,04277.Leipzig.Weg.1",
        "Garten,nein,04277.Leipzig.Weg.2",
    )
    report = take("organisations", *lines, name="with_funding.csv")

    assert counts(report) == {"updated": 1, "created": 1}
    assert [o.note for o in organisations()] == ["Anbieter\nvom Amt gefördert", "nein"]
    assert organisations()[1].sites[0].postal_code == "04277"
    assert counts(take("organisations", *lines)) == {"unchanged": 2}


def test_first_list_again_keeps_what_the_second_noted(take):
    line = "Mühle,Anbieter,Leipzig,SN,,Anbieter,,Liste"
    take("organisations", HEAD, line)
    take("organisations", "name,funding_text", "Mühle,vom Amt gefördert")

    take("organisations", HEAD, line.replace("Liste", "Neue Liste"))

    assert organisations()[0].note == "Anbieter\nvom Amt gefördert"
    assert organisations()[0].source == "Neue Liste"


def test_posting_in_another_town_belongs_to_the_only_one_of_its_name(take):
    take("organisations", "name,city", "Wanderlabor e.V.,Jena")

    report = take("offers", "id,title,provider,city", "1,A,Wanderlabor,Leipzig")

    assert report.organisations_created == 0
