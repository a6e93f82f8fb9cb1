from types import SimpleNamespace

from marketplace.doors.commands import warming
from marketplace.doors.commands.serve import gunicorn
from marketplace.doors.commands.warming import begin, post_worker_init, warm
from tests.conftest import build_app


def test_process_begins_with_what_is_matched(app, monkeypatch):
    warmed = []
    monkeypatch.setattr(warming, "warm_up", warmed.append)

    warm(app)

    assert [len(weights.weights) for weights in warmed] == [64]


def test_server_without_tables_serves_all_the_same(tmp_path, caplog):
    warm(build_app(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))

    assert "Nothing to match yet" in caplog.text


def test_first_requests_need_not_wait_for_it(monkeypatch):
    begun = []
    monkeypatch.setattr(warming, "begin", begun.append)

    post_worker_init(SimpleNamespace(wsgi="application"))

    assert begun == ["application"]


def test_what_was_loaded_is_there_to_stay(monkeypatch):
    done = []
    monkeypatch.setattr(warming, "warm", done.append)
    monkeypatch.setattr(warming, "settle", lambda: done.append("settled"))

    begin("application")

    assert done == ["application", "settled"]


def test_server_is_told_to_do_so():
    assert "python:marketplace.doors.commands.warming" in gunicorn("a:b", "h", 1, 2)
