import pytest

from marketplace.stewardship.links.enums import LinkState
from marketplace.stewardship.links.services import asking
from marketplace.stewardship.links.services.asking import Heard, hear, plain_address
from tests.stewardship.links.site import site

AGENT = "Linkpruefung"


@pytest.fixture
def pauses(monkeypatch):
    waited = []
    monkeypatch.setattr(asking, "sleep", waited.append)
    return waited


def test_head_alone_is_asked_and_says_by_whom(monkeypatch, pauses):
    with site(monkeypatch, {"/hier": 200}) as asked:
        assert hear("https://labor.example/hier", AGENT) == Heard(200)

    [(method, host, path, agent)] = asked
    assert (method, host.partition(":")[0], path) == ("HEAD", "labor.example", "/hier")
    assert agent == AGENT
    assert pauses == []


@pytest.mark.parametrize("status", [405, 501])
def test_whole_page_is_asked_where_the_head_is_not_known(monkeypatch, pauses, status):
    with site(monkeypatch, {("HEAD", "/"): status, ("GET", "/"): 200}) as asked:
        assert hear("https://labor.example", AGENT) == Heard(200)

    assert [method for method, *_rest in asked] == ["HEAD", "GET"]
    assert pauses == [asking.PAUSE_SECONDS]


def test_what_moved_is_followed_with_a_pause_at_one_host(monkeypatch, pauses):
    answers = {
        "/alt": (301, "/neu"),
        "/neu": (302, "http://anders.example/da"),
        "/da": 200,
    }
    with site(monkeypatch, answers) as asked:
        assert hear("https://labor.example/alt", AGENT) == Heard(200)

    assert [path for _method, _host, path, _agent in asked] == ["/alt", "/neu", "/da"]
    assert pauses == [asking.PAUSE_SECONDS]


@pytest.mark.parametrize(
    "inner",
    [
        "http://127.0.0.1/",
        "http://innen.example/",
        "http://169.254.169.254/latest",
        "https://labor.example:22/",
        "http://user:pw@labor.example/",
    ],
)
def test_nothing_inner_is_asked_not_even_by_a_detour(monkeypatch, pauses, inner):
    with site(monkeypatch, {"/weg": (302, inner)}) as asked:
        barred = Heard(None, LinkState.BARRED)
        assert hear(inner, AGENT) == barred
        assert asked == []
        assert hear("https://labor.example/weg", AGENT) == barred

    assert [path for _method, _host, path, _agent in asked] == ["/weg"]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("https:/labor.example", LinkState.FAULTY),
        ("labor.example", LinkState.FAULTY),
        ("file:///etc/passwd", LinkState.FAULTY),
        ("https://labor .example/", LinkState.FAULTY),
        ("https://[labor.example/", LinkState.FAULTY),
        ("https://unbekannt.example/", LinkState.UNKNOWN),
    ],
)
def test_fault_of_an_address_is_not_one_that_is_barred(
    monkeypatch, pauses, wrong, fault
):
    with site(monkeypatch, {"/weg": (302, wrong)}) as asked:
        assert hear(wrong, AGENT) == Heard(None, fault)
        assert asked == []


def test_fault_of_where_an_address_leads_is_not_its_own(monkeypatch, pauses):
    answers = {"/weg": (302, "https://unbekannt.example/"), "/ab": (302, "file:///x")}
    with site(monkeypatch, answers):
        assert hear("https://labor.example/weg", AGENT) == Heard(None)
        assert hear("https://labor.example/ab", AGENT) == Heard(None)


def test_circle_ends(monkeypatch, pauses):
    with site(monkeypatch, {"/a": (302, "/b"), "/b": (302, "/a")}) as asked:
        assert hear("https://labor.example/a", AGENT) == Heard(None)

    assert len(asked) == asking.MOST_MOVES + 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://labor.example/a?b=c", "https://labor.example/a?b=c"),
        (
            "https://labör.example/über uns",
            "https://xn--labr-7qa.example/%C3%BCber%20uns",
        ),
        ("https://labor.example/ä?ö=ü", "https://labor.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://[::1", "https://[::1"),
    ],
)
def test_umlauts_are_written_as_networks_do(address, expected):
    assert plain_address(address) == expected
