"""A provider and a company find each other, agree, and go on."""

import re
from datetime import timedelta

from marketplace.encounters.partnerships.services.ending import ask_for_renewal
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.jobs.jobs import run_due

OFFER = "Fernrohre löten"
COMPANY = "Siebenlinsen Optik GmbH"
SECRETS = {
    "anbieter": ("anbieter@demo.example", "Anton Probe"),
    "unternehmen": ("unternehmen@demo.example", "Carla Beispiel"),
}


def write_offer(anton, title):
    anton.go("/angebote/neu")
    anton.fill("Titel", title)
    anton.fill("Worum es geht", "Alle löten ein Fernrohr mit Licht.")
    anton.choose("Format", "Workshop")
    anton.tick("Klasse 9 und 10")
    anton.unfold("Naturwissenschaft")
    anton.tick("Licht und Optik")
    money = anton.page.get_by_role("group", name="Bedarf 1")
    anton.choose("Art", "Geld", money)
    anton.fill("Menge", "500 €", money)
    tools = anton.page.get_by_role("group", name="Bedarf 2")
    anton.choose("Art", "Material", tools)
    anton.choose("Was genau", "Lötstation", tools)
    anton.fill("Menge", "6 Stück", tools)
    anton.press("Speichern")
    anton.heads(title)
    anton.press("Zur Prüfung einreichen")
    # The office has read enough of this provider.
    anton.reads("Veröffentlicht.")


def partners_listed(anton):
    """Who stands in the list, in its order."""
    names = anton.page.locator("main ol h3").all_inner_texts()
    return [re.sub(r"^\d+\.\s*", "", name.strip()) for name in names]


def ask(anton, company):
    """Looks at a pair and asks for an introduction, with a chosen sentence."""
    anton.go("/partner")
    anton.follow(OFFER)
    anton.heads(f"Partner für „{OFFER}“")
    partner = anton.page.get_by_role("listitem").filter(
        has=anton.page.get_by_role("heading", name=company)
    )
    partner.get_by_role("link", name="Ansehen und anfragen").first.click()
    anton.reads("Kontaktdaten liest sie nicht.")
    anton.tick("Wir möchten zuerst telefonieren")
    anton.press(f"{company} anfragen")
    anton.reads("Angefragt.")


def send_jobs(site):
    with site.app.app_context():
        run_due()
        db.session.remove()


def press_by_keyboard(person, role, name):
    """Reaches a control with the tabulator alone and presses it."""
    wanted = person.page.locator("main").get_by_role(role, name=name, exact=True)
    wanted.first.wait_for()
    for _step in range(200):
        person.page.keyboard.press("Tab")
        if wanted.first.evaluate("node => node === document.activeElement"):
            person.page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached by keyboard")


def test_provider_and_companies_find_each_other(visitor, site):
    """Two are asked: one declines with a reason, with the other it goes on."""
    anton, carla, office = (
        visitor(who) for who in ("anbieter", "unternehmen", "koordination")
    )
    write_offer(anton, OFFER)
    anton.go("/partner")
    anton.follow(OFFER)
    second = next(name for name in partners_listed(anton) if name != COMPANY)
    ask(anton, COMPANY)
    asked = anton.page.url
    anton.reads_nothing_of(*SECRETS["unternehmen"])
    ask(anton, second)
    declined = anton.page.url

    # One account plays all the other companies of the demonstration.
    extra = visitor("kulisse")
    extra.go(declined)
    extra.choose("Grund", "später gern")
    extra.press("Absagen")
    anton.go(declined)
    anton.reads("kommt nicht zustande")
    anton.reads_nothing_of("später gern")

    carla.go(site.link_in_last_letter("unternehmen@demo.example"))
    carla.reads(OFFER, "Wir möchten zuerst telefonieren.")
    carla.reads_nothing_of(*SECRETS["anbieter"])
    press_by_keyboard(carla, "link", "Zusagen …")
    carla.reads("Wenn Sie zusagen, sieht Schülerlabor Funkenkiste sofort")
    press_by_keyboard(carla, "button", "Ja, zusagen")
    carla.reads("Beide haben zugesagt", *SECRETS["anbieter"])
    anton.go(asked)
    anton.reads("Beide haben zugesagt", *SECRETS["unternehmen"])

    send_jobs(site)
    anton.follow("Partnerschaft verabreden")
    anton.reads("wird verabredet")
    partnership = anton.page.url
    press_by_keyboard(anton, "link", "Bestätigen …")
    press_by_keyboard(anton, "button", "Ja, so machen wir es")
    anton.reads("hat bestätigt")
    carla.go(partnership)
    press_by_keyboard(carla, "link", "Bestätigen …")
    press_by_keyboard(carla, "button", "Ja, so machen wir es")
    carla.heads(COMPANY)
    carla.reads("läuft")

    bring_the_end_near(site)
    for person in (anton, carla):
        person.go(partnership)
        person.follow("Antworten")
        person.choose("Wie geht es weiter", "So weitermachen")
        person.press("Antworten")
    carla.reads("verlängert")

    office.go(declined)
    office.reads("Unternehmen: abgesagt (später gern)")
    office.go(partnership)
    office.reads(
        "Anbieter: vorgeschlagen",
        "Brief an Unternehmen: Anfrage",
        "Unternehmen: zugesagt",
        "Programm: Kontakte geöffnet",
        "Programm: Partnerschaft begonnen",
        "Programm: Partnerschaft läuft",
        "Brief an Anbieter: Verlängern?",
        "Programm: verlängert",
    )


def bring_the_end_near(site):
    """Asks both whether it goes on, as the day sixty days before the end does."""
    with site.app.app_context():
        with transaction():
            assert ask_for_renewal(at=now() + timedelta(days=310)) >= 1
        db.session.remove()
