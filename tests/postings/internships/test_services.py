from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Notice
from marketplace.people.organisations.queries import organisation_of
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.rules import breach_of
from marketplace.postings.internships.services import (
    free_place,
    move_internship,
    reserve_place,
    revise_internship,
    write_internship,
)
from marketplace.postings.internships.tables import (
    PeriodEntry,
    SupervisorEntry,
)
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.region.labour.enums import Basis, Branch, Danger, Reason
from marketplace.region.labour.services.wording import sentence_for
from marketplace.region.labour.tables import Settings
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience
from marketplace.upkeep.audit.queries import history_of
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.internships import (
    FIRST_DAY,
    LAST_DAY,
    an_entry,
    make_internship,
    make_period,
    make_supervisor,
)
from tests.factories.people import make_site, make_user
from tests.moments import NOON


def verbs(thing):
    return [entry.verb for entry in db.session.scalars(history_of(thing))]


def found_by(words):
    ids = db.session.scalars(matching_ids("internship", words)).all()
    return [db.session.get(Internship, key).title for key in ids]


def submit(internship, actor):
    with transaction():
        move_internship(internship, Act.SUBMIT, actor=actor, at=NOON)


def refusal_of(internship, actor, act=Act.SUBMIT):
    with pytest.raises(Refusal) as refusal, transaction():
        move_internship(internship, act, actor=actor, at=NOON)
    return refusal.value.sentence


def said_of(internship):
    """What is said of a school event that breaks a rule."""
    finding = breach_of(internship, Basis.SCHOOL, Settings())
    return f"Schulpraktikum: {sentence_for(finding, familiar=False)}"


def test_write_internship_begins_a_draft_that_can_be_found(company, member):
    with transaction():
        internship = write_internship(company, an_entry(company), actor=member, at=NOON)

    assert (internship.state, internship.place_name) == (PostingState.DRAFT, "Jena")
    assert [(p.starts_on, p.place_count) for p in internship.periods] == [
        (FIRST_DAY, 2)
    ]
    assert [p.surname for p in internship.supervisors] == ["Beispiel"]
    assert internship.audiences == {Audience.CLASS_9_10, Audience.CLASS_11_13}
    assert internship.fits_from == 13
    assert found_by("roboterarm") == ["Ein Roboterarm lernt greifen"]
    assert found_by("Robotik") == ["Ein Roboterarm lernt greifen"]
    assert verbs(internship) == ["internship.written"]


def test_write_internship_needs_only_a_title(company, member):
    entry = an_entry(
        company,
        description="",
        topics=frozenset(),
        occupation_ids=(),
        periods=(),
        day_starts_at=None,
        day_ends_at=None,
        site_id=None,
        supervisors=(),
    )

    with transaction():
        internship = write_internship(company, entry, actor=member, at=NOON)

    assert (internship.fits_from, internship.state_code) == (None, None)


def test_write_internship_refuses_strangers(company):
    with pytest.raises(Refusal) as refusal:
        write_internship(company, an_entry(company), actor=make_user(), at=NOON)

    assert refusal.value.sentence == "Das können nur Mitglieder der Organisation."


def test_write_internship_refuses_the_site_of_somebody_else(company, member, stranger):
    [other] = organisation_of(stranger).sites

    with pytest.raises(Refusal) as refusal:
        write_internship(
            company, an_entry(company, site_id=other.id), actor=member, at=NOON
        )

    assert refusal.value.sentence == (
        "Dieser Standort gehört nicht zu Ihrer Organisation."
    )


