"""A school opens a class, a pupil joins it by its code, and is reminded."""

from datetime import date, timedelta

from tests.journeys.stage import PHONE

pytestmark = PHONE

# So far ahead that it is still to come when the test is slow, whatever the day.
FIRST = date.today() + timedelta(days=60)  # noqa: DTZ011 - the site runs by the clock
if FIRST.month == 7 and FIRST.day > 27:
    FIRST = date(FIRST.year, 8, 1)  # no period lies in two school years
LAST = FIRST + timedelta(days=4)
PUPIL = "schueler@demo.example"


def school_year():
    """The school year of the period, as the list of them says it."""
    begin = LAST.year if LAST.month >= 8 else LAST.year - 1
    return f"{begin}/{(begin + 1) % 100:02}"


def test_a_class_is_opened_joined_and_reminded(visitor, site):
    staff, pupil = visitor("schule"), visitor("schueler")
    staff.go("/klassen")
    staff.follow("Klasse anlegen")
    staff.fill("Name der Klasse", "8x")
    staff.choose("Klassenstufe", "8")
    staff.choose("Schuljahr", school_year())
    staff.press("Speichern")
    staff.heads("Klasse 8x bearbeiten")
    staff.fill("Erster Tag", FIRST.isoformat())
    staff.fill("Letzter Tag", LAST.isoformat())
    staff.press("Zeitraum hinzufügen")
    staff.reads("Der Zeitraum steht.")
    staff.follow("Klasse 8x")
    staff.reads("Noch niemand in der Klasse")
    staff.follow("Code zeigen")
    staff.heads("Code der Klasse 8x")
    address = staff.page.locator("main dd a").get_attribute("href")

    pupil.go(address)
    pupil.heads("Klasse 8x")
    pupil.reads("Deine Schule sieht deinen Namen in der Klasse.")
    pupil.press("Klasse beitreten")
    pupil.reads("Du bist jetzt in der Klasse 8x.")
    pupil.follow("Passende Praktika ansehen")
    pupil.reads("Passt zu deinem Praktikum")

    staff.go("/klassen")
    staff.follow("Klasse 8x")
    staff.reads("Jonte Musterkind", "ist noch ohne Platz")
    staff.press("Eine Person erinnern")
    staff.reads("Eine Erinnerung ist unterwegs.", "Zuletzt erinnert am")
    assert f"/praktika?von={FIRST}&bis={LAST}" in site.letters(PUPIL)[-1]

    pupil.go("/konto/klasse")
    pupil.press("Klasse verlassen")
    pupil.reads("Du bist nicht mehr in der Klasse.")
    assert (staff.faults, pupil.faults) == ([], [])
