"""Each paper opens, is tagged, and says what is true of three different people."""

from datetime import date, time

import pytest

from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.services import printing
from marketplace.encounters.papers.services.agreeing import sign
from marketplace.encounters.papers.services.instructing import Dates, note_dates
from marketplace.foundation.database import transaction
from marketplace.postings.internships.models import Break
from marketplace.upkeep.settings.enums import Setting
from tests.factories.applications import PARENT, SCHOOL_WEEK, make_place
from tests.factories.papers import (
    make_agreement,
    make_placement,
    make_school_placement,
)
from tests.factories.people import make_company, make_pupil
from tests.factories.settings import set_to
from tests.moments import NOON
from tests.papers import Paper

ADDRESS = "https://mint.example/bewerbungen/abc/unterlagen"
CODE = "abcd-efgh-jkmn"


def named(pupil, first_name, surname):
    with transaction():
        pupil.first_name, pupil.surname = first_name, surname
    return pupil


@pytest.fixture
def mia(app):
    """Of sixteen, in her holidays."""
    pupil = named(make_pupil(class_level=10, school_state="TH"), "Mia", "Sonnenschein")
    company = make_company(name="Optik Jena")
    place = make_place(organisation=company, description="Du schleifst eine Linse.")
    return make_placement(pupil, internship=place)


@pytest.fixture
def emil(app):
    """Of fourteen, sent by his school, to short days without a break."""
    born_on = date(2012, 2, 10)
    pupil = named(make_pupil(born_on, class_level=8), "Emil", "Zahnrad")
    place = make_place(
        week=SCHOOL_WEEK,
        organisation=make_company(name="Getriebebau Harz"),
        description="Du feilst ein Zahnrad.",
        day_starts_at=time(9),
        day_ends_at=time(12, 30),
        breaks=[],
    )
    return make_school_placement(
        pupil,
        internship=place,
        class_level=8,
        school_name="Sekundarschule Nord",
        guardian_name="Jens Zahnrad",
    )


@pytest.fixture
def ada(app):
    """Of age, with two breaks a day."""
    pupil = named(make_pupil(date(2008, 3, 1), class_level=12), "Ada", "Größel")
    place = make_place(
        organisation=make_company(name="Rechenwerk"),
        description="Sie schreiben ein Programm.",
        day_starts_at=time(8),
        day_ends_at=time(16, 30),
        breaks=[
            Break(starts_at=time(10), ends_at=time(10, 15)),
            Break(starts_at=time(12), ends_at=time(12, 45)),
        ],
    )
    return make_placement(pupil, internship=place, class_level=12, guardian_name="")


@pytest.fixture
def people(mia, emil, ada):
    return {"mia": mia, "emil": emil, "ada": ada}


def papers_of(application):
    agreement = make_agreement(application)
    return {
        "Praktikumsvereinbarung: Glas, das Licht lenkt": printing.agreement_pdf(
            agreement, address=ADDRESS
        ),
        "Information für Eltern": printing.guardian_information(application, at=NOON),
        "Freistellung vom Unterricht": printing.school_release(
            application, code=CODE, at=NOON
        ),
        "Nachweis der Unterweisung": printing.instruction_record(
            application, None, at=NOON
        ),
    }


def test_each_is_tagged_and_says_title_and_language(mia):
    for title, content in papers_of(mia).items():
        paper = Paper(content)
        assert (paper.title, paper.language, paper.is_tagged) == (title, "de-DE", True)
        assert "<pdfuaid:part>1</pdfuaid:part>" in paper.metadata