@pytest.mark.parametrize(
    ("town", "bases", "insurer"),
    [
        (
            "Jena",
            {Basis.SCHOOL},
            "Schulpraktikum: Schülerunfallversicherung (Unfallkasse Thüringen).",
        ),
        (
            "Leipzig",
            {Basis.VOLUNTARY},
            "Freiwilliges Praktikum: Berufsgenossenschaft des Betriebs.",
        ),
        (
            "Halle (Saale)",
            {Basis.SCHOOL, Basis.VOLUNTARY},
            (
                "Schulpraktikum: Schülerunfallversicherung "
                "(Unfallkasse Sachsen-Anhalt). "
                "Freiwilliges Praktikum: Berufsgenossenschaft des Betriebs."
            ),
        ),
    ],
)
def test_write_internship_fills_in_the_usual_insurer(
    company, member, town, bases, insurer
):
    site = make_site(company, town)
    entry = an_entry(company, site_id=site.id, bases=frozenset(bases))

    with transaction():
        internship = write_internship(company, entry, actor=member, at=NOON)

    assert internship.insurer == insurer


def test_revise_internship_forgets_the_eve_of_a_block_that_is_over(company, member):
    """Whoever may stay until four in February does not hear of last Christmas."""
    internship = make_internship(
        PostingState.PUBLISHED,
        company,
        periods=[make_period(starts_on=date(2026, 12, 21), ends_on=date(2026, 12, 31))],
        day_ends_at=time(14),
    )
    over = PeriodEntry(
        key=internship.periods[0].public_id,
        starts_on=date(2026, 12, 21),
        ends_on=date(2026, 12, 31),
        place_count=2,
    )
    next_one = PeriodEntry(starts_on=FIRST_DAY, ends_on=LAST_DAY, place_count=2)
    hours = {
        "day_starts_at": time(9),
        "day_ends_at": time(16),
        "breaks": ((time(12), time(13)),),
    }
    late = an_entry(company, periods=(over, next_one), **hours)

    def revise(at):
        with transaction():
            revise_internship(internship, late, actor=member, at=at)

    with pytest.raises(Refusal, match="24\\. "):
        revise(NOON)
    revise(datetime(2027, 1, 11, 11, tzinfo=UTC))

    assert internship.day_ends_at == time(16)
    assert len(internship.periods) == 2


def test_revise_internship_lets_the_usual_insurer_follow_the_basis(company, member):
    with transaction():
        internship = write_internship(company, an_entry(company), actor=member, at=NOON)
    entry = an_entry(
        company, bases=frozenset({Basis.VOLUNTARY}), insurer=internship.insurer
    )

    with transaction():
        revise_internship(internship, entry, actor=member, at=NOON)

    assert internship.insurer == (
        "Freiwilliges Praktikum: Berufsgenossenschaft des Betriebs."
    )


def test_revise_internship_keeps_an_insurer_of_ones_own(company, member):
    internship = make_internship(PostingState.DRAFT, company)

    with transaction():
        revise_internship(
            internship, an_entry(company, insurer="Eigene"), actor=member, at=NOON
        )

    assert internship.insurer == "Eigene"
    assert internship.title == "Ein Roboterarm lernt greifen"
    assert verbs(internship) == ["internship.revised"]
    assert found_by("linse") == []


def test_revise_internship_keeps_the_periods_that_stay(company, member):
    internship = make_internship(PostingState.DRAFT, company)
    make_period(internship, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    kept, dropped = internship.periods
    entry = an_entry(
        company,
        periods=(
            PeriodEntry(
                key=kept.public_id,
                starts_on=FIRST_DAY,
                ends_on=LAST_DAY,
                place_count=5,
            ),
        ),
    )

    with transaction():
        revise_internship(internship, entry, actor=member, at=NOON)

    periods = db.session.scalars(db.select(Period)).all()
    assert [(p.id, p.place_count) for p in periods] == [(kept.id, 5)]
    assert dropped not in db.session


def test_revise_internship_keeps_a_public_period_for_those_who_applied(company, member):
    internship = make_internship(PostingState.PUBLISHED, company)
    [old] = internship.periods
    line = PeriodEntry(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))

    with transaction():
        revise_internship(
            internship, an_entry(company, periods=(line,)), actor=member, at=NOON
        )

    assert [(p.starts_on, p.is_open) for p in internship.periods] == [
        (FIRST_DAY, False),
        (line.starts_on, True),
    ]
    assert old.is_open is False
    assert internship.terms_changed_at == NOON


