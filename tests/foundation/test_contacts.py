import re

import pytest

from marketplace.foundation.contacts import contacts_in, masked

CONTACTS = [
    "mia@example.org",
    "mia.k@schule-jena.de",
    "mia+x@mail.example",
    "mia (at) example.org",
    "mia[at]example[dot]org",
    "mia at example punkt de",
    "mia ät example.de",
    "Mia @ example . org",
    "0176 1234567",
    "0176/1234567",
    "0176-12 34 56 7",
    "+49 176 1234567",
    "0049 176 1234567",
    "(0361) 555 12 34",
    "0361.5551234",
    "01761234567",
    "null eins sieben sechs drei vier fünf",
    "https://example.org/mia",
    "http://mia.example",
    "www.mia-malt.example",
    "mia-malt.de",
    "mia.github.io/ich",
    "t.me/miak",
    "youtu.be/abc",
    "@mia_malt",
    "@mia.k",
    "Insta: mia_malt",
    "instagram mein name mia_malt",
    "Snapchat: miak07",
    "snap ist miak07",
    "TikTok @miak",
    "tiktok: miak",
    "WhatsApp: 0176 1234567",
    "Telegram: miak",
    "telegram bin miak",
    "Discord: miak",
    "mia#1234",
    "Threema-ID: ABCD1234",
    "signal nummer 0176 1234567",
    "Facebook: mia.muster",
    "Steam: miak",
    "miak_07 auf Insta",
    "mia07 bei Snapchat",
    "skype/mia.k",
]
# The name of a network tells nothing by itself.
HARMLESS_WORDS = {
    *("Hallo", "ist", "meins"),
    *("WhatsApp", "TikTok", "signal", "nummer"),
}
HARMLESS = [
    "Ich baue gern Fernrohre und war 2025 im Planetarium.",
    "Ich habe 3 Projekte gemacht: Roboter, Sterne, Licht.",
    "Am 1.2.2027 geht es los, 8:00 bis 14:30 Uhr.",
    "Signale und Technik finde ich spannend.",
    "Ich bin in Klasse 10b.",
]


@pytest.mark.parametrize("contact", CONTACTS)
def test_contacts_are_taken_out(contact):
    text = masked(f"Hallo, {contact} ist meins.")

    assert set(re.findall(r"\w+", text)) - HARMLESS_WORDS == {"entfernt"}


@pytest.mark.parametrize("words", HARMLESS)
def test_other_words_stay(words):
    assert masked(words) == words


def test_what_is_taken_out_can_be_told_in_its_own_words(app):
    text = "Schreib an mia@example.org oder 0176 1234567, nochmal: mia@example.org."

    assert contacts_in(text) == ["mia@example.org", "0176 1234567"]
    assert contacts_in("Ich schleife gern Linsen.") == []
