"""Each row of the table holds on its last day and on the one after."""

from datetime import UTC, datetime, time, timedelta

import pytest

from marketplace.foundation.database import db, transaction, write_back
from marketplace.stewardship.privacy.services.keeping import Moment, keep_rule
from marketplace.stewardship.privacy.services.table import BY_NAME, RULES
from tests.factories.people import make_pupil
from tests.stewardship.privacy.records import MAKERS, MARKER, traces

CASES = [(name, make) for name, makers in MAKERS.items() for make in makers]


def test_each_rule_has_a_record_that_falls_under_it():
    assert set(MAKERS) == {rule.name for rule in RULES} == set(BY_NAME)
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize(
    ("name", "make"), CASES, ids=[f"{n}{i}" for i, (n, _) in enumerate(CASES)]
)
def test_rule_keeps_to_its_last_day_and_not_longer(app, tmp_path, caplog, name, make):
    rule = BY_NAME[name]
    last_day, is_there = make(tmp_path)
    eve = Moment(datetime.combine(last_day, time(12), UTC), tmp_path)
    after = Moment(eve.at + timedelta(days=1), tmp_path)

    assert rule.count(eve) == 0
    with transaction():
        assert keep_rule(rule, eve) == 0
    assert is_there()

    assert rule.count(after) == 1
    with transaction():
        assert keep_rule(rule, after) == 1
    db.session.expire_all()
    assert not is_there()
    assert MARKER not in traces()
    with transaction():
        assert keep_rule(rule, after) == 0
    assert MARKER not in caplog.text
    assert files_with_traces(tmp_path) == []


def files_with_traces(folder):
    """Files in which it still stands: the database with its index, logs, backups."""
    db.session.remove()
    write_back()
    files = [it for it in folder.rglob("*") if it.is_file()]
    return [it.name for it in files if MARKER.encode() in it.read_bytes()]


def test_what_is_looked_for_is_found_while_it_is_kept(app, tmp_path):
    (tmp_path / "old.log").write_text(MARKER)
    is_clean = files_with_traces(tmp_path) == ["old.log"]
    make_pupil(town=MARKER)

    assert (is_clean, MARKER in traces()) == (True, True)
    assert sorted(files_with_traces(tmp_path)) == ["market.db", "old.log"]