def test_revise_internship_notes_no_new_terms_for_other_words(company, member):
    internship = make_internship(
        PostingState.PUBLISHED,
        company,
        description="Du bringst einem Greifer drei Bewegungen bei.",
    )
    [period] = internship.periods
    line = PeriodEntry(
        key=period.public_id, starts_on=FIRST_DAY, ends_on=LAST_DAY, place_count=2
    )

    with transaction():
        revise_internship(
            internship,
            an_entry(company, periods=(line,), bring="Feste Schuhe"),
            actor=member,
            at=NOON,
        )

    assert (internship.bring, internship.terms_changed_at) == ("Feste Schuhe", None)


def test_revise_internship_refuses_fewer_places_than_are_taken(company, member):
    internship = make_internship(
        PostingState.PUBLISHED, company, periods=[make_period(taken_count=2)]
    )
    [period] = internship.periods
    line = PeriodEntry(
        key=period.public_id, starts_on=FIRST_DAY, ends_on=LAST_DAY, place_count=1
    )

    with pytest.raises(Refusal) as refusal, transaction():
        revise_internship(
            internship, an_entry(company, periods=(line,)), actor=member, at=NOON
        )

    assert refusal.value.sentence == (
        "In einem Zeitraum sind schon 2 Plätze vergeben. So viele müssen bleiben."
    )
    assert period.place_count == 2


def test_revise_internship_refuses_what_the_office_reads(company, member):
    internship = make_internship(PostingState.SUBMITTED, company)

    with pytest.raises(Refusal) as refusal:
        revise_internship(internship, an_entry(company), actor=member, at=NOON)

    assert refusal.value.sentence == (
        "Ändern geht als Entwurf oder öffentlich. Der Stand ist „in Prüfung“."
    )


def test_revise_internship_refuses_a_breach_in_public(company, member):
    internship = make_internship(PostingState.PUBLISHED, company)

    with pytest.raises(Refusal) as refusal, transaction():
        revise_internship(
            internship, an_entry(company, day_ends_at=time(19)), actor=member, at=NOON
        )

    assert "§§ 7, 8 JArbSchG" in refusal.value.sentence
    assert internship.day_ends_at == time(14, 30)


def test_more_places_open_a_filled_internship_again(company, member):
    internship = make_internship(
        PostingState.FILLED, company, periods=[make_period(taken_count=2)]
    )
    [period] = internship.periods
    line = PeriodEntry(
        key=period.public_id, starts_on=FIRST_DAY, ends_on=LAST_DAY, place_count=3
    )

    with transaction():
        revise_internship(
            internship, an_entry(company, periods=(line,)), actor=member, at=NOON
        )

    assert internship.state is PostingState.PUBLISHED


# Each field of L6 and L17 left out once, and what is then said to be lacking.
LEFT_OUT = [
    ({"description": ""}, "was die Jugendlichen tun"),
    ({"topics": frozenset()}, "ein bis fünf Themen"),
    ({"bases": frozenset()}, "die Art: Schulpraktikum oder freiwillig"),
    ({"day_starts_at": None}, "Beginn und Ende des Tages"),
    ({"day_ends_at": None}, "Beginn und Ende des Tages"),
    ({"grade_from": None}, "ab welcher Klasse"),
    ({"periods": []}, "ein Zeitraum, der noch bevorsteht"),
    ({"insurer": ""}, "wer bei Unfällen versichert"),
    ({"liability": ""}, "wer bei Schäden haftet"),
    ({"pay": ""}, "die Vergütung, auch wenn es keine gibt"),
    ({"papers": ""}, "nötige Papiere, auch wenn keine nötig sind"),
    (
        {"risks_assessed_on": None},
        "wann die Gefährdung beurteilt wurde (§ 28a JArbSchG)",
    ),
    ({"supervisors": []}, "wer die Jugendlichen betreut"),
]


