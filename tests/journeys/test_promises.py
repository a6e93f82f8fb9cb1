"""A school's yes; two at home of whom one refuses; day 21; a place given back."""

from datetime import datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.approving import ask_again
from marketplace.encounters.attendances.services.following import tell_of_the_eve
from marketplace.foundation.clock import BERLIN, day_of, now
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_email
from marketplace.postings.internships.models import Internship
from marketplace.region.labour.enums import Basis
from tests.journeys.stage import ADDRESS
from tests.journeys.test_apply import Meter

pytestmark = pytest.mark.parametrize("width", [390], indirect=True)

FATHER = "vater@demo.example"
GLASS = "Glas, das Licht lenkt: eine Woche im Messlabor"
DUST = "Staub ist der Feind: ein Tag im Reinraum"


def newest(state):
    query = db.select(Application).where(Application.state == state)
    return db.session.scalars(query.order_by(Application.id.desc())).first()


def forget_the_places_of(name):
    """What the demonstration promised a pupil elsewhere depends on the day."""
    hers = db.select(User.id).where(User.email == f"{name}@demo.example")
    db.session.execute(
        db.update(Application)
        .where(Application.pupil_id == hers.scalar_subquery())
        .values(state=ApplicationState.WITHDRAWN)
    )


def test_pupil_of_14_has_the_place_once_the_school_agrees(visitor, site):
    with site.app.app_context():
        place = db.session.scalars(
            db.select(Internship).where(Internship.title == DUST)
        ).one()
        with transaction():
            forget_the_places_of("schueler")
            boy = user_by_email("schueler@demo.example")
            boy.pupil.birth_on = day_of(now()) - relativedelta(years=14, days=1)
        path = f"/praktika/{place.public_id}/bewerben"
        db.session.remove()

    jonte, carla, svea = visitor("schueler"), visitor("unternehmen"), visitor("schule")
    jonte.go(path)
    jonte.take_first_answer()
    jonte.press("Weiter")
    jonte.choose("Schulart", "Oberschule")
    jonte.press("Weiter")
    jonte.fill("Warum möchtest du dorthin?", "Ich zähle gern.")
    jonte.press("Weiter")
    jonte.fill(
        "Name deiner Mutter, deines Vaters oder wer für dich sorgt", "Petra Musterkind"
    )
    jonte.fill("E-Mail-Adresse dieser Person", "eltern@demo.example")
    jonte.press("Weiter")
    jonte.press("Abschicken")
    address = jonte.page.url
    petra = visitor()
    petra.go(site.link_in_last_letter("eltern@demo.example"))
    petra.press("Freigeben")
    carla.go(address)
    carla.reads("Fehlt noch: die Schule")
    carla.press("Platz zusagen")

    jonte.go(address)
    jonte.reads("Fehlt noch: deine Schule")
    jonte.press("Platz bestätigen")
    jonte.reads("fehlt noch das Ja deiner Schule")
    svea.go(address)
    svea.press("Schulpraktikum bestätigen")
    jonte.go(address)
    jonte.press("Platz bestätigen")
    jonte.reads("Bestätigt. Der Platz ist deiner.", "Treffpunkt")


def test_two_at_home_of_whom_one_refuses(visitor, site):
    with site.app.app_context():
        with transaction():
            asked = newest(ApplicationState.WAITING)
            asked.guardians_asked, asked.second_guardian_name = 2, "Uwe Musterkind"
            asked.second_guardian_email = FATHER
            ask_again(asked, at=now())
        path, mother = f"/bewerbungen/{asked.public_id}", asked.guardian_email
        pupil = asked.pupil.email.partition("@")[0]
        db.session.remove()

    petra, uwe, child = visitor(), visitor(), visitor(pupil)
    petra.go(site.link_in_last_letter(mother))
    petra.press("Freigeben")
    petra.reads("Es fehlt noch die Zustimmung der zweiten Person")
    child.go(path)
    child.reads("Es fehlt noch: Uwe Musterkind.")
    uwe.go(site.link_in_last_letter(FATHER))
    uwe.press("Nicht freigeben")
    uwe.reads("Der Betrieb hat nichts von der Bewerbung erfahren.")
    petra.page.reload()
    petra.reads("Nicht freigegeben")
    petra.reads_nothing_of("Nein zurücknehmen")
    child.go(path)
    child.reads("Zu Hause kam ein Nein.")


