"""All nine of the demonstration sign in and arrive at a true page."""

from tests.journeys.stage import PHONE, SCRIPTED

pytestmark = [PHONE, SCRIPTED]

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


def test_everybody_arrives(visitor, site):
    arrived = {}
    for name in LANDINGS:
        person = visitor(name)
        arrived[name] = person.page.url.removeprefix(f"http://{site.host}")
        assert person.go(person.page.url) == 200

    assert arrived == LANDINGS