@pytest.mark.parametrize(("gap", "name"), LEFT_OUT)
@pytest.mark.parametrize(
    ("state", "act"),
    [(PostingState.DRAFT, Act.SUBMIT), (PostingState.SUBMITTED, Act.PUBLISH)],
)
def test_nothing_becomes_public_with_a_gap(
    company, member, coordinator, outbox, gap, name, state, act
):
    internship = make_internship(state, company, **gap)
    actor = member if act is Act.SUBMIT else coordinator

    sentence = refusal_of(internship, actor, act)

    assert sentence == f"Es fehlt noch: {name}. Ergänzen Sie das."
    assert (internship.state, outbox()) == (state, [])


@pytest.mark.parametrize(
    ("declared_on", "is_good"),
    [
        (date(2025, 11, 23), True),
        (date(2025, 11, 22), False),
        (date(2026, 11, 24), False),
        (None, False),
    ],
)
def test_submit_needs_a_declaration_of_the_last_twelve_months(
    company, member, declared_on, is_good
):
    supervisors = [make_supervisor(), make_supervisor(declared_on=declared_on)]
    internship = make_internship(PostingState.DRAFT, company, supervisors=supervisors)

    if is_good:
        submit(internship, member)
        assert internship.state is PostingState.SUBMITTED
    else:
        assert "§ 25 JArbSchG" in refusal_of(internship, member)
        assert internship.state is PostingState.DRAFT


@pytest.mark.parametrize("danger", Danger)
def test_each_danger_refuses(company, member, danger):
    internship = make_internship(
        PostingState.DRAFT, company, dangers=frozenset({danger})
    )

    reason = Reason.UNDERGROUND if danger is Danger.UNDERGROUND else Reason.DANGEROUS
    assert breach_of(internship, Basis.SCHOOL, Settings()).reason is reason
    assert refusal_of(internship, member) == said_of(internship)


@pytest.mark.parametrize(
    ("changes", "law"),
    [
        ({"day_ends_at": time(16)}, "§§ 7, 8 JArbSchG"),
        ({"breaks": []}, "§ 11 JArbSchG"),
        ({"day_starts_at": time(5)}, "§ 14 JArbSchG"),
        ({"bases": frozenset(Basis), "day_ends_at": time(16)}, "§§ 7, 8 JArbSchG"),
    ],
)
def test_submit_names_the_rule_that_is_broken(company, member, changes, law):
    internship = make_internship(PostingState.DRAFT, company, **changes)

    sentence = refusal_of(internship, member)

    assert law in sentence
    assert sentence == said_of(internship)


def test_submit_refuses_a_school_event_on_a_saturday(company, member):
    saturday = date(2027, 2, 6)
    period = make_period(starts_on=saturday, ends_on=saturday, days=["2027-02-06"])
    internship = make_internship(
        PostingState.DRAFT, company, shape=Shape.SINGLE_DAYS, periods=[period]
    )

    assert (
        breach_of(internship, Basis.SCHOOL, Settings()).reason
        is Reason.NOT_A_SCHOOL_DAY
    )
    assert refusal_of(internship, member) == said_of(internship)


def test_hours_for_older_pupils_alone_are_possible(company, member):
    entry = an_entry(
        company,
        bases=frozenset({Basis.VOLUNTARY}),
        branch=Branch.HOSPITALITY,
        day_starts_at=time(15),
        day_ends_at=time(21, 30),
        breaks=((time(18), time(18, 30)),),
    )

    with transaction():
        internship = write_internship(company, entry, actor=member, at=NOON)
    submit(internship, member)

    assert (internship.state, internship.fits_from) == (PostingState.SUBMITTED, 16)


def test_who_wants_no_postings_to_read_gets_no_letter(
    company, member, coordinator, outbox
):
    with transaction():
        coordinator.muted_notices = frozenset({Notice.POSTINGS})

    submit(make_internship(PostingState.DRAFT, company), member)

    assert outbox() == []


def test_submit_and_publish_write_to_those_who_wait(
    company, member, coordinator, outbox
):
    internship = make_internship(PostingState.DRAFT, company)

    submit(internship, member)
    with transaction():
        move_internship(internship, Act.PUBLISH, actor=coordinator, at=NOON)

    assert outbox() == [
        (coordinator.email, "posting_submitted"),
        (member.email, "posting_published"),
    ]
    assert (internship.published_at, internship.confirmed_on) == (
        NOON,
        date(2026, 11, 23),
    )


