import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.kinds import Words
from marketplace.foundation.refusals import Refusal
from marketplace.upkeep.audit.queries import history_of
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import setting_row, value_of
from marketplace.upkeep.settings.services import change_setting, reset_setting
from tests.factories.people import make_coordinator
from tests.factories.settings import set_to
from tests.moments import NOON

MOST = Setting.MOST_LIVE_APPLICATIONS
RELEASE = Setting.IS_RELEASE_NEEDED


def refusal_of(setting, value):
    with pytest.raises(Refusal) as refused, transaction():
        change_setting(setting, value, actor=None, at=NOON)
    return refused.value.sentence


@pytest.mark.parametrize("setting", Setting)
def test_every_default_is_within_its_own_bounds(app, setting):
    assert setting.kind.admits(setting.kind.default)
    assert value_of(setting) == setting.kind.default


def test_a_change_holds_at_once_and_is_recorded(app):
    office = make_coordinator()

    set_to(MOST, 7, office)
    set_to(RELEASE, False, office)

    row = setting_row(MOST)
    verbs = [entry.verb for entry in db.session.scalars(history_of(row))]
    assert (value_of(MOST), value_of(RELEASE)) == (7, False)
    assert (row.changed_by, row.changed_by_id) == (office.name, office.id)
    assert verbs == ["setting.changed"]


def test_the_same_value_again_is_no_change(app):
    assert change_setting(MOST, 5, actor=None, at=NOON) is False
    assert setting_row(MOST) is None


def test_a_value_holds_already_inside_its_own_transaction(app):
    with transaction():
        assert value_of(MOST) == 5
        change_setting(MOST, 7, actor=None, at=NOON)
        assert value_of(MOST) == 7


def test_what_was_rolled_back_does_not_hold(app):
    change_setting(MOST, 7, actor=None, at=NOON)
    db.session.rollback()

    assert value_of(MOST) == 5


def test_reset_follows_the_default_and_keeps_the_history(app):
    set_to(MOST, 7)

    with transaction():
        reset_setting(MOST, actor=None, at=NOON)

    row = setting_row(MOST)
    verbs = [entry.verb for entry in db.session.scalars(history_of(row))]
    assert (value_of(MOST), row.version) == (5, 2)
    assert verbs == ["setting.changed", "setting.reset"]


def test_reset_of_what_was_never_changed_does_nothing(app):
    reset_setting(MOST, actor=None, at=NOON)

    assert setting_row(MOST) is None


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (MOST, 0),
        (MOST, 21),
        (MOST, True),
        (MOST, "5"),
        (RELEASE, 1),
        (Setting.OFFICE_EMAIL, "ohne Zeichen"),
        (Setting.OFFICE_NAME, "x" * 201),
    ],
)
def test_what_is_out_of_bounds_is_refused(app, setting, value):
    assert "lässt das nicht zu" in refusal_of(setting, value)
    assert value_of(setting) == setting.kind.default


def test_values_are_read_once_a_transaction(app, queries):
    with transaction():
        value_of(MOST)
        queries.clear()
        for setting in Setting:
            value_of(setting)
        assert queries == []


def test_only_words_may_stay_open():
    assert [s for s in Setting if isinstance(s.kind, Words) and s.kind.default] == [
        Setting.EMERGENCY_NUMBERS
    ]


def test_a_licence_is_one_of_a_few(app):
    with pytest.raises(Refusal):
        change_setting(Setting.OWN_LICENCE, "CC BY-NC 4.0", actor=None, at=NOON)

    assert value_of(Setting.OWN_LICENCE) == "CC-BY-4.0"
