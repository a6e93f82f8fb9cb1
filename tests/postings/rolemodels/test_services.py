from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.foundation import storage
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.services import delete_posting
from marketplace.postings.rolemodels.models import Answer, Film, Portrait, RoleModel
from marketplace.postings.rolemodels.queries import (
    public_rolemodels_of,
    rolemodels_like,
)
from marketplace.postings.rolemodels.services.showing import (
    forget_ended,
    remove_film,
    show_film,
    show_portrait,
    withdraw_consent,
)
from marketplace.postings.rolemodels.services.writing import (
    RoleModelEntry,
    copy_rolemodel,
    move_rolemodel,
    revise_rolemodel,
    write_rolemodel,
)
from marketplace.region.occupations.models import Occupation
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import make_rolemodel
from tests.moments import NOON
from tests.postings.rolemodels.pictures import MP4, VTT, png

DRAFT = PostingState.DRAFT


def owner_of(thing):
    return thing.organisation.memberships[0].user


def count_of(*models):
    return [db.session.scalar(select(func.count(model.id))) for model in models]


def entry(**changes):
    told = {
        "title": "Thea, Feinoptikerin",
        "description": "Thea poliert Linsen.",
        "answers": (("Was machst du?", "Ich poliere."), ("Warum?", "Es glänzt.")),
    }
    return RoleModelEntry(**told | changes)


def test_a_member_writes_and_the_words_are_found(app):
    company = make_company()
    with transaction():
        site = company.sites[0].id
        rolemodel = write_rolemodel(
            company, entry(site_id=site), actor=company.memberships[0].user, at=NOON
        )

    assert (rolemodel.state, rolemodel.place_name) == (DRAFT, "Jena")
    assert [a.words for a in rolemodel.answers] == ["Ich poliere.", "Es glänzt."]
    assert db.session.scalars(matching_ids("rolemodel", "Linse")).all() == [
        rolemodel.id
    ]


def test_strangers_write_nothing(app):
    with pytest.raises(Refusal), transaction():
        write_rolemodel(make_company(), entry(), actor=make_user(), at=NOON)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"consented_on": None}, "die Zustimmung der Person"),
        ({"consent_way": None}, "die Zustimmung der Person"),
        ({"answers": []}, "zwei Fragen mit Antwort"),
        ({"description": ""}, "worum es geht"),
        ({"film_link": "https://filme.example/1"}, "der Text zum Film"),
    ],
)
def test_nothing_is_submitted_that_lacks_something(app, changes, missing):
    rolemodel = make_rolemodel(DRAFT, **changes)

    with pytest.raises(Refusal, match=missing), transaction():
        move_rolemodel(rolemodel, Act.SUBMIT, actor=owner_of(rolemodel), at=NOON)

    assert db.session.get(RoleModel, rolemodel.id).state is DRAFT


def test_office_publishes_and_it_is_shown(app):
    rolemodel = make_rolemodel(DRAFT)
    with transaction():
        move_rolemodel(rolemodel, Act.SUBMIT, actor=owner_of(rolemodel), at=NOON)
        move_rolemodel(rolemodel, Act.PUBLISH, actor=make_coordinator(), at=NOON)

    assert public_rolemodels_of(rolemodel.organisation) == [rolemodel]


def test_those_of_an_occupation_come_before_those_of_its_topics(app):
    query = select(Occupation).where(Occupation.title.startswith("Feinoptik"))
    occupation = db.session.scalars(query).one()
    itself = make_rolemodel(topics=frozenset(), occupation_id=occupation.id)
    like = make_rolemodel()
    make_rolemodel(topics=frozenset({Topic.FOOD}))
    make_rolemodel(DRAFT)

    assert rolemodels_like(occupation) == [itself, like]


def test_revising_keeps_history_and_replaces_answers(app):
    rolemodel = make_rolemodel()
    with transaction():
        changed = entry(title="Thea, Optikerin", answers=(("Was?", "Alles."),))
        revise_rolemodel(rolemodel, changed, actor=owner_of(rolemodel), at=NOON)

    assert [(a.question, a.words) for a in rolemodel.answers] == [("Was?", "Alles.")]
    assert count_of(Answer) == [1]