def test_return_needs_words_and_keeps_them(company, coordinator, outbox, member):
    internship = make_internship(PostingState.SUBMITTED, company)

    assert refusal_of(internship, coordinator, Act.RETURN) == (
        "Schreiben Sie dazu, was sich ändern soll oder warum."
    )
    with transaction():
        move_internship(
            internship, Act.RETURN, actor=coordinator, at=NOON, words="Wo genau?"
        )

    assert (internship.state, internship.return_words) == (
        PostingState.DRAFT,
        "Wo genau?",
    )
    assert outbox() == [(member.email, "posting_returned")]


def test_reserve_place_fills_with_the_last_one_and_free_place_opens(company):
    internship = make_internship(PostingState.PUBLISHED, company)
    [period] = internship.periods

    states = []
    for act in (reserve_place, reserve_place, free_place):
        with transaction():
            act(period, at=NOON)
        states.append((period.taken_count, internship.state))

    assert states == [
        (1, PostingState.PUBLISHED),
        (2, PostingState.FILLED),
        (1, PostingState.PUBLISHED),
    ]
    assert verbs(internship) == ["internship.filled", "internship.reopened"]


def test_reserve_place_leaves_open_what_has_another_period(company):
    internship = make_internship(
        PostingState.PUBLISHED,
        company,
        periods=[make_period(place_count=1), make_period(starts_on=date(2027, 2, 2))],
    )

    with transaction():
        reserve_place(internship.periods[0], at=NOON)

    assert internship.state is PostingState.PUBLISHED


def test_reserve_place_refuses_when_none_is_left(company):
    internship = make_internship(
        PostingState.FILLED, company, periods=[make_period(taken_count=2)]
    )
    [period] = internship.periods

    with pytest.raises(Refusal) as refusal, transaction():
        reserve_place(period, at=NOON)

    assert refusal.value.sentence == "In diesem Zeitraum ist kein Platz mehr frei."
    assert period.taken_count == 2


def test_the_database_counts_no_more_places_than_there_are(company):
    internship = make_internship(PostingState.PUBLISHED, company)

    with pytest.raises(IntegrityError), transaction():
        internship.periods[0].taken_count = 3


def test_a_surname_is_not_readable_in_the_table(company):
    make_internship(
        PostingState.PUBLISHED, company, supervisors=[make_supervisor(surname="Geheim")]
    )

    rows = db.session.execute(db.text("SELECT surname FROM supervisors")).scalars()
    assert [b"Geheim" in bytes(row) for row in rows] == [False]


def test_an_entry_brings_a_supervisor_without_declaration(company, member):
    entry = an_entry(
        company, supervisors=(SupervisorEntry(first_name="Juri", function="Meister"),)
    )

    with transaction():
        internship = write_internship(company, entry, actor=member, at=NOON)

    assert [(p.surname, p.declared_on) for p in internship.supervisors] == [
        (None, None)
    ]
    assert internship.state_code is FederalState.THURINGIA


@pytest.mark.parametrize("shape", [Shape.BLOCK, Shape.ON_REQUEST, Shape.WEEKLY_DAY])
@pytest.mark.parametrize("first", [date(2027, 2, 6), date(2027, 3, 26)])
def test_a_period_without_a_day_of_work_is_not_published(company, member, shape, first):
    period = PeriodEntry(starts_on=first, ends_on=first, place_count=2)
    entry = an_entry(company, shape=shape, periods=(period,))
    with transaction():
        internship = write_internship(company, entry, actor=member, at=NOON)

    sentence = refusal_of(internship, member)

    if shape is Shape.WEEKLY_DAY and first.weekday() == 5:  # judged as a Saturday
        assert "Samstag" in sentence or "Unterricht" in sentence
    else:
        assert "liegt kein Arbeitstag (§§ 15, 18 JArbSchG)." in sentence
    assert internship.state is PostingState.DRAFT
