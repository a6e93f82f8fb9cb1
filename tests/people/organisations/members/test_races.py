from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Invitation, Membership, Organisation
from marketplace.people.organisations.services.inviting import accept, invite
from marketplace.people.organisations.services.members import (
    hand_over,
    leave,
    remove_member,
)
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.invitations import make_invitation, token_of
from tests.factories.people import make_member, make_organisation, make_user
from tests.moments import NOON


def at_once(app, works):
    """Does all works in threads of their own; says which were not refused."""
    db.session.remove()

    def do(work):
        with app.app_context():
            try:
                with transaction():
                    work()
            except Refusal:
                return False
            return True

    with ThreadPoolExecutor(len(works)) as crowd:
        return list(crowd.map(do, works))


def got(model, number):
    return db.session.get(model, number)


def test_twenty_presses_on_one_link_make_one_member(app):
    linse, user = make_organisation(), make_user(email="neu@example.org")
    token, number = token_of(make_invitation(linse)), user.id

    done = at_once(
        app,
        [lambda: accept(token, actor=got(User, number), at=NOON)] * 20,
    )

    assert sum(done) == 1
    assert db.session.scalar(select(func.count(Membership.id))) == 2


def test_an_invitation_pressed_twice_is_one_letter(app):
    owner = make_user()
    linse, who = make_organisation(owner).id, owner.id

    def press():
        organisation, actor = got(Organisation, linse), got(User, who)
        invite(organisation, "neu@example.org", actor=actor, at=NOON)

    assert sum(at_once(app, [press] * 8)) == 1
    assert db.session.scalar(select(func.count(Invitation.id))) == 1
    assert db.session.scalar(select(func.count(OutboxEntry.id))) == 1


def test_of_two_owners_who_leave_at_once_one_stays(app):
    first, second = make_user(), make_user()
    linse = make_organisation(first)
    with transaction():
        linse.memberships.append(Membership(user=second, is_owner=True))
    number, people = linse.id, [first.id, second.id]

    def go(who):
        leave(got(Organisation, number), actor=got(User, who), at=NOON)

    done = at_once(app, [lambda who=who: go(who) for who in people])

    assert sorted(done) == [False, True]
    assert db.session.scalar(select(func.count(Membership.id))) == 1


def owners_left(number):
    query = select(func.count(Membership.id)).where(
        Membership.organisation_id == number, Membership.is_owner
    )
    return db.session.scalar(query)


def read_by_all(organisation, meeting):
    """Both have read who acts; SQLite lets the second read only after the first."""
    members = {m.user_id: m for m in organisation.memberships}
    with suppress(BrokenBarrierError):
        meeting.wait(timeout=1)
    return members


@pytest.mark.parametrize("act", [remove_member, leave])
def test_of_two_owners_who_end_each_other_at_once_one_stays(app, act):
    first, second = make_user(), make_user()
    linse = make_organisation(first)
    with transaction():
        linse.memberships.append(Membership(user=second, is_owner=True))
    number, one, other = linse.id, first.id, second.id
    meeting = Barrier(2)

    def go(who, whom):
        organisation = got(Organisation, number)
        members = read_by_all(organisation, meeting)
        what = members[whom] if act is remove_member else organisation
        act(what, actor=got(User, who), at=NOON)

    done = at_once(app, [lambda: go(one, other), lambda: go(other, one)])

    assert sorted(done) == [False, True]
    assert owners_left(number) == 1


def test_who_leaves_while_she_becomes_owner_leaves_an_owner(app):
    owner = make_user()
    linse = make_organisation(owner)
    member = make_member(linse)
    number, old, new = linse.id, owner.id, member.id
    meeting = Barrier(2)

    def give():
        members = read_by_all(got(Organisation, number), meeting)
        if new not in members:  # on SQLite, where she went first
            raise Refusal("gone")
        hand_over(members[new], actor=got(User, old), at=NOON)

    def go():
        organisation = got(Organisation, number)
        read_by_all(organisation, meeting)
        leave(organisation, actor=got(User, new), at=NOON)

    done = at_once(app, [give, go])

    assert sorted(done) == [False, True]
    assert owners_left(number) == 1
