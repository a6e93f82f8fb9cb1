"""The store, once as a folder and once as a bucket behind real HTTP."""

import stat
from io import SEEK_END

import pytest
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from marketplace.foundation import storage
from marketplace.foundation.refusals import NotFound
from marketplace.web.files import PORTION, in_portions
from tests.moments import NOON
from tests.services.s3 import BUCKET, bucket_server, empty

KEY = "2026-11-23/0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def s3():
    with bucket_server() as variables:
        yield variables


@pytest.fixture(params=["folder", "bucket"])
def store(app, request, monkeypatch):
    if request.param == "folder":
        return request.param
    variables = request.getfixturevalue("s3")
    empty(variables)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    app.config["STORAGE_URL"] = f"s3://{BUCKET}/site"
    storage.init_app(app)
    return request.param


def test_what_was_put_can_be_got(store):
    storage.put(KEY, b"\x00\xffbytes")

    assert storage.get(KEY) == b"\x00\xffbytes"
    assert list(storage.keys()) == [KEY]


def test_parts_are_read_without_the_rest(store):
    storage.put(KEY, b"0123456789")
    file = storage.opened(KEY)

    read = [file.read(3), file.read(0), file.seek(4), file.read(2), file.tell()]
    end = [file.seek(-1, SEEK_END), file.read(9), file.read(), file.seek(2)]

    assert (file.byte_count, read) == (10, [b"012", b"", 4, b"45", 6])
    assert (end, file.read()) == ([9, b"9", b"", 2], b"23456789")


def test_what_is_not_there_cannot_be_opened(store):
    with pytest.raises(NotFound):
        storage.opened(KEY)


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ({}, 200, slice(None)),
        ({"Range": "bytes=4-7"}, 206, slice(4, 8)),
        ({"Range": f"bytes={PORTION - 2}-"}, 206, slice(PORTION - 2, None)),
        ({"Range": "bytes=-5"}, 206, slice(-5, None)),
        ({"Range": "bytes=4-7", "If-Range": '"sign"'}, 206, slice(4, 8)),
        ({"Range": "bytes=4-7", "If-Range": '"other"'}, 200, slice(None)),
    ],
)
def test_film_is_sent_in_portions(app, store, asked, status, span):
    film = bytes(range(256)) * (2 * PORTION // 256) + b"end"
    storage.put(KEY, film)

    with app.test_request_context(headers=asked):
        answer = in_portions(
            storage.opened(KEY), len(film), content_type="video/mp4", sign="sign"
        )
    portions = list(answer.iter_encoded())

    assert (answer.status_code, b"".join(portions)) == (status, film[span])
    assert answer.content_length == len(film[span])
    assert max(map(len, portions)) <= PORTION
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_nothing_lies_behind_the_end(app, store):
    storage.put(KEY, b"film")

    with (
        app.test_request_context(headers={"Range": "bytes=4-"}),
        pytest.raises(RequestedRangeNotSatisfiable) as raised,
    ):
        in_portions(storage.opened(KEY), 4, content_type="video/mp4", sign="sign")

    assert raised.value.length == 4


def test_what_was_deleted_is_gone_and_may_be_deleted_again(store):
    storage.put(KEY, b"bytes")

    storage.delete(KEY)
    storage.delete(KEY)

    assert list(storage.keys()) == []
    with pytest.raises(NotFound):
        storage.get(KEY)


def test_keys_are_listed_beyond_one_page_of_a_bucket(store):
    drawn = {storage.new_key(NOON) for _ in range(1_005)}
    for key in drawn:
        storage.put(key, b"")

    assert set(storage.keys()) == drawn


def test_of_two_backups_the_one_that_goes_on_holds(store):
    first, second = storage.held(NOON), storage.held(NOON)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    between = storage.is_held(NOON)
    second.__exit__(None, None, None)

    assert (between, storage.is_held(NOON), list(storage.keys())) == (True, False, [])


def test_key_says_the_day_and_else_nothing(app):
    first, second = storage.new_key(NOON), storage.new_key(NOON)

    assert first != second
    assert storage.day_of_key(first).isoformat() == "2026-11-23"
    assert storage.day_of_key("lost+found") is None


def test_no_key_leads_out_of_the_store(store, tmp_path):
    with pytest.raises(ValueError, match="illegal"):
        storage.put("../outside", b"bytes")

    assert not (tmp_path / "outside").exists()


def test_folder_is_closed_to_others(app, tmp_path):
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700


def test_wrong_address_is_told_at_start(app):
    app.config["STORAGE_URL"] = "https://bucket.example"

    with pytest.raises(SystemExit, match="s3://bucket/prefix"):
        storage.init_app(app)
