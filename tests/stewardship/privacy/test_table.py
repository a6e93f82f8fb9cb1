"""Each row of the table holds on its last day and on the one after."""

from datetime import UTC, datetime, time, timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.stewardship.privacy.services.keeping import Moment, keep_rule
from marketplace.stewardship.privacy.services.table import BY_NAME, RULES
from tests.stewardship.privacy.records import MAKERS, MARKER, traces

CASES = [(name, make) for name, makers in MAKERS.items() for make in makers]


def test_each_rule_has_a_record_that_falls_under_it():
    assert set(MAKERS) == {rule.name for rule in RULES} == set(BY_NAME)
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize(
    ("name", "make"), CASES, ids=[f"{n}{i}" for i, (n, _) in enumerate(CASES)]
)
def test_rule_keeps_to_its_last_day_and_not_longer(app, tmp_path, name, make):
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
    found = [it for it in tmp_path.rglob("*.log") if MARKER in it.read_text()]
    assert found == []
