"""Each paper opens, is tagged, and says what is true of three different people."""

from datetime import date, time

import pytest
import segno

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.services import printing
from marketplace.encounters.papers.services.agreeing import sign
from marketplace.encounters.papers.services.certifying import certificate_pdf
from marketplace.encounters.papers.services.instructing import Dates, note_dates
from marketplace.encounters.papers.services.posters import poster
from marketplace.foundation.database import transaction
from marketplace.postings.internships.models import Break
from marketplace.upkeep.settings.enums import Setting
from tests.encounters.papers.told import (
    AGREED,
    CERTIFIED,
    CODE,
    HUNG_UP,
    INSTRUCTED,
    KNOWN_BY,
    RELEASED,
    TOLD_AT_HOME,
)
from tests.factories.applications import PARENT, SCHOOL_WEEK, make_place
from tests.factories.papers import (
    make_agreement,
    make_certificate,
    make_placement,
    make_school_placement,
)
from tests.factories.people import make_company, make_pupil
from tests.factories.settings import set_to
from tests.moments import NOON
from tests.papers import Paper

ADDRESS = "https://mint.example/bewerbungen/abc/unterlagen"


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


def agreed(agreement):
    return printing.agreement_pdf(agreement, address=ADDRESS)


def certified(application):
    with transaction():
        application.state = ApplicationState.ATTENDED
    issued = make_certificate(application)
    return certificate_pdf(issued, code=CODE, address=ADDRESS, at=NOON)


# Each kind: how it is drawn, and what it tells.
PRINTED = {
    "agreement": (lambda one: agreed(make_agreement(one)), AGREED),
    "information": (
        lambda one: printing.guardian_information(one, at=NOON),
        TOLD_AT_HOME,
    ),
    "release": (
        lambda one: printing.school_release(one, code=CODE, at=NOON),
        RELEASED,
    ),
    "instruction": (
        lambda one: printing.instruction_record(one, None, at=NOON),
        INSTRUCTED,
    ),
    "certificate": (certified, CERTIFIED),
    "poster": (
        lambda one: poster(one.internship, address=ADDRESS, at=NOON),
        HUNG_UP,
    ),
}


@pytest.mark.parametrize(
    ("kind", "who"),
    [(kind, who) for kind, (_draw, told) in PRINTED.items() for who in told],
)
def test_a_paper_says_what_is_true_of_each_and_of_nobody_else(people, kind, who):
    draw, told = PRINTED[kind]
    own, silent = told[who]
    one = people[who]
    others = [word for name in people if name != who for word in KNOWN_BY[name]]
    birth = one.pupil.pupil.birth_on
    secrets = (
        *(PARENT, "0361 5550", one.pupil.email, "Fernrohre", "Gymnasium am Anger"),
        *(f"{birth:%d.%m.%Y}", birth.isoformat(), str(birth.year)),
    )

    text = " ".join(Paper(draw(one)).text.split())

    assert [words for words in own if words not in text] == []
    assert [words for words in silent if words in text] == []
    assert [words for words in (*others, *secrets) if words in text] == []


def test_a_poster_names_nobody_who_comes(people):
    text = Paper(PRINTED["poster"][0](people["mia"])).text

    named = ("Mia", "Sonnenschein", "Ute Muster", "Emil", "Zahnrad", "Größel")
    assert [word for word in named if word in text] == []


def test_only_minors_have_a_sheet_for_parents(browser, people):
    found = {}
    for name, one in people.items():
        browser.sign_in(one.pupil)
        folder = f"/bewerbungen/{one.public_id}/unterlagen"
        link = f"{folder}/elterninformation.pdf"
        is_offered = link in browser.get(folder).text
        found[name] = (is_offered, browser.get(link).status_code)

    assert found == {"mia": (True, 200), "emil": (True, 200), "ada": (False, 404)}


def test_at_a_school_event_no_sheet_asks_for_a_release(browser, emil):
    browser.sign_in(emil.pupil)
    page = f"/bewerbungen/{emil.public_id}/unterlagen/freistellung.pdf"

    assert browser.get(page).status_code == 404


@pytest.mark.parametrize("kind", ["agreement", "certificate", "poster"])
def test_a_code_leads_to_the_address_that_is_printed(mia, kind):
    paper = Paper(PRINTED[kind][0](mia))

    assert ADDRESS.removeprefix("https://") in "".join(paper.text.split())
    assert paper.modules == code_to(ADDRESS)
    assert paper.modules != code_to(ADDRESS.replace("abc", "abd"))


def code_to(address):
    return tuple(bytes(row) for row in segno.make_qr(address).matrix)


def text_of(agreement):
    content = printing.agreement_pdf(agreement, address=ADDRESS)
    return " ".join(Paper(content).text.split())


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
