"""A provider finds several partners at once, and one of them stays."""

import re
from datetime import timedelta
from itertools import groupby

import pytest

from marketplace.encounters.partnerships.services.ending import ask_for_renewal
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction

OFFER = "Fernrohre löten"
COMPANY = "Siebenlinsen Optik GmbH"
SECRETS = {
    "anbieter": ("anbieter@demo.example", "Anton Probe"),
    "unternehmen": ("unternehmen@demo.example", "Carla Beispiel"),
}
WAYS = {
    "phone": (390, True, True),
    "plain": (1280, False, True),
    "keys": (1280, True, False),
}


@pytest.mark.parametrize(
    ("width", "has_script", "has_mouse"), WAYS.values(), ids=WAYS.keys()
)
def test_a_bundle_becomes_a_partnership(visitor, site):
    """Two are asked with one click: one declines, with the other it goes on."""
    anton, carla = visitor("anbieter"), visitor("unternehmen")
    write_offer(anton)
    asked, declined = (introduction_with(who, anton) for who in ask_bundle(anton))

    decline(visitor("kulisse"), site)
    anton.go(declined)
    anton.reads("kommt nicht zustande")
    anton.reads_nothing_of("später gern", *SECRETS["unternehmen"])

    agree(carla, site)
    anton.go(asked)
    anton.reads("Beide haben zugesagt", *SECRETS["unternehmen"])

    partnership = arrange(anton)
    confirm(carla, site.link_in_last_letter(SECRETS["unternehmen"][0]))
    carla.reads("läuft")

    bring_the_end_near(site)
    for person in (anton, carla):
        person.go(partnership)
        person.follow("Antworten")
        person.choose("Wie geht es weiter", "So weitermachen")
        person.press("Antworten")
    carla.reads("verlängert")

    office = visitor("koordination")
    office.go(declined)
    assert log_read_by(office) == DECLINED_LOG
    office.go(partnership)
    assert log_read_by(office) == RENEWED_LOG


def write_offer(anton):
    anton.go("/angebote/neu")
    anton.fill("Titel", OFFER)
    anton.fill("Worum es geht", "Alle löten ein Fernrohr mit Licht.")
    anton.choose("Format", "Workshop")
    anton.tick("Klasse 9 und 10")
    anton.unfold("Naturwissenschaft")
    anton.tick("Licht und Optik")
    money = anton.page.get_by_role("group", name="Bedarf 1")
    anton.choose("Art", "Geld", money)
    anton.fill("Menge", "2.000 €", money)
    tools = anton.page.get_by_role("group", name="Bedarf 2")
    anton.choose("Art", "Material", tools)
    anton.choose("Was genau", "Lötstation", tools)
    anton.fill("Menge", "6 Stück", tools)
    anton.press("Speichern")
    anton.heads(OFFER)
    anton.press("Zur Prüfung einreichen")
    # The office has read enough of this provider.
    anton.reads("Veröffentlicht.")


def ask_bundle(anton):
    """Asks all who together cover the needs; the demo company is named first."""
    anton.go("/partner")
    anton.follow(OFFER)
    anton.heads(f"Partner für „{OFFER}“")
    anton.follow("Beide anfragen")
    anton.reads(COMPANY, "Namen der anderen liest es nicht")
    names = anton.page.locator("main h2").all_inner_texts()
    anton.tick("Wir möchten zuerst telefonieren")
    anton.press("Beide anfragen")
    anton.reads("2 Partner sind angefragt.", "2 Unternehmen gehören zu Ihrem Bündel")
    return sorted(names[:2], key=lambda name: name != COMPANY)


def introduction_with(company, anton):
    """Opens the introduction to a company, and gives its address."""
    anton.go("/partner")
    anton.follow(OFFER)
    told = anton.page.locator("#kontaktiert").get_by_role("listitem")
    anton.follow("Stand ansehen", told.filter(has_text=company))
    anton.reads("Teil eines Bündels")
    return anton.page.url


def decline(extra, site):
    """One account plays all the other companies of the demonstration."""
    extra.go(site.link_in_last_letter("kulisse@demo.example"))
    extra.choose("Grund", "später gern")
    extra.press("Absagen")
    extra.reads("Sie haben abgesagt")


def agree(carla, site):
    carla.go(site.link_in_last_letter(SECRETS["unternehmen"][0]))
    carla.reads(OFFER, "Wir möchten zuerst telefonieren.")
    carla.reads_nothing_of(*SECRETS["anbieter"])
    carla.follow("Zusagen …")
    carla.reads("Wenn Sie zusagen, sieht Schülerlabor Funkenkiste sofort")
    carla.press("Ja, zusagen")
    carla.reads("Beide haben zugesagt", *SECRETS["anbieter"])


def arrange(anton):
    """Begins a partnership, keeps what is proposed, and confirms it."""
    anton.follow("Partnerschaft verabreden")
    anton.press("Beginnen")
    anton.press("Speichern")
    anton.reads("wird verabredet")
    partnership = anton.page.url
    confirm(anton, partnership)
    anton.reads("hat bestätigt")
    return partnership


def confirm(person, address):
    person.go(address)
    person.follow("Bestätigen …")
    person.press("Ja, so machen wir es")


def bring_the_end_near(site):
    """Asks both whether it goes on, as the day sixty days before the end does."""
    with site.app.app_context():
        with transaction():
            assert ask_for_renewal(at=now() + timedelta(days=310)) >= 1
        db.session.remove()


def log_read_by(office):
    """The log without times; several letters of one kind to one side are one."""
    lines = office.page.locator("ol.log li > span").all_inner_texts()
    told = [re.sub(r"^(Brief .*) \(.*\)$", r"\1", line) for line in lines]
    return [line for line, _alike in groupby(told)]


DECLINED_LOG = [
    "Anbieter: vorgeschlagen",
    "Brief an Unternehmen: Anfrage",
    "Unternehmen: abgesagt (später gern)",
    "Brief an Anbieter: kommt nicht zustande",
]
RENEWED_LOG = [
    "Anbieter: vorgeschlagen",
    "Brief an Unternehmen: Anfrage",
    "Unternehmen: zugesagt",
    "Programm: Kontakte geöffnet",
    "Brief an Anbieter: beide haben zugesagt",
    "Brief an Unternehmen: beide haben zugesagt",
    "Anbieter: Partnerschaft begonnen",
    "Brief an Anbieter: Partnerschaft verabreden",
    "Brief an Unternehmen: Partnerschaft verabreden",
    "Anbieter: Verabredung geändert",
    "Brief an Unternehmen: Verabredung geändert",
    "Anbieter: Verabredung bestätigt",
    "Unternehmen: Verabredung bestätigt",
    "Programm: Partnerschaft läuft",
    "Brief an Anbieter: Partnerschaft läuft",
    "Brief an Unternehmen: Partnerschaft läuft",
    "Brief an Anbieter: Verlängern?",
    "Brief an Unternehmen: Verlängern?",
    "Anbieter: zur Verlängerung geantwortet",
    "Unternehmen: zur Verlängerung geantwortet",
    "Programm: verlängert",
    "Brief an Anbieter: verlängert",
    "Brief an Unternehmen: verlängert",
]
