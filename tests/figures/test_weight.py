"""How much comes over the line for the first page that somebody opens."""

import pytest

PLAIN, WITH_MAP = 100_000, 250_000
MAP = "/karte/orte.svg"


@pytest.fixture
def weights(chrome, address):
    """Opens a page in a fresh profile; gives the bytes of each thing it asks for."""

    def open_page(path, first=""):
        weights = {}
        context = chrome.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()

        def note(request):
            sizes = request.sizes()
            weight = sizes["responseBodySize"] + sizes["responseHeadersSize"]
            assert request.url.startswith(address)
            weights[request.url.removeprefix(address)] = weight

        if first:
            other = context.browser.new_page()
            other.goto(address + path)
            path = other.get_attribute(first, "href")
            other.close()
        page.on("requestfinished", note)
        page.goto(address + path, wait_until="networkidle")
        context.close()
        return weights

    return open_page


@pytest.mark.parametrize(
    ("path", "first"),
    [
        *(("/", ""), ("/praktika", ""), ("/angebote", ""), ("/foerderungen", "")),
        *(("/karte", ""), ("/berufe", ""), ("/suche?q=Tiere", "")),
        # The first of the list.
        *(("/praktika", ".card h3 a"), ("/berufe", "main a[href^='/berufe/']")),
    ],
)
def test_page_is_light_and_asks_nobody_else(weights, path, first):
    bytes_of = weights(path, first)

    ground = bytes_of.pop(MAP, 0)
    plain = sum(bytes_of.values())
    assert any(name.endswith(".css") for name in bytes_of)
    assert plain <= PLAIN, bytes_of
    assert plain + ground <= WITH_MAP
