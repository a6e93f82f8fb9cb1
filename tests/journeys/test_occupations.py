"""A pupil who knows no word for it comes to an occupation, and from there to apply."""

import pytest

from tests.journeys.stage import PASSWORD

AT_HOME = "Name deiner Mutter, deines Vaters oder wer für dich sorgt"


def sign_in_here(person):
    person.fill("E-Mail-Adresse", "schuelerin@demo.example")
    person.fill("Passwort", PASSWORD)
    person.press("Anmelden")


@pytest.mark.parametrize(("has_script", "has_mouse"), [(True, True), (False, False)])
def test_from_what_one_likes_to_an_application(visitor):
    mila = visitor()
    mila.go("/berufe")
    mila.heads("Berufe")
    mila.follow("Sterne, Licht und Schall")
    mila.follow("Feinoptikerin, Feinoptiker")

    mila.heads("Feinoptikerin, Feinoptiker")
    mila.reads("Du schleifst und polierst Glas", "Polieren, messen, wieder polieren.")
    mila.follow("Thea, Feinoptikerin")
    mila.heads("Thea, Feinoptikerin")
    mila.reads("Film ansehen bei filme.example", "Am Freitag wollte ich bleiben.")
    mila.follow("Feinoptikerin, Feinoptiker")
    mila.fill("Dein Ort oder deine Postleitzahl", "Leipzig")
    mila.press("In der Nähe zeigen")
    mila.reads("Das Nächste rund um Leipzig:")
    mila.follow("Glas, das Licht lenkt: eine Woche im Messlabor")
    mila.follow("Jetzt bewerben")
    sign_in_here(mila)

    mila.heads("Wann möchtest du kommen?")
    mila.take_first_answer()
    mila.tick("freiwilliges Praktikum")
    mila.press("Weiter")
    mila.heads("Auf welche Schule gehst du?")
    mila.choose("Schulart", "Oberschule")
    mila.press("Weiter")
    mila.heads("Warum dieses Praktikum?")
    mila.fill("Warum möchtest du dorthin?", "Ich will eine Linse schleifen.")
    mila.press("Weiter")
    mila.heads("Wer stimmt zu Hause zu?")
    mila.fill(AT_HOME, "Petra Musterkind")
    mila.fill("E-Mail-Adresse dieser Person", "eltern@demo.example")
    mila.press("Weiter")
    mila.heads("Stimmt alles?")
    mila.press("Abschicken")
    mila.heads("Deine Bewerbung")
    mila.reads("Wir haben Petra Musterkind geschrieben.")


@pytest.mark.parametrize("has_mouse", [False])
def test_a_guest_browses_by_keyboard_and_keeps_what_she_likes(visitor):
    mila = visitor()
    mila.go("/stoebern?ort=Leipzig")
    mila.press("Weiter")
    mila.reads("Das vorige zurückholen")
    liked = mila.page.locator(".browse h2").inner_text()
    mila.press("Merken")
    mila.reads("Ein Praktikum gefällt dir", liked)

    mila.follow("Anmelden")
    sign_in_here(mila)
    mila.heads("Stöbern")
    mila.press("Auf die Merkliste setzen")

    mila.heads("Deine Merkliste")
    mila.reads("Ein Praktikum steht auf deiner Merkliste.")
    assert liked in mila.page.locator("main").inner_text()