def test_day_21_of_the_holidays_is_refused(visitor, site):
    with site.app.app_context():
        place = db.session.scalars(
            db.select(Internship).where(Internship.title == GLASS)
        ).one()
        with transaction():
            place.grade_from = 8
            forget_the_places_of("schuelerin")
        path = f"/praktika/{place.public_id}/bewerben"
        db.session.remove()

    mila = visitor("schuelerin")
    mila.go(path)
    mila.take_first_answer()
    mila.tick("freiwilliges Praktikum")
    mila.choose("In welcher Klasse bist du?", "9")
    mila.press("Weiter")
    mila.choose("Schulart", "Oberschule")
    mila.press("Weiter")
    mila.fill("Warum möchtest du dorthin?", "Ich schleife gern.")
    mila.press("Weiter")
    mila.heads("Wer stimmt zu Hause zu?")
    mila.fill(
        "Name deiner Mutter, deines Vaters oder wer für dich sorgt", "Petra Musterkind"
    )
    mila.fill("E-Mail-Adresse dieser Person", "eltern@demo.example")
    days = mila.page.locator("#holiday_days_used")
    days.fill("16")  # with five here it is day 21
    mila.press("Weiter")
    mila.reads("Erlaubt sind 20 Tage im Jahr (§ 5 Abs. 4 JArbSchG).")
    mila.reads("Dieses Praktikum hat 5 Tage.", "Es passen höchstens 15 dazu.")
    days.fill("15")
    mila.press("Weiter")
    mila.heads("Stimmt alles?")


def test_from_the_letter_to_the_answer_are_two_pages(visitor, site):
    """For a company that is signed in, and at home without any account."""
    carla = visitor("unternehmen")
    texts = site.letters("unternehmen@demo.example")
    letter = next(text for text in texts if "eine Bewerbung da" in text)
    meter = Meter(carla)

    carla.go(ADDRESS.search(letter)[0])
    carla.press("Platz zusagen")
    carla.reads("Zugesagt. Der Platz ist reserviert")

    assert meter.loads == 2

    with site.app.app_context():
        with transaction():
            asked = newest(ApplicationState.WAITING)
            ask_again(asked, at=now())
        mother = asked.guardian_email
        db.session.remove()
    petra = visitor()
    meter = Meter(petra)

    petra.go(site.link_in_last_letter(mother))
    petra.press("Freigeben")
    petra.reads("Danke. Der Stand ist:")

    assert meter.loads == 2


def test_a_place_given_back_on_the_eve_goes_to_the_next_one(visitor, site):
    with site.app.app_context():
        query = db.select(Application).where(
            Application.state == ApplicationState.CONFIRMED,
            Application.basis == Basis.SCHOOL,
        )
        mila = user_by_email("schuelerin@demo.example")
        with transaction():
            holder = db.session.scalars(query.order_by(Application.id)).first()
            period = holder.period
            period.place_count = period.taken_count
            waiting = Application(
                pupil=mila,
                internship=holder.internship,
                period=period,
                basis=Basis.SCHOOL,
                state=ApplicationState.WAITLISTED,
                class_level=9,
                motivation="Ich mag Säuren.",
                guardian_name="Petra Musterkind",
                guardian_email="eltern@demo.example",
                changed_at=now(),
                sent_at=now(),
                handed_over_at=now(),
            )
            db.session.add(waiting)
        eve = period.starts_on - timedelta(days=1)
        at = datetime(eve.year, eve.month, eve.day, 9, tzinfo=BERLIN)
        site.app.config["NOW"] = at
        with transaction():
            tell_of_the_eve(at=at)
        path, address = f"/bewerbungen/{waiting.public_id}", holder.pupil.email
        db.session.remove()

    jonas, girl = visitor(), visitor("schuelerin")
    girl.go(path)
    girl.reads("Gerade sind alle Plätze vergeben.")
    jonas.go(site.link_in_last_letter(address))
    jonas.heads("Platz absagen")
    jonas.press("Krankheit")
    jonas.reads("Der Platz ist abgesagt")
    girl.go(path)
    girl.reads("hat einen Platz für dich.")
