from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import InvitationState, OrganisationState
from marketplace.people.organisations.jobs import forget
from marketplace.people.organisations.models import Invitation, Membership
from marketplace.people.organisations.queries import invitation_to, organisation_of
from marketplace.people.organisations.services.inviting import (
    accept,
    accept_with_account,
    followed_invitation,
    invite,
    invite_again,
    revoke,
)
from marketplace.people.organisations.services.members import (
    act_for,
    hand_over,
    leave,
    make_owner,
    remove_member,
)
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.settings.enums import Setting
from tests.factories.invitations import make_invitation, token_of
from tests.factories.people import make_member, make_organisation, make_user
from tests.factories.settings import set_to
from tests.moments import NOON

ADDRESS = "neu@example.org"
NAMES = {"first_name": "Nora", "surname": "Neumann"}
GOOD = "kaninchen pfote lampe"


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def linse(owner):
    return make_organisation(owner, "Labor Linse")


def membership_of(user, organisation):
    return next(m for m in organisation.memberships if m.user_id == user.id)


def roles(organisation):
    return {m.user_id: m.is_owner for m in organisation.memberships}


def verbs():
    return list(db.session.scalars(db.select(AuditEntry.verb).order_by(AuditEntry.id)))


@pytest.mark.parametrize("role", [None, *Role])
def test_invite_does_the_same_whoever_has_an_account(linse, owner, outbox, role):
    if role:
        make_user(role, email=ADDRESS)

    invitation = make_invitation(linse, " Neu@Example.org ")

    assert (invitation.email, invitation.state) == (ADDRESS, InvitationState.OPEN)
    assert invitation.valid_until == NOON + timedelta(days=7)
    assert outbox() == [(ADDRESS, "organisation_invited")]
    assert verbs() == ["organisation.member_invited"]


def test_invite_is_for_owners(linse, outbox):
    with pytest.raises(Refusal, match="wer die Organisation verwaltet"), transaction():
        invite(linse, ADDRESS, actor=make_member(linse), at=NOON)

    assert outbox() == []


def test_invite_refuses_whom_the_owner_knows_already(linse, owner, outbox):
    member = make_member(linse)
    make_invitation(linse)

    for address, sentence in [
        (member.email, "schon Mitglied"),
        (ADDRESS, "schon eingeladen"),
    ]:
        with pytest.raises(Refusal, match=sentence), transaction():
            invite(linse, address, actor=owner, at=NOON)

    assert outbox() == [(ADDRESS, "organisation_invited")]


def test_one_address_may_be_asked_by_several(linse):
    make_invitation(linse)
    make_invitation(make_organisation())

    assert db.session.query(Invitation).count() == 2


def test_an_address_gets_three_letters_a_day(linse, owner, app):
    invitation = make_invitation(linse)
    for _ in range(2):
        token_of(invitation)
        with transaction():
            invite_again(invitation, actor=owner, at=NOON)
    token_of(invitation)

    with pytest.raises(Refusal, match="heute schon drei"), transaction():
        invite_again(invitation, actor=owner, at=NOON)
    with transaction():
        invite_again(invitation, actor=owner, at=NOON + timedelta(hours=25))


def test_a_new_letter_ends_the_link_of_the_old_one(linse, owner):
    invitation = make_invitation(linse)
    old = token_of(invitation)
    with transaction():
        invite_again(invitation, actor=owner, at=NOON)
    new = token_of(invitation)

    with pytest.raises(Refusal, match="gilt nicht mehr"):
        followed_invitation(old, at=NOON)
    assert followed_invitation(new, at=NOON) is invitation


def test_accept_makes_a_member_once(linse, owner, outbox):
    user = make_user(email=ADDRESS)
    token = token_of(make_invitation(linse, is_owner=True))

    with transaction():
        accept(token, actor=user, at=NOON)
    with pytest.raises(Refusal, match="nur einmal"), transaction():
        accept(token, actor=user, at=NOON)

    assert roles(linse) == {owner.id: True, user.id: True}
    assert outbox() == [(owner.email, "organisation_joined")]
    assert verbs()[-1] == "organisation.member_joined"


