from datetime import timedelta

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.partnerships.enums import EndCode, Moment
from marketplace.encounters.partnerships.services.ending import end_early
from marketplace.encounters.partnerships.services.telling import Answer, give_feedback
from marketplace.foundation.database import transaction
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.worlds import profile_of_offer, world_at
from tests.factories.encounters import make_active, member_of
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import a_give, make_offer, make_sponsorship
from tests.moments import NOON

DAY = timedelta(days=1)


def test_feedback_is_no_input_of_any_list(app):
    """The worst marks of a company that ended move it nowhere."""
    lab, firms = make_organisation(), [make_company() for _one in range(3)]
    gifts = [make_sponsorship(organisation=firm) for firm in firms]
    other = make_sponsorship(organisation=make_company(), lines=[a_give(quantity=3)])
    made = make_active(make_offer(organisation=lab), gifts[0], at=NOON - 40 * DAY)
    who = {"side": Side.PROVIDER, "actor": member_of(made, Side.PROVIDER)}
    with transaction():
        made.first_on = (NOON - 20 * DAY).date()
        end_early(made, EndCode.UNSUITABLE, at=NOON, **who)
    asking = profile_of_offer(make_offer(organisation=make_organisation()).id)
    before = told(asking)

    with transaction():
        answer = Answer(took_place=False, useful=1, would_again=False)
        give_feedback(made, Moment.FIRST, answer, at=NOON, **who)
        give_feedback(made, Moment.END, answer, at=NOON, **who)

    assert told(asking) == before
    assert {one[0] for one in before} >= {firms[0].name, other.organisation.name}


def told(profile_id):
    """The list as it is shown: who, in which order, with which figures."""
    return [
        (one.organisation.name, one.match, one.explanation)
        for one in partners_of(world_at(NOON), profile_id).partners
    ]
