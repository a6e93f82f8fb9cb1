"""How much comes over the line for the first page that somebody opens."""

import pytest

PLAIN, WITH_MAP = 100_000, 250_000
MAP = "/karte/orte.svg"


@pytest.fixture
def weights(chrome, address):
    """Opens a page in a fresh profile; gives the bytes of each thing it asks for."""

    def open_page(path):
        weights = {}
        context = chrome.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()

        def note(request):
            sizes = request.sizes()
            weight = sizes["responseBodySize"] + sizes["responseHeadersSize"]
            weights[request.url.removeprefix(address)] = weight

        page.on("requestfinished", note)
        page.goto(address + path, wait_until="networkidle")
        context.close()
        return weights

    return open_page


@pytest.mark.parametrize("path", ["/praktika", "/angebote", "/foerderungen", "/karte"])
def test_list_is_light(weights, path):
    bytes_of = weights(path)

    ground = bytes_of.pop(MAP, 0)
    plain = sum(bytes_of.values())
    assert any(name.endswith(".css") for name in bytes_of)
    assert plain <= PLAIN, bytes_of
    assert plain + ground <= WITH_MAP