@pytest.mark.parametrize(
    ("role", "email"),
    [(Role.MEMBER, "andere@example.org"), (Role.PUPIL, ADDRESS), (Role.ADMIN, ADDRESS)],
)
def test_accept_is_for_the_address_that_was_asked(linse, owner, role, email):
    token = token_of(make_invitation(linse))

    with pytest.raises(Refusal, match="an eine andere Adresse"), transaction():
        accept(token, actor=make_user(role, email=email), at=NOON)

    assert roles(linse) == {owner.id: True}
    assert followed_invitation(token, at=NOON)


@pytest.mark.parametrize(("days", "is_good"), [(7, True), (7.001, False), (30, False)])
def test_a_link_is_good_for_seven_days(linse, days, is_good):
    token = token_of(make_invitation(linse))
    at = NOON + timedelta(days=days)

    if is_good:
        assert followed_invitation(token, at=at)
        return
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        followed_invitation(token, at=at)


def test_a_link_that_nobody_was_sent_is_not_known(linse):
    make_invitation(linse)

    with pytest.raises(Refusal, match="kennen wir nicht"):
        followed_invitation("x" * 43, at=NOON)


@pytest.mark.parametrize("name", ["IMPORTED", "FROZEN"])
def test_a_link_ends_with_the_organisation_that_sent_it(linse, owner, name):
    user = make_user(email=ADDRESS)
    token = token_of(make_invitation(linse))
    with transaction():
        linse.state = OrganisationState[name]

    with pytest.raises(Refusal, match="gilt nicht mehr"), transaction():
        accept(token, actor=user, at=NOON)
    with pytest.raises(Refusal, match="gilt nicht mehr"), transaction():
        accept_with_account(token, **NAMES, password=GOOD, at=NOON)

    assert roles(linse) == {owner.id: True}


def test_revoke_ends_letter_and_link(linse, owner, outbox):
    sent, waiting = make_invitation(linse), make_invitation(linse, "b@example.org")
    token = token_of(sent)

    with transaction():
        revoke(sent, actor=owner, at=NOON)
        revoke(waiting, actor=owner, at=NOON)

    assert outbox() == []
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        followed_invitation(token, at=NOON)
    with pytest.raises(Refusal, match="schon beendet"), transaction():
        invite_again(sent, actor=owner, at=NOON)


def test_accept_with_account_opens_one_whose_address_is_confirmed(linse, owner):
    token = token_of(make_invitation(linse))

    with transaction():
        accept_with_account(token, **NAMES, password=GOOD, at=NOON)

    user = db.session.scalars(db.select(User).where(User.email == ADDRESS)).one()
    assert (user.name, user.role) == ("Nora Neumann", Role.MEMBER)
    assert user.confirmed_at == NOON
    assert roles(linse) == {owner.id: True, user.id: False}


def test_accept_with_account_refuses_what_would_not_hold(linse):
    token = token_of(make_invitation(linse))
    with pytest.raises(Refusal, match="schnell erraten"), transaction():
        accept_with_account(token, **NAMES, password="passwort1234", at=NOON)

    make_user(email=ADDRESS)
    with pytest.raises(Refusal, match="schon ein Konto"), transaction():
        accept_with_account(token, **NAMES, password=GOOD, at=NOON)

    assert followed_invitation(token, at=NOON)
    assert len(linse.memberships) == 1


def test_make_owner_lets_decide(linse, owner, outbox):
    member = make_member(linse)

    with transaction():
        make_owner(membership_of(member, linse), actor=owner, at=NOON)

    assert roles(linse) == {owner.id: True, member.id: True}
    assert outbox() == [(member.email, "organisation_trusted")]
    with pytest.raises(Refusal, match="schon"), transaction():
        make_owner(membership_of(member, linse), actor=owner, at=NOON)


def test_hand_over_changes_the_parts(linse, owner):
    member = make_member(linse)

    with transaction():
        hand_over(membership_of(member, linse), actor=owner, at=NOON)

    assert roles(linse) == {owner.id: False, member.id: True}
    assert verbs() == ["organisation.owner_made", "organisation.handed_over"]


