import pytest
from flask import request

from tests.conftest import build_app

ASKED = {
    "X-Forwarded-For": "198.51.100.7, 192.0.2.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "elsewhere.example",
}


@pytest.mark.parametrize(
    ("count", "seen"),
    [
        (0, ("127.0.0.1", "http", "localhost")),
        (1, ("192.0.2.1", "https", "localhost")),
    ],
)
def test_only_proxies_in_front_are_believed(tmp_path, count, seen):
    app = build_app("sqlite://", tmp_path, PROXIES=count)
    told = []
    app.before_request(
        lambda: told.append((request.remote_addr, request.scheme, request.host))
    )

    with app.app_context():
        app.test_client().get("/healthz", headers=ASKED)

    assert told == [seen]
