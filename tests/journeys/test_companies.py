"""A company comes in and posts; a provider and a company find each other."""

from datetime import timedelta

import pytest

from marketplace.doors.commands.demo.times import Weeks
from marketplace.foundation.clock import day_of, now
from marketplace.region.places.enums import FederalState

FOUR_WORDS = "Teekanne Nebel Gleis Marmelade"
COMPANY = "Quietschfidel Getriebe GmbH"
ADDRESS = "erika@quietschfidel.example"


@pytest.fixture
def monday(site):
    """The first day of a week of school in Saxony."""
    with site.app.app_context():
        return Weeks(day_of(now())).of_school(FederalState.SAXONY)[2]


@pytest.fixture
def today(site):
    with site.app.app_context():
        return day_of(now())


def look_into(office, title):
    """Opens what waits at the desk under this title."""
    office.go("/koordination")
    row = office.page.get_by_role("listitem").filter(has_text=title)
    row.get_by_role("link", name="Ansehen").click()


def publish(office, title):
    look_into(office, title)
    office.heads(title)
    office.press("Veröffentlichen")
    office.reads("Veröffentlicht. Die Organisation bekommt einen Brief.")


def register(erika, site):
    erika.go("/registrieren")
    erika.tick("Wir sind ein Unternehmen")
    erika.press("Weiter")
    fill_account(erika, site)


def fill_account(erika, site):
    """Opens the account before her, confirms its address and signs in."""
    erika.fill("Vorname", "Erika")
    erika.fill("Nachname", "Zahnrad")
    erika.fill("E-Mail-Adresse", ADDRESS)
    erika.fill("Passwort", FOUR_WORDS)
    erika.press("Konto eröffnen")
    erika.heads("Ein Brief ist unterwegs")
    erika.go(site.link_in_last_letter(ADDRESS))
    erika.press("Adresse bestätigen")
    erika.reads("Die Adresse ist bestätigt.")
    erika.sign_in(ADDRESS, FOUR_WORDS)


def register_company(erika):
    erika.go("/organisationen/neu")
    erika.fill("Name der Organisation", COMPANY)
    erika.tick("Unternehmen")
    erika.fill("Ort", "Leipzig")
    erika.press("Anmelden und prüfen lassen")
    erika.reads("Angemeldet. Die Koordinationsstelle prüft")


def write_internship(erika, title, *, monday, today):
    erika.go("/praktika/neu")
    erika.fill("Titel", title)
    erika.fill("Was die Jugendlichen tun", "Du baust ein Getriebe und misst es.")
    erika.unfold("Technik")
    erika.tick("Maschinenbau und Metall")
    erika.page.get_by_label("Beruf", exact=True).select_option(index=1)
    erika.fill("Erster Tag", monday.isoformat())
    erika.fill("Letzter Tag", (monday + timedelta(days=4)).isoformat())
    erika.choose("Ab Klasse", "9")
    erika.fill("Gefährdung beurteilt am", today.isoformat())
    erika.fill("Vorname", "Erika")
    erika.fill("Nachname", "Zahnrad")
    erika.fill("Funktion im Betrieb", "Ausbildung")
    erika.fill("Erklärung nach § 25 JArbSchG vom", today.isoformat())
    erika.press("Speichern")
    erika.heads(title)
    erika.press("Zur Prüfung einreichen")
    erika.reads("Eingereicht. Die Koordinationsstelle liest und meldet sich.")


def write_sponsorship(erika, title):
    erika.go("/foerderungen/neu")
    erika.fill("Titel", title)
    erika.fill("Worum es geht", "Für Werkstätten in der Nähe.")
    give = erika.page.get_by_role("group", name="Beitrag 1")
    erika.choose("Art", "Geld", give)
    erika.fill("Menge", "1.500 €", give)
    erika.press("Speichern")
    erika.heads(title)
    erika.press("Zur Prüfung einreichen")
    erika.reads("Eingereicht. Die Koordinationsstelle liest und meldet sich.")


def test_company_comes_in_and_posts(visitor, site, monday, today):
    erika, office = visitor(), visitor("koordination")
    register(erika, site)
    register_company(erika)

    look_into(office, COMPANY)
    office.press("Register angesehen")
    office.reads("Eingetragen.")
    office.press("Zurückgerufen")
    office.press("Öffentlich machen")
    office.reads("Geprüft. Die Organisation ist öffentlich.")

    write_internship(erika, "Zahnräder fräsen", monday=monday, today=today)
    publish(office, "Zahnräder fräsen")
    write_sponsorship(erika, "Geld für Werkstätten")
    publish(office, "Geld für Werkstätten")

    anybody = visitor()
    anybody.go("/praktika?q=Zahnräder")
    anybody.follow("Zahnräder fräsen")
    anybody.heads("Zahnräder fräsen")
    anybody.reads(COMPANY)
    anybody.go("/foerderungen?q=Werkstätten")
    anybody.follow("Geld für Werkstätten")
    anybody.heads("Geld für Werkstätten")