@pytest.mark.parametrize(
    ("who", "own"),
    [
        (
            "mia",
            [
                *("Mia Sonnenschein, Klasse 10", "Optik Jena", "Ute Muster"),
                *("1. bis 5. Februar 2027", "6 Stunden", "Du schleifst eine Linse."),
                "freiwilliges Praktikum",
            ],
        ),
        (
            "emil",
            [
                *("Emil Zahnrad, Klasse 8", "Getriebebau Harz", "Jens Zahnrad"),
                *("8. bis 12. März 2027", "3,5 Stunden", "Du feilst ein Zahnrad."),
                *("9:00 bis 12:30 Uhr", "Sekundarschule Nord", "Schulpraktikum"),
            ],
        ),
        (
            "ada",
            [
                *("Ada Größel, Klasse 12", "Rechenwerk", "7,5 Stunden"),
                "8:00 bis 16:30 Uhr, Pause 10:00 bis 10:15 und 12:00 bis 12:45 Uhr",
                "Sie schreiben ein Programm.",
            ],
        ),
    ],
)
def test_an_agreement_says_what_is_true_of_each_and_of_nobody_else(people, who, own):
    text = text_of(make_agreement(people[who]))

    assert [words for words in own if words not in text] == []
    others = {
        "mia": ("Sonnenschein", "Optik Jena", "Ute Muster"),
        "emil": ("Emil", "Getriebebau", "Jens Zahnrad", "Sekundarschule"),
        "ada": ("Größel", "Rechenwerk"),
    }
    strange = [word for name, them in others.items() if name != who for word in them]
    assert [word for word in strange if word in text] == []


def text_of(agreement):
    content = printing.agreement_pdf(agreement, address=ADDRESS)
    return " ".join(Paper(content).text.split())


@pytest.mark.parametrize("who", ["mia", "emil", "ada"])
def test_no_paper_says_what_the_company_must_not_know(people, who):
    application = people[who]
    birth = application.pupil.pupil.birth_on
    secrets = (
        *(PARENT, "0361 5550", application.pupil.email, "Fernrohre"),
        *(f"{birth:%d.%m.%Y}", birth.isoformat(), str(birth.year)),
    )

    for content in papers_of(application).values():
        text = Paper(content).text
        assert [secret for secret in secrets if secret in text] == []


def test_outside_a_school_event_no_agreement_names_the_school(mia):
    assert "Gymnasium am Anger" not in text_of(make_agreement(mia))


def test_lines_for_birth_date_and_address_are_a_setting(mia):
    agreement = make_agreement(mia)
    assert "Geburtsdatum" in text_of(agreement)

    set_to(Setting.EMPLOYER_REGISTER, False)
    assert "Geburtsdatum" not in text_of(agreement)
    assert "Anschrift" not in text_of(agreement)


def test_signatures_stand_on_it_and_lines_for_the_missing_ones(mia):
    agreement = make_agreement(mia)
    with transaction():
        sign(agreement, Party.COMPANY, name="Bodo Chef", user=None, at=NOON)

    text = text_of(agreement)
    assert "Bodo Chef" in text
    assert "am Bildschirm am 23. November 2026, 13:00 Uhr" in text
    assert text.count("Ort, Datum") == 2
    assert agreement.digest[:32] in text


def test_the_same_version_is_the_same_file(mia):
    agreement = make_agreement(mia)
    files = {printing.agreement_pdf(agreement, address=ADDRESS) for _time in range(2)}

    assert len(files) == 1


def test_a_record_says_when_each_thing_was_done(mia):
    dates = Dates(
        risks_assessed_on=date(2026, 11, 2),
        instructed_on=None,
        guardians_told_on=date(2026, 11, 20),
    )
    with transaction():
        member = mia.internship.organisation.memberships[0].user
        noted = note_dates(mia, dates, actor=member, at=NOON)

    text = Paper(printing.instruction_record(mia, noted, at=NOON)).text
    told = ["2. November 2026", "noch offen", "20. November 2026"]
    assert [words for words in told if words not in text] == []


def test_a_release_bears_the_code_and_asks_the_parents_of_minors_alone(mia, ada):
    young, adult = (
        Paper(printing.school_release(one, code=CODE, at=NOON)).text
        for one in (mia, ada)
    )

    assert CODE in young
    assert ("Eltern" in young, "Eltern" in adult) == (True, False)