def test_a_copy_asks_for_consent_anew(app):
    rolemodel = make_rolemodel(PostingState.ENDED)
    with transaction():
        copy = copy_rolemodel(rolemodel, actor=owner_of(rolemodel), at=NOON)

    assert (copy.state, copy.consented_on, copy.consent_way) == (DRAFT, None, None)
    assert len(copy.answers) == 2


def test_a_picture_takes_the_place_of_the_one_before(app):
    rolemodel = make_rolemodel()
    for words in ("Thea am Tisch", "Thea im Freien"):
        with transaction():
            actor = owner_of(rolemodel)
            show_portrait(rolemodel, png(), words, actor=actor, at=NOON)

    assert rolemodel.portrait.alt == "Thea im Freien"
    assert count_of(Portrait, StoredFile) == [1, 2]


@pytest.mark.parametrize(
    ("video", "subtitles", "sentence"),
    [
        (b"<svg onload=alert(1)>", VTT, "kein Film"),
        (MP4, b"1\n00:00 --> 00:01\nHallo", "nicht im Format WebVTT"),
        (MP4, b"WEBVTT --> \xff", "nicht im Format WebVTT"),
    ],
)
def test_what_is_no_film_is_refused(app, video, subtitles, sentence):
    rolemodel = make_rolemodel()

    with pytest.raises(Refusal, match=sentence), transaction():
        show_film(rolemodel, video, subtitles, actor=owner_of(rolemodel), at=NOON)

    assert count_of(Film, StoredFile) == [0, 0]


def test_a_film_is_shown_and_taken_away(app):
    rolemodel = make_rolemodel()
    with transaction():
        show_film(rolemodel, MP4, VTT, actor=owner_of(rolemodel), at=NOON)
    assert rolemodel.film.video.content_type == "video/mp4"

    with transaction():
        remove_film(rolemodel, actor=owner_of(rolemodel), at=NOON)

    assert count_of(Film, StoredFile, RoleModel) == [0, 0, 1]


def test_withdrawn_consent_leaves_nothing(app):
    rolemodel = make_rolemodel()
    number, actor = rolemodel.id, owner_of(rolemodel)
    with transaction():
        show_portrait(rolemodel, png(), "Thea", actor=actor, at=NOON)
        show_film(rolemodel, MP4, VTT, actor=actor, at=NOON)
        revise_rolemodel(rolemodel, entry(), actor=actor, at=NOON)
    assert len(list(storage.keys())) == 4

    with transaction():
        withdraw_consent(rolemodel, actor=actor, at=NOON)

    assert count_of(RoleModel, Answer, Portrait, Film, StoredFile) == [0] * 5
    assert db.session.scalars(matching_ids("rolemodel", "Linse")).all() == []
    verbs = select(AuditEntry.verb).where(AuditEntry.thing_id == number)
    assert "rolemodel.consent_withdrawn" in db.session.scalars(verbs).all()
    run_due()
    assert list(storage.keys()) == []


def test_a_deleted_draft_takes_its_files_along(app):
    rolemodel = make_rolemodel(DRAFT)
    actor = owner_of(rolemodel)
    with transaction():
        show_portrait(rolemodel, png(), "Thea", actor=actor, at=NOON)
    with transaction():
        delete_posting(rolemodel, actor=actor, at=NOON)

    assert count_of(RoleModel, Portrait, StoredFile) == [0, 0, 0]


def test_strangers_withdraw_nothing(app):
    rolemodel = make_rolemodel()

    with pytest.raises(Refusal), transaction():
        withdraw_consent(rolemodel, actor=make_user(), at=NOON)

    assert count_of(RoleModel) == [1]


@pytest.mark.parametrize(("days", "is_there"), [(29, True), (30, True), (32, False)])
def test_who_has_ended_is_forgotten_with_all_her_files(app, days, is_there):
    rolemodel = make_rolemodel(PostingState.PUBLISHED)
    with transaction():
        actor = owner_of(rolemodel)
        show_portrait(rolemodel, png(), "Thea", actor=actor, at=NOON)
        rolemodel.state = PostingState.ENDED
        rolemodel.ended_at = NOON - timedelta(days=days)

    for _run in range(2):
        with transaction():
            forget_ended(at=NOON)

    assert count_of(RoleModel, StoredFile) == ([1, 2] if is_there else [0, 0])
