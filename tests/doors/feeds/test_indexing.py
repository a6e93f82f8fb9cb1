"""What search engines are sent to names its one address and its languages."""

import re
from urllib.parse import urlsplit

import pytest

from marketplace.foundation.language import LANGUAGES

LINK = re.compile(r"<loc>(.+?)</loc>")
CANONICAL = re.compile(r'<link rel="canonical" href="(.+?)">')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="(.+?)" href="(.+?)">')
# Of the occupations, which are all alike, these many.
FEW = 2


def addresses(browser):
    links = LINK.findall(browser.get("/sitemap/seiten.xml").text)
    alike = [link for link in links if "/berufe/" in link]
    return [link for link in links if link not in alike[FEW:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_sitemap_names_itself_in_each_language(browser, language):
    links = addresses(browser)

    told = {}
    for link in links:
        path = urlsplit(link).path
        page = browser.get(f"{path}?sprache={language}").text
        told[link] = (CANONICAL.findall(page), ALTERNATE.findall(page))

    end = "" if language == "de" else f"?sprache={language}"
    assert len(links) > 20
    assert told == {
        link: (
            [f"{link}{end}"],
            [("de", link), ("en", f"{link}?sprache=en"), ("x-default", link)],
        )
        for link in links
    }


@pytest.mark.parametrize("path", ["/", "/organisationen", "/organisationen/gruppen"])
def test_front_pages_say_in_a_sentence_what_they_are(browser, path):
    page = browser.get(path).text

    [words] = re.findall(r'<meta name="description" content="(.+?)">', page)
    assert words == re.findall(r'"og:description" content="(.+?)"', page)[0]
    assert len(words) > 40
