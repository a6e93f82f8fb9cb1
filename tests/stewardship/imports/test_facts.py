from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import SchoolKind
from marketplace.people.schools.models import School
from marketplace.postings.sponsorships.models import PastGrant
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.models import CalendarRow
from marketplace.region.occupations.models import Occupation, OccupationGroup
from marketplace.region.places.queries import place_for, place_of_postal_code
from marketplace.stewardship.imports.services.schools import kind_of_school
from tests.stewardship.imports.conftest import counts, reasons

PLACES = "geonameid,name,state,latitude,longitude,population"


def test_places_get_their_district_and_the_second_run_changes_nothing(take):
    lines = (
        f"{PLACES},ags,source",
        "1,Leipzig,SN,51.33962,12.37129,500000,14713,GeoNames",
        "99,Neudorf,TH,50.9,11.5,700,16053,GeoNames",
    )

    assert counts(take("places", *lines)) == {"unchanged": 1, "created": 1}
    assert counts(take("places", *lines)) == {"unchanged": 2}
    assert place_for("Neudorf").district_ags == "16053"


def test_postal_codes_lead_to_their_town_and_lost_zeros_come_back(take):
    lines = (
        f"{PLACES},postal_codes,source",
        "1,Leipzig,SN,51.33962,12.37129,500000,04229 4315,andere Liste",
    )

    assert counts(take("places", *lines)) == {"updated": 1}
    assert counts(take("places", *lines)) == {"unchanged": 1}
    assert place_of_postal_code("04315").name == "Leipzig"
    assert place_for("Leipzig").source == "GeoNames"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,A,SN,51,12,1,14713", "„geonameid“ ist keine Zahl."),
        ("9,A,SN,viel,12,1,14713", "„latitude“ ist keine Zahl."),
        ("9,A,SN,51,12,1,99999", "Den Kreis „99999“ gibt es nicht."),
        ("9,,SN,51,12,1,14713", "„Name“ fehlt."),
        ("9,A,,51,12,1,14713", "„Land“ fehlt."),
        (
            "9,A,Bayern,51,12,1,14713",
            "„Bayern“ liegt außerhalb von Sachsen, Sachsen-Anhalt und Thüringen.",
        ),
    ],
)
def test_place_that_is_none_is_rejected(take, row, reason):
    report = take("places", f"{PLACES},ags", row)

    assert reasons(report) == [(2, reason)]


def test_holidays_and_free_days_are_told_apart_by_their_name(take):
    report = take(
        "holidays",
        "state_code,name,start,end,source",
        "DE-SN,Sommerferien,2031-07-01,2031-08-10,Ministerium",
        "DE-SN,Unterrichtsfreier Tag,30.05.2031,30.05.2031,Ministerium",
    )

    assert counts(report) == {"created": 2}
    rows = db.session.scalars(
        select(CalendarRow).where(CalendarRow.source == "Ministerium")
    ).all()
    assert {(row.kind, row.starts_on, row.ends_on) for row in rows} == {
        (DayKind.SCHOOL_HOLIDAY, date(2031, 7, 1), date(2031, 8, 10)),
        (DayKind.FREE_DAY, date(2031, 5, 30), date(2031, 5, 30)),
    }


def test_list_without_an_end_tells_public_holidays(take):
    lines = ("Land;Datum;Name", "Thüringen;20.09.2033;Weltkindertag")

    assert counts(take("holidays", *lines)) == {"created": 1}
    assert counts(take("holidays", *lines)) == {"unchanged": 1}
    [row] = db.session.scalars(
        select(CalendarRow).where(CalendarRow.starts_on == date(2033, 9, 20))
    ).all()
    assert (row.kind, row.ends_on) == (DayKind.PUBLIC_HOLIDAY, date(2033, 9, 20))


@pytest.mark.parametrize("days", ["Sommer,2031-08-10", "2031-08-10,2031-07-01"])
def test_days_out_of_order_are_rejected(take, days):
    report = take("holidays", "state,name,start,end", f"SN,Ferien,{days}")

    assert reasons(report) == [(2, "Beginn und Ende sind keine Tage in ihrer Folge.")]


def test_occupation_codes_are_text_and_lost_zeros_come_back(take):
    lines = ("code,level,title", "1,2,Angehörige", "43,2,Informatik", "0,1,Militär")

    assert counts(take("occupations", *lines)) == {"created": 3}
    assert counts(take("occupations", *lines)) == {"unchanged": 3}
    codes = db.session.scalars(select(OccupationGroup.code).order_by("code")).all()
    assert codes == ["0", "01", "43"]


def test_code_that_comes_twice_in_a_list_is_one_line(take):
    report = take("occupations", "code,title", "43,Informatik", "43,Informatik 2")

    assert counts(report) == {"created": 1, "updated": 1}
    titles = db.session.scalars(select(OccupationGroup.title)).all()
    assert titles == ["Informatik 2"]


@pytest.mark.parametrize("row", ["12345,2,A", "4x,2,A", "123456,6,A"])
def test_what_is_no_code_is_rejected(take, row):
    report = take("occupations", "code,level,title", row)

    code = row.split(",")[0]
    assert reasons(report) == [(2, f"„{code}“ ist kein Schlüssel der KldB.")]