def test_remove_member_ends_the_access_and_tells_her(linse, owner, outbox):
    member = make_member(linse)

    with transaction():
        remove_member(membership_of(member, linse), actor=owner, at=NOON)

    assert roles(linse) == {owner.id: True}
    assert organisation_of(member) is None
    assert outbox() == [(member.email, "organisation_removed")]


def test_remove_member_refuses_oneself_and_is_for_owners(linse, owner):
    member = make_member(linse)

    for actor, sentence in [(owner, "Austreten"), (member, "verwaltet")]:
        with pytest.raises(Refusal, match=sentence), transaction():
            remove_member(membership_of(owner, linse), actor=actor, at=NOON)

    assert roles(linse) == {owner.id: True, member.id: False}


def test_leave_is_open_to_all_but_the_last_who_decides(linse, owner, outbox):
    member = make_member(linse)

    with pytest.raises(Refusal, match="Übergeben Sie die Verwaltung"), transaction():
        leave(linse, actor=owner, at=NOON)
    with transaction():
        leave(linse, actor=member, at=NOON)

    assert roles(linse) == {owner.id: True}
    assert outbox() == [(owner.email, "organisation_left")]


def test_leave_counts_only_owners_who_can_sign_in(linse, owner):
    barred = make_member(linse)
    with transaction():
        membership_of(barred, linse).is_owner = True
        barred.disabled_at = NOON

    with pytest.raises(Refusal, match="Außer Ihnen"), transaction():
        leave(linse, actor=owner, at=NOON)


def test_act_for_chooses_among_several(app):
    user = make_user()
    first, second = make_organisation(user), make_organisation(user)
    assert organisation_of(user) is first

    with transaction():
        act_for(second, actor=user, at=NOON)
    assert organisation_of(user) is second

    with transaction():
        act_for(first, actor=user, at=NOON + timedelta(seconds=1))
    assert organisation_of(user) is first


def test_forget_drops_invitations_thirty_days_after_their_end(linse, app):
    make_invitation(linse)

    for days, left in [(36, 1), (38, 0), (39, 0)]:
        app.config["NOW"] = NOON + timedelta(days=days)
        with transaction():
            forget({})
        assert db.session.query(Invitation).count() == left
    assert db.session.query(Membership).count() == 1


def ask(organisation, count, start=0):
    for number in range(start, start + count):
        make_invitation(organisation, f"wer{number}@example.org")


@pytest.mark.parametrize(
    ("state", "most", "sentence"),
    [
        (OrganisationState.REGISTERED, 2, "erst, wenn Ihre Organisation geprüft ist"),
        (OrganisationState.VERIFIED, 5, "Sie haben schon 5 offene Einladungen"),
    ],
)
def test_open_invitations_are_limited(owner, linse, state, most, sentence):
    with transaction():
        linse.state = state
    set_to(Setting.MOST_INVITATIONS, 5)
    ask(linse, most)

    with pytest.raises(Refusal, match=sentence):
        make_invitation(linse)
    assert db.session.query(Invitation).count() == most
    newest = invitation_to(linse, "wer0@example.org")
    with transaction():
        revoke(newest, actor=owner, at=NOON)
    make_invitation(linse)


def test_invitations_that_are_over_leave_room(linse):
    set_to(Setting.MOST_INVITATIONS, 1)
    make_invitation(linse, "alt@example.org")

    make_invitation(linse, at=NOON + timedelta(days=8))

    assert db.session.query(Invitation).count() == 2


def test_one_that_is_open_is_sent_again_though_no_more_fit(owner, linse):
    set_to(Setting.MOST_INVITATIONS, 1)
    invitation = make_invitation(linse)

    with transaction():
        invite_again(invitation, actor=owner, at=NOON + timedelta(days=1))

    assert invitation.invited_at == NOON + timedelta(days=1)


def test_a_day_has_ten_invitations_even_if_they_are_taken_back(owner, linse):
    for number in range(10):
        invitation = make_invitation(linse, f"wer{number}@example.org")
        with transaction():
            revoke(invitation, actor=owner, at=NOON)

    with pytest.raises(Refusal, match="Für heute sind es genug Einladungen"):
        make_invitation(linse)
    make_invitation(linse, at=NOON + timedelta(days=1))
    assert db.session.query(Invitation).count() == 11
