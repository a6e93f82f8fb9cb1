"""An organisation that only a list names takes over what the list says of it."""

import re
from pathlib import Path

from tests.factories.claims import is_code
from tests.journeys.test_companies import fill_account, look_into, publish
from tests.papers import Paper

NAMED = "Windwerk Hügelland"
HINT = "Führung durch die Halle der Windräder"
# Letters are set in type; on a busy machine that takes its time.
PRINTING_MS = 120_000
LETTER = "post@windwerk.example"
ASKED, ASKED_HINT = "Sternwarte Eulenkuppe", "Beobachtungsabend am großen Fernrohr"


def printed_code(office):
    """Lets the office print the letter to one organisation, and reads its code."""
    office.go("/koordination/uebernahmen")
    office.tick(f"Brief: {NAMED}")
    with office.page.expect_download(timeout=PRINTING_MS) as download:
        office.press("Briefe der angekreuzten drucken (PDF)")
    text = Paper(Path(download.value.path()).read_bytes()).text
    return next(line for line in text.splitlines() if is_code(line))


def mailed_link(office, site):
    """Lets the office send the letter by mail, and gives the address in it."""
    office.go("/koordination/uebernahmen")
    row = office.page.get_by_role("listitem").filter(has_text=NAMED)
    row.get_by_role("link", name="Öffnen").click()
    office.fill("E-Mail-Adresse", LETTER)
    office.press("Brief schicken")
    office.reads("Der Brief ist im Postausgang.")
    return site.link_in_last_letter(LETTER)


def come_with_code(erika, code):
    """Goes from the card of a hint to the page that asks for the code."""
    erika.go("/angebote?q=Windräder")
    card = erika.page.get_by_role("listitem").filter(has_text=HINT)
    card.get_by_role("link", name=re.compile("^Das sind wir")).click()
    erika.heads("Sind Sie das?")
    erika.reads(HINT)
    erika.follow("Code eingeben")
    erika.fill("Code aus dem Brief", code)
    erika.press("Weiter")


def test_letter_leads_from_hint_to_posting(visitor, site, has_script):
    erika, office = visitor(), visitor("koordination")
    if has_script:
        come_with_code(erika, printed_code(office))
    else:
        erika.go(mailed_link(office, site))
    erika.heads(NAMED)
    erika.follow("Konto eröffnen")
    fill_account(erika, site)
    erika.heads(NAMED)
    erika.tick("Ich darf für diese Organisation handeln")
    erika.press("Übernehmen")
    erika.reads("Aus den Hinweisen sind Entwürfe geworden.")

    office.go(erika.page.url)
    office.press("Register angesehen")
    office.reads("Eingetragen.")
    office.press("Öffentlich machen")
    office.reads("Geprüft. Die Organisation ist öffentlich.")

    erika.go("/angebote/meine")
    erika.follow(HINT)
    erika.press("Zur Prüfung einreichen")
    erika.reads("Eingereicht.")
    publish(office, HINT)
    anybody = visitor()
    anybody.go("/angebote?q=Windräder")
    anybody.follow(HINT)
    anybody.heads(HINT)
    anybody.reads(NAMED)
    anybody.reads_nothing_of("nicht bestätigt")


def test_office_decides_what_a_known_provider_asks_for(visitor):
    office, anton = visitor("koordination"), visitor("anbieter")

    look_into(office, ASKED)
    office.reads(ASKED_HINT)
    office.press("Ja, übernehmen lassen")
    office.reads("Die Hinweise sind jetzt Entwürfe der Organisation.")

    anton.go("/angebote/meine")
    anton.reads(ASKED_HINT)