def test_occupations_that_a_source_calls_mint_are_marked(take):
    with transaction():
        db.session.add(
            Occupation(
                title="Testbauerin, Testbauer für Anlagen",
                sort_title="testbauerin",
                words="",
                code="2611",
                way_in=None,
            )
        )
    take("occupations", "code,level,title", "2611,4,Mechatronik")

    lines = ("title,named_as", "Testbauer/-in – Systeme,MINT", "Clown/-in,MINT")
    report = take("occupations", *lines)

    assert counts(report) == {"updated": 1, "rejected": 1}
    assert reasons(report) == [(3, "Zu „Clown/-in“ ist keine Berufsgruppe bekannt.")]
    [group] = db.session.scalars(select(OccupationGroup)).all()
    assert group.is_mint is True
    assert counts(take("occupations", *lines)) == {"unchanged": 1, "rejected": 1}


def test_schools_keep_their_number_and_find_their_district(take):
    lines = (
        "school_id,name,school_type,street,postal_code,city,state,latitude,longitude",
        "S1,Nordschule,Gymnasium,Weg\xa01,04277,Leipzig\xa0OT\xa0Connewitz,SN,51.31,12.37",
        "S2,Nordschule,Grundschule,Weg 1,04277,Leipzig,SN,51.31,12.37",
    )

    assert counts(take("schools", *lines)) == {"created": 2}
    assert counts(take("schools", *lines)) == {"unchanged": 2}
    school, other = db.session.scalars(select(School).order_by(School.key)).all()
    assert (school.kind, school.is_selectable) == (SchoolKind.GYMNASIUM, True)
    assert (school.street, school.place_name) == ("Weg 1", "Leipzig")
    assert (school.district_ags, school.lat) == ("14713", 51.31)
    assert (other.kind, other.is_selectable) == (SchoolKind.OTHER, True)


def test_school_that_changed_is_updated(take):
    head = "school_id,name,school_type,state"
    take("schools", head, "S1,Nordschule,Gymnasium,SN")

    report = take("schools", head, "S1,Südschule,Gymnasium,SN")

    assert counts(report) == {"updated": 1}
    assert db.session.scalars(select(School.name)).all() == ["Südschule"]


@pytest.mark.parametrize(
    ("kind_text", "name", "kind", "is_selectable"),
    [
        ("Mittelschule", "", SchoolKind.OBERSCHULE, True),
        ("Thüringer Gemeinschaftsschule", "", SchoolKind.COMMUNITY, True),
        ("Integrierte Gesamtschule", "", SchoolKind.COMMUNITY, True),
        ("Regelschule in freier Trägerschaft", "", SchoolKind.REGELSCHULE, True),
        ("Berufliches Gymnasium", "", SchoolKind.VOCATIONAL, True),
        ("Berufsbildende Förderschule", "", SchoolKind.VOCATIONAL, True),
        ("Schule zur Lernförderung", "", SchoolKind.SPECIAL, True),
        ("", "Sekundarschule Nord", SchoolKind.SEKUNDARSCHULE, True),
        ("", "Nord-Gymnasium", SchoolKind.GYMNASIUM, True),
        ("", "BbS Nord", SchoolKind.VOCATIONAL, True),
        ("Grundschule", "", SchoolKind.OTHER, True),
        ("Schulaufsicht Sonstige Behörde", "Gymnasium", SchoolKind.OTHER, False),
        ("Einrichtungen Medienzentrum", "", SchoolKind.OTHER, False),
        ("", "Ministerium für Bildung", SchoolKind.OTHER, False),
    ],
)
def test_kind_of_a_school_shows_in_the_words_of_the_list(
    kind_text, name, kind, is_selectable
):
    assert kind_of_school(kind_text, name) == (kind, is_selectable)


def test_past_grants_are_history_and_come_once(take):
    lines = (
        "funder,recipient,amount_eur,year,purpose",
        "Stiftung Nord,Labor Süd,12.000 €,2019,Geräte",
        "Stiftung Nord,Labor Süd,rund 500,,Fahrten",
    )

    assert counts(take("sponsorships", *lines)) == {"created": 2}
    assert counts(take("sponsorships", *lines)) == {"unchanged": 2}
    grants = db.session.scalars(select(PastGrant).order_by(PastGrant.id)).all()
    assert [(g.amount_eur, g.amount_text, g.year) for g in grants] == [
        (12000, "12.000 €", 2019),
        (None, "rund 500", None),
    ]


def test_prizes_name_the_prize_as_their_funder(take):
    report = take(
        "sponsorships",
        "year,title,organisation,place,funding",
        "2019,Abenteuer,Kita Nord,Leipzig,Preis der Region",
        "2019,,,Leipzig,Preis der Region",
    )

    assert counts(report) == {"created": 1, "rejected": 1}
    [grant] = db.session.scalars(select(PastGrant)).all()
    assert (grant.funder, grant.recipient, grant.title, grant.place_name) == (
        "Preis der Region",
        "Kita Nord",
        "Abenteuer",
        "Leipzig",
    )
