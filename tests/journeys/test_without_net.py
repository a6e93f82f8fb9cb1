"""What was read stays readable when the net goes, and nothing of a person does."""

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import PATIENCE_MS

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  }
  return found.map((url) => new URL(url)).map((url) => url.pathname + url.search);
}"""
SPEAKS_ENGLISH = """async () => {
  const offline = await caches.match("/offline");
  return offline.headers.get("content-language") === "en";
}"""
IN_CHARGE = "async () => { await navigator.serviceWorker.ready; }"


def kept_pages(person):
    files = "/static/built/"
    found = person.page.evaluate(KEPT)
    return sorted(path for path in found if not path.startswith(files))


def wait_until_kept(person, path):
    person.page.wait_for_function(
        f"async () => Boolean(await caches.match('{path}'))", timeout=PATIENCE_MS
    )


def cut_the_net(site):
    site.server.shutdown()
    site.server.server_close()


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("has_script", [True])
def test_what_was_seen_is_still_there_without_a_net(visitor, site):
    mila = visitor()
    mila.go("/")
    mila.page.evaluate(IN_CHARGE)
    mila.go("/praktika?ort=Leipzig&q=Glas")
    mila.follow("Glas, das Licht lenkt: eine Woche im Messlabor")
    posting = mila.page.url.removeprefix(f"http://{site.host}")
    for path in ("/praktika", posting):
        wait_until_kept(mila, path)
    mila.sign_in("schuelerin@demo.example")
    mila.go("/konto")
    mila.go("/bewerbungen")
    # Neither what she looked for, nor where, nor anything of hers.
    assert kept_pages(mila) == sorted(["/offline", "/praktika", posting])

    cut_the_net(site)
    mila.page.goto("/konto")
    mila.heads("Gerade kein Netz")
    mila.reads("Zuletzt gesehen")
    mila.follow("Glas, das Licht lenkt")
    mila.heads("Glas, das Licht lenkt: eine Woche im Messlabor")
    mila.reads("Diese Seite ist von:", "Seitdem kann sich etwas geändert haben.")
    expect(mila.page.get_by_role("link", name="Mein Konto")).to_have_count(0)


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("has_script", [True])
def test_who_reads_english_reads_on_in_english(visitor, site):
    lena = visitor()
    lena.go("/")
    lena.page.evaluate(IN_CHARGE)
    lena.go("/veranstaltungen")
    wait_until_kept(lena, "/veranstaltungen")
    lena.go("/berufe")
    wait_until_kept(lena, "/berufe")
    lena.go("/berufe?sprache=en")
    wait_until_kept(lena, "/berufe?sprache=en")
    lena.page.wait_for_function(SPEAKS_ENGLISH, timeout=PATIENCE_MS)
    assert kept_pages(lena) == [
        *("/berufe", "/berufe?sprache=en", "/offline", "/veranstaltungen")
    ]

    cut_the_net(site)
    lena.page.goto("/konto")
    lena.heads("No connection just now")
    expect(lena.page.locator("html")).to_have_attribute("lang", "en")
    found = lena.page.locator("#kept li a")
    expect(found).to_have_text(["Occupations", "Veranstaltungen"])
    expect(found.last).to_have_attribute("lang", "de")
    lena.follow("Occupations")
    lena.heads("Occupations")
    lena.reads("This page is from:", " at ")


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("has_script", [True])
def test_who_signs_out_leaves_nothing_behind(visitor):
    mila = visitor("schuelerin")
    mila.go("/")
    mila.page.evaluate(IN_CHARGE)
    mila.go("/berufe")
    wait_until_kept(mila, "/berufe")

    mila.page.get_by_role("button", name="Menü").click()
    mila.page.get_by_role("button", name="Abmelden").click()
    expect(mila.page).to_have_url(mila.address("/"))

    assert "/berufe" not in kept_pages(mila)
