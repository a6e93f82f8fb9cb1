"""All nine of the demonstration sign in and arrive at a true page."""

import pytest

LANDINGS = {
    "schuelerin": "/praktika",
    "schueler": "/praktika",
    "eltern": "/konto/kinder",
    "unternehmen": "/konto",
    "anbieter": "/konto",
    "schule": "/klassen",
    "jury": "/konto",
    "koordination": "/koordination",
    "admin": "/konto",
}


@pytest.fixture
def width():
    return 390


@pytest.fixture
def has_script():
    return True


def test_everybody_arrives(visitor, site):
    arrived = {}
    for name in LANDINGS:
        person = visitor(name)
        arrived[name] = person.page.url.removeprefix(f"http://{site.host}")
        assert person.go(person.page.url) == 200

    assert arrived == LANDINGS
