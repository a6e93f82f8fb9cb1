"""429 for whoever asks too often, whichever store counts."""

import pytest

from marketplace import create_app
from marketplace.foundation.database import db
from marketplace.people.accounts.models import SignIn
from marketplace.upkeep.settings.enums import Setting
from marketplace.web import throttle
from marketplace.web.counting import RateCount
from marketplace.web.throttle import _network
from tests.conftest import build_app
from tests.factories.people import PASSWORD, make_user
from tests.factories.settings import set_to
from tests.services.processes import free_port
from tests.services.redis import redis_server

AWAY = "redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="module")
def redis():
    with redis_server() as url:
        yield url


@pytest.fixture
def site(app, database_url, tmp_path):
    """Builds the site again, with a store and limits; it shares the database."""

    def build(url="", address=5, person=3):
        made = build_app(
            database_url,
            tmp_path,
            LIMITS_URL=url,
            ADDRESS_LIMIT=address,
            PERSON_LIMIT=person,
        )
        with made.app_context():
            yield made
            db.session.remove()
            db.engine.dispose()

    builders = []

    def start(*args, **kwargs):
        builder = build(*args, **kwargs)
        builders.append(builder)
        return next(builder)

    yield start
    for builder in reversed(builders):
        next(builder, None)


@pytest.fixture(params=["own", "redis"])
def url(request):
    if request.param == "own":
        return ""
    return request.getfixturevalue("redis")


def statuses(client, count, path="/impressum", **kwargs):
    codes = []
    for _ in range(count):
        with client.get(path, **kwargs) as response:
            codes.append(response.status_code)
    return codes


def place(address):
    return {"environ_overrides": {"REMOTE_ADDR": address}}


def test_limits_are_those_of_a_person_and_a_class(monkeypatch, tmp_path):
    monkeypatch.setenv("MARKET_INSTANCE", str(tmp_path))
    app = create_app()

    assert (app.config["PERSON_LIMIT"], app.config["ADDRESS_LIMIT"]) == (200, 600)


def test_address_is_refused_beyond_its_limit_and_others_are_not(site, url):
    client = site(url).test_client()

    here = statuses(client, 6, **place("192.0.2.1"))
    there = statuses(client, 1, **place("192.0.2.2"))

    assert (here, there) == ([200] * 5 + [429], [200])


def test_refusal_is_a_page_with_a_sentence_and_a_time(site):
    client = site(address=1).test_client()

    client.get("/impressum")
    response = client.get("/impressum")

    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "Das waren sehr viele Anfragen." in response.text
    assert response.headers["X-Request-ID"] in response.text
    assert "/praktika" in response.text


def test_person_is_refused_wherever_she_sits(site, url):
    app = site(url)
    mia, ben = make_user(), make_user()
    her, his = app.test_client().sign_in(mia), app.test_client().sign_in(ben)

    first = statuses(her, 2, **place("192.0.2.11"))
    second = statuses(her, 2, **place("192.0.2.12"))

    assert (first, second) == ([200, 200], [200, 429])
    assert statuses(his, 1, **place("192.0.2.12")) == [200]


def test_acts_are_counted_for_all_processes(site, database_url):
    first, second = site(), site()

    codes = [
        app.test_client().post("/anmelden", data={}).status_code
        for app in (first, second, first, second, first, second)
    ]

    assert codes == [422] * 5 + [429]


def test_redis_counts_for_all_processes(site, redis, caplog):
    first, second = site(redis), site(redis)

    codes = [
        app.test_client().get("/impressum", **place("192.0.2.21")).status_code
        for app in (first, second, first, second, first, second)
    ]

    assert codes == [200] * 5 + [429]
    assert "away" not in caplog.text


def test_pages_write_nothing(site):
    client = site(address=50).test_client()

    statuses(client, 4)

    assert db.session.scalars(db.select(RateCount)).all() == []


def test_what_a_monitor_or_a_page_loads_is_not_counted(site):
    client = site(address=1).test_client()

    assert statuses(client, 3, "/healthz") == [200] * 3
    assert statuses(client, 3, "/readyz") == [503] * 3  # has no worker
    assert statuses(client, 3, "/static/images/icons.svg") == [200] * 3
    assert statuses(client, 1) == [200]


def test_site_goes_on_while_redis_is_away(site):
    client = site(AWAY.format(port=free_port())).test_client()

    assert statuses(client, 6) == [200] * 5 + [429]


def test_wrong_address_is_told_at_start(database_url, tmp_path):
    with pytest.raises(SystemExit, match="redis://host:port"):
        build_app(database_url, tmp_path, LIMITS_URL="http://example.org")


def test_class_of_thirty_signs_in_from_one_address(site):
    app = site(address=600, person=200)
    emails = [make_user().email for _ in range(30)]
    # Each asks in a session of her own, not in that of this test.
    db.session.remove()

    codes = [
        app.test_client()
        .post("/anmelden", data={"email": email, "password": PASSWORD})
        .status_code
        for email in emails
    ]

    assert codes == [302] * 30
    assert len(db.session.scalars(db.select(SignIn)).all()) == 30


@pytest.mark.parametrize(
    ("address", "other", "is_one"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_line_with_many_new_addresses_is_one(address, other, is_one):
    assert (_network(address) == _network(other)) is is_one


def test_no_address_is_one_place():
    assert _network("") == ""


def test_office_changes_the_limits_while_the_site_runs(site, monkeypatch):
    running = site(address=5, person=0)
    client = running.test_client()
    clock = [1000.0]
    monkeypatch.setattr(throttle, "monotonic", lambda: clock[0])

    before = statuses(client, 2, **place("198.51.100.7"))
    set_to(Setting.ADDRESS_LIMIT, 200)
    unread = running.extensions["throttle"].limits[0].amount
    clock[0] += throttle.FRESH_SECONDS
    after = statuses(client, 10, **place("198.51.100.7"))

    assert (set(before), unread) == ({200}, 5)
    assert (set(after), running.extensions["throttle"].limits[0].amount) == ({200}, 200)
