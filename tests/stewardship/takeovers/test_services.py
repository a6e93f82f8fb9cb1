"""Files are taken over through the services of the forms, once and whole."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.models import Organisation
from marketplace.postings.events.models import Event
from marketplace.postings.events.services import entry_of, revise_event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.takeovers.enums import Fate, TakeoverKind, TakeoverState
from marketplace.stewardship.takeovers.jobs import tidy
from marketplace.stewardship.takeovers.models import TakenEntry, Takeover
from marketplace.stewardship.takeovers.services.giving import (
    give_file,
    rest_vanished,
    take_file,
)
from marketplace.upkeep.files.models import StoredFile
from tests.factories.internships import make_internship
from tests.factories.people import make_member, make_organisation, make_user
from tests.factories.postings import make_event, make_offer
from tests.moments import NOON
from tests.stewardship.takeovers.files import COURSE, JOB, calendar, event, linked

EVENTS = TakeoverKind.EVENTS
TOPICS = {"CATEGORIES": "Elektronik und Elektrotechnik"}
COMPLETE = {**TOPICS, "DESCRIPTION": "Löten"}


@pytest.fixture
def lab(app):
    """An organisation in Jena and its member."""
    organisation = make_organisation()
    return organisation, make_member(organisation)


def give(lab, content, *, name="kalender.ics", kind=EVENTS, at=NOON):
    organisation, member = lab
    with transaction():
        return give_file(
            organisation, content, name=name, kind=kind, actor=member, at=at
        )


def take(lab, content, *, is_submitted=False, fates=None, **told):
    takeover = give(lab, content, **told)
    with transaction():
        take_file(
            takeover,
            is_submitted=is_submitted,
            fates=fates or {},
            actor=lab[1],
            at=NOON,
        )
    return takeover


def outcomes(takeover):
    return [item["outcome"] for item in takeover.items]


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def only(model):
    return db.session.scalars(select(model)).one()


def test_looking_leaves_no_trace_but_what_it_showed(lab):
    takeover = give(lab, calendar(event()))

    assert outcomes(takeover) == ["created"]
    assert takeover.items[0]["key"] == ""
    assert takeover.state is TakeoverState.CHOSEN
    assert (number_of(Event), number_of(TakenEntry)) == (0, 0)


def test_event_becomes_a_draft_with_what_the_file_tells(lab):
    takeover = take(lab, calendar(event(**TOPICS)))

    made = only(Event)
    assert outcomes(takeover) == ["created"]
    assert (made.title, made.state) == ("Offenes Labor", PostingState.DRAFT)
    assert made.starts_at == datetime(2026, 12, 5, 13, tzinfo=UTC)
    assert made.ends_at == datetime(2026, 12, 5, 16, tzinfo=UTC)
    assert (made.organisation, made.place_name) == (lab[0], "Jena")
    assert [topic.value for topic in made.topics] == ["electronics"]
    assert number_of(StoredFile) == 0


def test_same_file_again_creates_nothing(lab):
    content = calendar(event(**TOPICS), event(uid="b@x", title="Zweites"))
    take(lab, content)

    again = take(lab, content)

    assert outcomes(again) == ["unchanged", "unchanged"]
    assert (number_of(Event), number_of(TakenEntry)) == (2, 2)


def test_changed_entry_changes_its_posting_alone(lab):
    take(lab, calendar(event(), event(uid="b@x", title="Zweites")))
    later = {"DTEND;TZID=Europe/Berlin": "20261205T180000"}

    again = take(lab, calendar(event(**later), event(uid="b@x", title="Zweites")))

    assert outcomes(again) == ["updated", "unchanged"]
    assert again.items[0]["reason"] == "Geändert: Ende."
    first = db.session.scalars(select(Event).order_by(Event.id)).first()
    assert first.ends_at == datetime(2026, 12, 5, 17, tzinfo=UTC)


def test_what_a_person_changed_stays_and_is_told(lab):
    take(lab, calendar(event()))
    made = only(Event)
    words = {**entry_of(made).__dict__, "title": "Offenes Labor am Samstag"}
    with transaction():
        revise_event(made, type(entry_of(made))(**words), actor=lab[1], at=NOON)

    again = take(lab, calendar(event(title="Labor offen", DESCRIPTION="Neu")))

    assert (made.title, made.description) == ("Offenes Labor am Samstag", "Neu")
    assert again.items[0]["reason"] == (
        "Geändert: Beschreibung. Von Hand geändert, bleibt: Titel."
    )


def test_what_was_deleted_here_is_not_made_again(lab):
    take(lab, calendar(event()))
    with transaction():
        db.session.delete(only(Event))

    again = take(lab, calendar(event()))

    assert outcomes(again) == ["unchanged"]
    assert number_of(Event) == 0


def test_submitted_is_what_lacks_nothing(lab):
    audience = "Klasse 7 bis 9"
    rows = (
        "Nr;Titel;Beschreibung;Themen;Zielgruppe;Beginn;Ort\n"
        f"1;Löten;Wir löten.;Elektronik;{audience};05.12.2026 14:00;Jena\n"
        f"2;Leer;;;{audience};06.12.2026;Jena\n"
    )

    takeover = take(lab, rows.encode(), is_submitted=True, name="liste.csv")

    states = {e.title: e.state for e in db.session.scalars(select(Event))}
    assert states == {"Löten": PostingState.SUBMITTED, "Leer": PostingState.DRAFT}
    assert takeover.items[1]["reason"].startswith("Bleibt ein Entwurf: Es fehlt noch")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"LOCATION": "Messe\\, 10115 Berlin"}, "Sie haben keinen Standort in"),
        ({"SUMMARY": ""}, "„Titel“ fehlt."),
        (
            {
                "DTSTART;TZID=Europe/Berlin": "20261005T140000",
                "DTEND;TZID=Europe/Berlin": None,
            },
            "Der letzte Tag ist schon vorbei.",
        ),
        (
            {"DTEND;TZID=Europe/Berlin": "20261205T130000"},
            "Das Ende liegt vor dem Beginn.",
        ),
        ({"URL": "javascript:alert(1)"}, "ist keine Webadresse."),
    ],
)
def test_entry_is_refused_with_its_reason(lab, lines, words):
    takeover = take(lab, calendar(event(**lines), event(uid="b@x", title="Gut")))

    assert outcomes(takeover) == ["rejected", "created"]
    assert words in takeover.items[0]["reason"]
    assert [e.title for e in db.session.scalars(select(Event))] == ["Gut"]


def test_place_that_is_no_site_is_left_to_a_person(lab):
    takeover = take(lab, calendar(event(LOCATION="Aula")))

    assert only(Event).site_id is None
    assert takeover.items[0]["reason"] == "Der Ort „Aula“ ist keiner Ihrer Standorte."


def test_course_and_job_become_drafts(lab):
    takeover = take(lab, linked(COURSE, JOB), is_submitted=True, name="seite.json")

    offer, internship = only(Offer), only(Internship)
    assert outcomes(takeover) == ["created", "created"]
    assert (offer.title, offer.cost.value) == ("Roboterkurs", "free")
    assert f"{offer.starts_on} {offer.ends_on}" == "2027-03-01 2027-03-05"
    assert (internship.title, internship.place_name) == (
        "Schülerpraktikum Optik",
        "Jena",
    )
    # Youth protection asks for more than a job advertisement tells.
    assert internship.state is PostingState.DRAFT
    assert "§ 28a" in takeover.items[1]["reason"]


def test_period_of_a_file_is_kept_by_its_first_day(lab):
    rows = (
        "Nr;Titel;Anbieter;Beginn;Ende;Plätze\n1;Optik;Labor;01.02.2027;05.02.2027;{}\n"
    )
    kind = TakeoverKind.INTERNSHIPS
    take(lab, rows.format(2).encode(), name="p.csv", kind=kind)
    [first] = only(Internship).periods

    take(lab, rows.format(3).encode(), name="p.csv", kind=kind)

    [period] = only(Internship).periods
    assert (period.id, period.place_count) == (first.id, 3)


def test_likely_duplicate_waits_for_a_word(lab):
    there = make_event(
        organisation=lab[0],
        title="Offenes Labor!",
        starts_at=datetime(2026, 12, 5, 8, tzinfo=UTC),
        ends_at=datetime(2026, 12, 5, 20, tzinfo=UTC),
    )

    takeover = give(lab, calendar(event()))

    assert outcomes(takeover) == ["held"]
    assert takeover.items[0]["like"] == f"{there.title}, 05.12.2026"


def test_entry_of_another_file_is_no_new_one(lab):
    take(lab, calendar(event()))

    again = take(lab, calendar(event(uid="neu@x")), name="anderer.ics")

    assert (outcomes(again), number_of(Event)) == (["held"], 1)
    assert again.items[0]["like"] == "Offenes Labor, 05.12.2026"


def test_entry_under_a_new_number_is_the_same_and_has_not_vanished(lab):
    take(lab, calendar(event()))

    again = take(lab, calendar(event(uid="neu@x")), fates={1: Fate.SAME})

    assert (outcomes(again), again.vanished) == (["unchanged"], [])
    assert outcomes(take(lab, calendar(event(uid="neu@x")))) == ["unchanged"]
    assert number_of(Event) == 1


def test_two_entries_of_one_file_that_are_alike_are_two(lab):
    content = calendar(event(), event(uid="b@x"))

    assert outcomes(take(lab, content)) == ["created", "created"]
    assert outcomes(take(lab, content)) == ["unchanged", "unchanged"]
    assert number_of(Event) == 2


@pytest.mark.parametrize(
    ("fate", "count", "outcome"),
    [
        (Fate.LEAVE, 1, "held"),
        (Fate.SAME, 1, "updated"),
        (Fate.OTHER, 2, "created"),
    ],
)
def test_word_decides_about_a_likely_duplicate(lab, fate, count, outcome):
    make_event(
        organisation=lab[0],
        title="Offenes Labor!",
        starts_at=datetime(2026, 12, 5, 8, tzinfo=UTC),
        ends_at=None,
    )

    takeover = take(lab, calendar(event()), fates={1: fate})

    assert (number_of(Event), outcomes(takeover)) == (count, [outcome])


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Offene Werkstatt"},
        {"starts_at": datetime(2026, 12, 7, 8, tzinfo=UTC)},
        {"place_name": "Gera"},
    ],
)
def test_other_title_day_or_place_is_no_duplicate(lab, changes):
    same = {
        "title": "Offenes Labor",
        "starts_at": datetime(2026, 12, 5, 8, tzinfo=UTC),
        "ends_at": None,
    }
    made = make_event(organisation=lab[0], **{**same, **changes})
    if "place_name" in changes:
        with transaction():
            made.place_name = "Gera"

    assert outcomes(give(lab, calendar(event()))) == ["created"]


def test_own_page_that_is_given_back_changes_nothing(lab):
    offer = make_offer(organisation=lab[0], title="Roboterkurs")
    course = {
        "@type": "Course",
        "@id": f"https://boerse.example/angebote/{offer.public_id}-roboterkurs",
        "name": offer.title,
        "description": offer.description,
    }

    takeover = take(lab, linked(course))

    assert outcomes(takeover) == ["unchanged"]
    assert number_of(Offer) == 1


def test_page_of_another_organisation_is_not_touched(lab):
    foreign = make_offer(title="Fremder Kurs")
    course = {"@type": "Course", "@id": f"/angebote/{foreign.public_id}", "name": "Neu"}

    take(lab, linked(course))

    assert foreign.title == "Fremder Kurs"
    assert {offer.title for offer in db.session.scalars(select(Offer))} == {
        "Fremder Kurs",
        "Neu",
    }


def test_what_vanished_rests_on_a_click_alone(lab):
    take(lab, calendar(event(), event(uid="b@x", title="Zweites")))
    second = db.session.scalars(select(Event).where(Event.title == "Zweites")).one()
    with transaction():
        second.state, second.published_at = PostingState.PUBLISHED, NOON
    other = take(lab, calendar(event()), name="anderer.ics")
    assert other.vanished == []

    takeover = take(lab, calendar(event(uid="c@x", title="Drittes")))

    # The first came in the other file since.
    assert [one["title"] for one in takeover.vanished] == ["Zweites, 05.12.2026"]
    assert second.state is PostingState.PUBLISHED
    with transaction():
        count = rest_vanished(takeover, [second.public_id], actor=lab[1], at=NOON)
    assert (count, second.state) == (1, PostingState.PAUSED)
    assert second.return_words == "Steht nicht mehr in kalender.ics."


def test_nothing_else_rests(lab):
    foreign = make_internship()
    takeover = take(lab, calendar(event()))

    with transaction():
        count = rest_vanished(takeover, [foreign.public_id], actor=lab[1], at=NOON)

    assert (count, foreign.state) == (0, PostingState.PUBLISHED)


def test_stranger_gives_nothing_for_an_organisation(lab):
    with pytest.raises(Refusal):
        give((lab[0], make_user()), calendar(event()))


def test_file_is_taken_over_once(lab):
    takeover = take(lab, calendar(event()))

    with pytest.raises(Refusal), transaction():
        take_file(takeover, is_submitted=False, actor=lab[1], at=NOON)
    assert number_of(Event) == 1


def test_entry_that_stands_twice_is_taken_once(lab):
    rows = "Nr;Titel;Beginn\n1;Abend;05.12.2026\n1;Morgen;06.12.2026\n"

    takeover = take(lab, rows.encode(), name="liste.csv")

    assert outcomes(takeover) == ["created", "rejected"]


def test_what_was_only_looked_at_is_forgotten(lab):
    give(lab, calendar(event()), at=NOON - timedelta(days=8))
    kept = give(lab, calendar(event()), at=NOON - timedelta(days=6))

    with transaction():
        tidy({})

    assert only(Takeover) is kept
    assert number_of(Organisation) == 1


@pytest.mark.parametrize("encoding", ["mac_roman", "utf-8-as-cp1252"])
def test_umlauts_of_another_encoding_are_noticed(lab, encoding):
    words = "Titel;Beginn\nGrüße aus der Werkstatt;05.03.2027\n"
    wrong = words if encoding == "mac_roman" else words.encode().decode("cp1252")
    content = wrong.encode("mac_roman" if encoding == "mac_roman" else "utf-8")

    takeover = give(lab, content, name="liste.csv")

    assert "Speichern Sie die Datei als UTF-8" in takeover.items[0]["reason"]


@pytest.mark.parametrize("title", ["Grüße", "Tomáš und Škoda", "Übung nach § 5"])
def test_right_words_are_not_taken_for_wrong(lab, title):
    takeover = give(
        lab, f"Titel;Beginn\n{title};05.03.2027\n".encode(), name="liste.csv"
    )

    assert "UTF-8" not in takeover.items[0]["reason"]
