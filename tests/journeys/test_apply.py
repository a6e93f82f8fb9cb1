"""A pupil of 16 finds an internship and gets it; one of 13 learns what he can do."""

from playwright.sync_api import expect

from tests.journeys.stage import PASSWORD

WHY = "Ich schleife gern und will sehen, wie eine Linse entsteht."


def find(pupil, width, town, topic, kind):
    """Searches the list by town, topic and kind, as the drawer of filters asks."""
    pupil.go("/praktika")
    if width < 1000:
        pupil.unfold("Filter")
    pupil.fill("Ort oder PLZ", town)
    pupil.choose("Thema genauer", topic)
    pupil.choose("Art", kind)
    pupil.press("Filter anwenden")
    pupil.heads(f"Praktika rund um {town}")


class Meter:
    """Counts the pages a person loads, and the fields these ask her to fill."""

    FORMS = "main form:not([role=search]):not(.filters form)"
    # Whatever takes an answer; several answers to one question bear one name.
    NAMES = "nodes => [...new Set(nodes.map((node) => node.name))]"

    def __init__(self, person):
        self.page, self.loads, self.fields = person.page, 0, 0
        self.page.on("response", self._note)

    def _note(self, answer):
        asked = answer.request
        is_page = asked.is_navigation_request() and answer.status < 300
        self.loads += is_page and asked.frame == self.page.main_frame

    def read(self):
        """Adds the questions of the page in view."""
        controls = "input:not([type=hidden]), select, textarea"
        found = self.page.locator(self.FORMS).locator(controls)
        self.fields += len(found.evaluate_all(self.NAMES))


def test_from_home_to_a_sent_application_is_a_short_way(visitor, width):
    mila = visitor()
    meter = Meter(mila)
    mila.go("/")
    mila.fill("Thema oder Stichwort", "Glas")
    mila.press("Suchen")
    mila.follow("Glas, das Licht lenkt: eine Woche im Messlabor")
    mila.follow("Jetzt bewerben")
    mila.fill("E-Mail-Adresse", "schuelerin@demo.example")
    mila.fill("Passwort", PASSWORD)
    mila.press("Anmelden")

    mila.heads("Wann möchtest du kommen?")
    meter.read()
    mila.take_first_answer()
    mila.tick("freiwilliges Praktikum")
    mila.press("Weiter")
    mila.heads("Auf welche Schule gehst du?")
    meter.read()
    mila.choose("Schulart", "Oberschule")
    mila.press("Weiter")
    mila.heads("Warum dieses Praktikum?")
    meter.read()
    mila.fill("Warum möchtest du dorthin?", WHY)
    mila.press("Weiter")
    mila.heads("Wer stimmt zu Hause zu?")
    meter.read()
    mila.fill(
        "Name deiner Mutter, deines Vaters oder wer für dich sorgt", "Petra Musterkind"
    )
    mila.fill("E-Mail-Adresse dieser Person", "eltern@demo.example")
    mila.press("Weiter")
    mila.heads("Stimmt alles?")
    meter.read()
    mila.press("Abschicken")
    mila.heads("Deine Bewerbung")

    assert meter.loads <= 14
    assert 0 < meter.fields <= 12


def test_pupil_of_16_gets_a_place(visitor, site, width):
    mila = visitor("schuelerin")
    find(mila, width, "Leipzig", "Licht und Optik", "freiwilliges Praktikum")
    mila.follow("Glas, das Licht lenkt: eine Woche im Messlabor")
    mila.follow("Jetzt bewerben")

    mila.heads("Wann möchtest du kommen?")
    mila.take_first_answer()
    mila.press("Weiter")
    mila.heads("Auf welche Schule gehst du?")
    mila.choose("Schulart", "Oberschule")
    mila.press("Weiter")
    mila.heads("Warum dieses Praktikum?")
    mila.fill("Warum möchtest du dorthin?", WHY)
    mila.press("Weiter")
    mila.heads("Wer stimmt zu Hause zu?")
    mila.fill(
        "Name deiner Mutter, deines Vaters oder wer für dich sorgt", "Petra Musterkind"
    )
    mila.fill("E-Mail-Adresse dieser Person", "eltern@demo.example")
    mila.press("Weiter")
    mila.heads("Stimmt alles?")
    mila.reads(WHY, "Petra Musterkind")
    mila.press("Abschicken")
    mila.heads("Deine Bewerbung")
    mila.reads("Wir haben Petra Musterkind geschrieben.")
    address = mila.page.url

    carla = visitor("unternehmen")
    assert carla.go(address) == 404

    petra = visitor()
    petra.go(site.link_in_last_letter("eltern@demo.example"))
    petra.heads("Freigabe für Mila")
    petra.reads(WHY, "Siebenlinsen Optik GmbH")
    petra.press("Freigeben")
    petra.reads("Danke. Der Stand ist:")

    assert carla.go(address) == 200
    carla.reads("Mila", WHY)
    carla.reads_nothing_of("Musterkind", "schuelerin@demo.example")
    carla.press("Platz zusagen")
    carla.reads("Mila Musterkind")

    mila.go(address)
    mila.press("Platz bestätigen")
    mila.reads("Bestätigt. Der Platz ist deiner.")


def test_pupil_of_13_is_told_what_he_can_do(visitor, width):
    jonte = visitor("schueler")
    find(jonte, width, "Leipzig", "Licht und Optik", "freiwilliges Praktikum")
    jonte.follow("Glas, das Licht lenkt: eine Woche im Messlabor")
    jonte.follow("Jetzt bewerben")
    jonte.take_first_answer()
    jonte.press("Weiter")

    jonte.reads("So geht es leider nicht", "15 Jahre", "Schulpraktikum")
    jonte.follow("Andere Praktika ansehen")
    jonte.heads("Praktika")
    expect(jonte.page).to_have_title("Praktika – MINT-Börse Mitteldeutschland")
