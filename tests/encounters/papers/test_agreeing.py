"""An agreement is made once, signed in turn, and made anew when the place changes."""

from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState, Side
from marketplace.encounters.papers.enums import Party, SignatureWay
from marketplace.encounters.papers.queries import agreement_of, agreements_of
from marketplace.encounters.papers.rules import missing_parties, words_of
from marketplace.encounters.papers.services.agreeing import (
    SeenPaper,
    enter_signature,
    prepare_agreement,
    sign,
)
from marketplace.encounters.papers.services.describing import digest_of
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.queries import addresses_of
from tests.factories.applications import PARENT, SCHOOL_WEEK, make_place
from tests.factories.papers import (
    make_agreement,
    make_placement,
    make_school_placement,
)
from tests.factories.people import make_pupil, make_school, make_staff
from tests.moments import NOON

TWO = {
    "guardians_asked": 2,
    "second_guardian_name": "Uwe Muster",
    "second_guardian_email": "uwe@example.org",
}


def signed_by(agreement, *parties, at=NOON):
    for party in parties:
        with transaction():
            sign(agreement, party, name="Vorname Name", user=None, at=at)


def parties(agreement):
    return [signature.party for signature in agreement.signatures]


def test_it_says_all_of_the_place_and_nothing_of_home(agreement):
    words = words_of(agreement)

    assert {
        name: words[name] for name in ("company", "pupil", "span", "hours", "minutes")
    } == {
        "company": "Optik Jena",
        "pupil": "Mia Sonnenschein",
        "span": "1. bis 5. Februar 2027",
        "hours": "8:00 bis 14:30 Uhr, Pause 11:00 bis 11:30 Uhr",
        "minutes": 360,
    }
    assert words["parties"] == ["company", "guardian", "pupil"]
    assert words["guardian"] == "Ute Muster"
    assert words["school"] == ""
    for secret in ("2010", PARENT, "0361 5550", "Gymnasium am Anger", "Fernrohre"):
        assert secret not in agreement.words


def test_its_hash_is_that_of_its_words(agreement):
    assert agreement.digest == digest_of(agreement.words)


def test_at_a_school_event_the_school_is_named_and_signs(mia):
    agreement = make_agreement(make_school_placement(mia))

    words = words_of(agreement)
    assert words["school"] == "Gymnasium am Anger"
    assert words["parties"] == ["company", "school", "guardian", "pupil"]


def test_of_age_nobody_signs_for_her(app):
    adult = make_pupil(born_on=date(2008, 11, 23), class_level=12)
    agreement = make_agreement(make_placement(adult))

    words = words_of(agreement)
    assert (words["parties"], words["guardian"]) == (["company", "pupil"], "")


def test_it_is_made_once_and_asks_the_company(application, boss, letters):
    first = make_agreement(application)
    second = make_agreement(application, at=NOON + timedelta(hours=1))

    assert second is first
    assert letters() == [(boss.email, "agreement_asked")]


@pytest.mark.parametrize("state", [ApplicationState.OFFERED, ApplicationState.DECLINED])
def test_there_is_none_before_the_place_is_firm(mia, state):
    application = make_placement(mia, state=state)

    with transaction():
        assert prepare_agreement(application, at=NOON) is None


def test_each_is_asked_in_turn_and_all_hear_of_the_end(agreement, boss, mia, letters):
    letters()
    signed_by(agreement, Party.COMPANY)
    assert letters() == [(PARENT, "agreement_asked_guardian")]
    signed_by(agreement, Party.GUARDIAN)
    assert letters() == [(mia.email, "agreement_asked_pupil")]
    signed_by(agreement, Party.PUPIL)

    assert letters() == [
        (boss.email, "agreement_signed"),
        (PARENT, "agreement_signed_guardian"),
        (mia.email, "agreement_signed_pupil"),
    ]
    assert parties(agreement) == [Party.COMPANY, Party.GUARDIAN, Party.PUPIL]


def test_whoever_is_not_next_has_to_wait(agreement):
    with pytest.raises(Refusal, match="jemand anderes"), transaction():
        sign(agreement, Party.PUPIL, name="Mia Sonnenschein", user=None, at=NOON)

    assert parties(agreement) == []


def test_signing_twice_changes_nothing(agreement, letters):
    signed_by(agreement, Party.COMPANY)
    letters()
    signed_by(agreement, Party.COMPANY)

    assert (parties(agreement), letters()) == ([Party.COMPANY], [])


def test_a_school_with_an_account_signs_after_the_company(mia, letters):
    school = make_school()
    staff = make_staff(school)
    with transaction():
        mia.pupil.school_id = school.id
    agreement = make_agreement(make_school_placement(mia))
    letters()
    signed_by(agreement, Party.COMPANY)
    assert letters() == [(staff.email, "agreement_asked")]

    signed_by(agreement, Party.SCHOOL)
    assert letters() == [(PARENT, "agreement_asked_guardian")]


def test_a_school_without_an_account_holds_nobody_up(mia, letters):
    agreement = make_agreement(make_school_placement(mia))
    signed_by(agreement, Party.COMPANY, Party.GUARDIAN, Party.PUPIL)

    assert not [one for one in letters() if one[1] == "agreement_signed_pupil"]


