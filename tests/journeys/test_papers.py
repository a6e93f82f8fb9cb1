"""Company, school, guardian and pupil sign one agreement, each in her own browser."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import axe, too_wide
from tests.papers import Paper

PLACE = "Staub ist der Feind"
CODE = re.compile("(?:[a-z2-9]{4}-){4}[a-z2-9]{4}")
ADDRESS = re.compile(r"/unterlagen/\S+")


def sign(person, name):
    person.heads("Vereinbarung")
    person.fill("Vorname und Name", name)
    person.tick("Ich habe die Vereinbarung gelesen")
    person.press("Unterschreiben")


@pytest.mark.parametrize("width", [390], indirect=True)
def test_an_agreement_is_signed_in_turn_by_four(visitor, site):
    boss = visitor("unternehmen")
    boss.go("/bewerbungen")
    boss.page.locator("main a", has_text="Jonte").first.click()
    boss.follow("Unterlagen")
    boss.reads("Sie sind an der Reihe.")
    address = urlsplit(boss.page.url).path
    boss.follow("Lesen und unterschreiben")
    sign(boss, "Carla Beispiel")
    boss.reads("Als Nächstes unterschreibt: Schule.")

    school = visitor("schule")
    school.go(address)
    school.follow("Lesen und unterschreiben")
    sign(school, "Svea Tafelbild")

    guardian = visitor()
    letters = site.letters("eltern@demo.example")
    guardian.go(ADDRESS.search(letters[-1])[0])
    guardian.reads("Siebenlinsen Optik GmbH", "Jonte Musterkind")
    sign(guardian, "Petra Musterkind")
    guardian.reads("Sie haben unterschrieben")

    pupil = visitor("schueler")
    pupil.go(address)
    pupil.reads("Du bist dran.")
    pupil.follow("Lesen und unterschreiben")
    sign(pupil, "Jonte Musterkind")
    pupil.reads("Alle haben unterschrieben.")
    file = pupil.page.request.get(pupil.address(f"{address}/vereinbarung.pdf"))
    signed = " ".join(Paper(file.body()).text.split())
    names = ("Carla Beispiel", "Svea Tafelbild", "Petra Musterkind", "Jonte Musterkind")
    assert [name for name in names if name not in signed] == []
    assert "Ort, Datum" not in signed
    assert "alle haben die Vereinbarung" in site.letters("eltern@demo.example")[-1]


@pytest.mark.parametrize("width", [390], indirect=True)
@pytest.mark.parametrize("has_script", [True], indirect=True, ids=["script"])
def test_pages_of_papers_are_sound(visitor):
    boss, faults = visitor("unternehmen"), []
    boss.go("/bewerbungen")
    boss.page.locator("main a", has_text="Jonte").first.click()
    boss.follow("Unterlagen")
    boss.heads("Unterlagen")
    start = boss.page.url
    for page in ("", "/unterschreiben", "/papier", "/unterweisung", "/protokoll"):
        boss.go(f"{start}{page}")
        faults += [(page, it) for it in too_wide(boss.page) + axe(boss.page)]
    boss.go("/nachweis/erfunden")
    faults += [("check", it) for it in too_wide(boss.page) + axe(boss.page)]

    assert faults == []


@pytest.mark.parametrize("width", [390], indirect=True)
@pytest.mark.parametrize("has_script", [False], indirect=True, ids=["plain"])
def test_whoever_took_part_shows_a_certificate_that_tells_no_name(visitor):
    mila = visitor("schuelerin")
    mila.go("/bewerbungen")
    mila.page.locator("main a", has_text=PLACE).last.click()
    mila.follow("Deine Unterlagen")
    mila.reads("Dein Nachweis")
    address = mila.page.url
    paper = Paper(mila.page.request.get(f"{address}/nachweis.pdf").body())
    codes = [line for line in paper.text.splitlines() if CODE.fullmatch(line)]

    stranger = visitor()
    stranger.go(f"/nachweis/{codes[0]}")
    stranger.reads("Gültig, ausgestellt am")
    expect(stranger.page.locator("main")).not_to_contain_text("Musterkind")
