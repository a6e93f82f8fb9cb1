import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import SignIn
from marketplace.people.accounts.services.disabling import (
    disable_account,
    enable_account,
)
from marketplace.people.accounts.services.sign_ins import (
    begin_sign_in,
    recognise,
    signed_in_user,
)
from marketplace.upkeep.audit.queries import history_of
from tests.factories.people import PASSWORD, make_coordinator, make_user
from tests.moments import NOON

REASON = "Die Adresse gehört jemand anderem."


def disable(user, actor=None, reason=REASON):
    with transaction():
        disable_account(user, reason, actor=actor or make_user(Role.ADMIN), at=NOON)


def verbs_of(user):
    return [entry.verb for entry in db.session.scalars(history_of(user))]


def test_disabled_account_is_out_everywhere_at_once(app, outbox):
    user = make_user()
    with transaction():
        keys = [begin_sign_in(user, at=NOON) for _ in range(2)]

    disable(user, make_coordinator())

    assert [signed_in_user(key, at=NOON) for key in keys] == [None, None]
    assert db.session.query(SignIn).count() == 0
    assert (user.disabled_at, user.disabled_reason) == (NOON, REASON)
    assert verbs_of(user)[-1] == "account.disabled"
    assert outbox() == [(user.email, "account_disabled")]


def test_disabled_account_cannot_sign_in_and_says_so(app):
    user = make_user()
    disable(user)

    with pytest.raises(Refusal, match="Dieses Konto ist gesperrt"):
        recognise(user.email, PASSWORD, came_from="192.0.2.7", at=NOON)
    with pytest.raises(Refusal, match="Dieses Konto ist gesperrt"):
        begin_sign_in(user, at=NOON)


def test_enabled_account_signs_in_again(app, outbox):
    user, office = make_user(), make_coordinator()
    disable(user, office)

    with transaction():
        enable_account(user, "Geklärt.", actor=office, at=NOON)

    assert recognise(user.email, PASSWORD, came_from="192.0.2.7", at=NOON) is user
    assert (user.disabled_at, user.disabled_reason) == (None, None)
    assert verbs_of(user)[-2:] == ["account.disabled", "account.enabled"]
    assert outbox()[-1] == (user.email, "account_enabled")


def test_nobody_shuts_herself_out(app):
    admin = make_user(Role.ADMIN)
    make_user(Role.ADMIN)

    with pytest.raises(Refusal, match="Das eigene Konto"):
        disable(admin, admin)
    assert admin.disabled_at is None


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR])
def test_staff_is_shut_out_by_admins_alone(app, role):
    colleague = make_user(role)

    with pytest.raises(Refusal, match="sperrt nur die Verwaltung"):
        disable(colleague, make_coordinator())
    make_user(Role.ADMIN)
    disable(colleague)
    assert colleague.disabled_at == NOON


@pytest.mark.parametrize(
    "others", [{"disabled_at": NOON}, {"confirmed_at": None}], ids=["barred", "new"]
)
def test_last_admin_stays(app, others):
    """The one who acts may have been shut out herself a moment ago."""
    last, acting = make_user(Role.ADMIN), make_user(Role.ADMIN, **others)

    with pytest.raises(Refusal, match="letzte Verwaltung"):
        disable(last, acting)
    assert last.disabled_at is None


@pytest.mark.parametrize("actor", [Role.MEMBER, Role.OBSERVER])
def test_only_the_office_disables(app, actor):
    with pytest.raises(Refusal):
        disable(make_user(), make_user(actor))


def test_each_act_needs_its_state_and_a_reason(app):
    user, office = make_user(), make_coordinator()

    with pytest.raises(Refusal, match="nicht gesperrt"):
        enable_account(user, REASON, actor=office, at=NOON)
    with pytest.raises(Refusal, match="warum"):
        disable(user, office, reason=" ")
    disable(user, office)
    with pytest.raises(Refusal, match="schon gesperrt"):
        disable(user, office)