def on_paper(agreement, party, *, side, actor, at=NOON):
    paper = SeenPaper(party=party, signed_by="Ute Muster", signed_on=date(2026, 11, 20))
    with transaction():
        enter_signature(agreement, paper, side=side, actor=actor, at=at)


def test_what_is_signed_on_paper_tells_who_has_seen_it(agreement, boss):
    on_paper(agreement, Party.GUARDIAN, side=Side.COMPANY, actor=boss)

    signature = agreement.signatures[0]
    assert (signature.party, signature.way) == (Party.GUARDIAN, SignatureWay.PAPER)
    assert (signature.name, signature.signed_on) == ("Ute Muster", date(2026, 11, 20))
    assert (signature.seen_by, signature.user_id) == ("Bodo Chef", boss.id)


@pytest.mark.parametrize("side", [Side.PUPIL, Side.GUARDIAN])
def test_the_family_enters_no_paper(agreement, mia, side):
    with pytest.raises(Refusal):
        on_paper(agreement, Party.COMPANY, side=side, actor=mia)

    assert parties(agreement) == []


def test_no_paper_for_a_party_that_is_not_asked(agreement, boss):
    with pytest.raises(Refusal):
        on_paper(agreement, Party.SCHOOL, side=Side.COMPANY, actor=boss)


def test_a_changed_place_makes_a_version_to_sign_anew(
    application, agreement, boss, letters
):
    signed_by(agreement, Party.COMPANY)
    letters()
    with transaction():
        application.internship.description = "Du schleifst zwei Linsen."
    later = NOON + timedelta(days=1)
    new = make_agreement(application, at=later)

    assert agreement_of(application) is new
    assert [one.number for one in agreements_of(application)] == [2, 1]
    assert (agreement.replaced_at, parties(agreement)) == (later, [Party.COMPANY])
    assert (new.signatures, letters()) == ([], [(boss.email, "agreement_asked")])
    with pytest.raises(Refusal, match="neue Fassung"), transaction():
        sign(agreement, Party.GUARDIAN, name="Ute Muster", user=None, at=later)


def test_a_birthday_makes_no_new_version(mia, place):
    with transaction():
        mia.pupil.birth_on = date(2008, 12, 1)
    application = make_placement(mia, internship=place)
    agreement = make_agreement(application)
    on_the_day = NOON + timedelta(days=8)

    assert make_agreement(application, at=on_the_day) is agreement
    signed_by(agreement, Party.COMPANY, Party.PUPIL, at=on_the_day)
    assert parties(agreement) == [Party.COMPANY, Party.PUPIL]


def test_a_cancelled_place_is_signed_no_more(application, agreement):
    with transaction():
        application.state = ApplicationState.CANCELLED_BY_COMPANY

    with pytest.raises(Refusal, match="nichts mehr"), transaction():
        sign(agreement, Party.COMPANY, name="Bodo Chef", user=None, at=NOON)


def test_series_and_school_weeks_count_their_days(mia):
    place = make_place(week=SCHOOL_WEEK)
    agreement = make_agreement(make_school_placement(mia, internship=place))

    assert words_of(agreement)["days"] == [
        *("Mo., 8. März", "Di., 9. März", "Mi., 10. März", "Do., 11. März"),
        "Fr., 12. März",
    ]


def test_of_two_guardians_each_is_asked_and_signs(mia, place, letters):
    application = make_placement(mia, internship=place, **TWO)
    agreement = make_agreement(application)
    letters()
    signed_by(agreement, Party.COMPANY)

    assert words_of(agreement)["guardian"] == "Ute Muster und Uwe Muster"
    assert letters() == [(PARENT, "agreement_asked_guardian")]
    with pytest.raises(Refusal, match="jemand anderes"):
        signed_by(agreement, Party.PUPIL)
    signed_by(agreement, Party.GUARDIAN)
    signed_by(agreement, Party.GUARDIAN)
    assert letters() == [("uwe@example.org", "agreement_asked_guardian")]
    assert missing_parties(agreement, NOON.date()) == [
        *(Party.SECOND_GUARDIAN, Party.PUPIL),
    ]
    signed_by(agreement, Party.SECOND_GUARDIAN)
    assert letters() == [(mia.email, "agreement_asked_pupil")]
    signed_by(agreement, Party.PUPIL)
    assert sorted(to for to, _letter in letters()) == sorted(
        [*addresses_of(place.organisation), PARENT, "uwe@example.org", mia.email]
    )


def test_the_second_guardian_without_an_address_signs_on_paper(mia, place, boss):
    without = TWO | {"second_guardian_email": ""}
    agreement = make_agreement(make_placement(mia, internship=place, **without))
    signed_by(agreement, Party.COMPANY, Party.GUARDIAN, Party.PUPIL)
    before = missing_parties(agreement, NOON.date())

    on_paper(agreement, Party.SECOND_GUARDIAN, side=Side.COMPANY, actor=boss)

    assert (before, missing_parties(agreement, NOON.date())) == (
        [Party.SECOND_GUARDIAN],
        [],
    )
