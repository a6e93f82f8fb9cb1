"""What the worker does of itself, once a place is firm, changed or over."""

from datetime import timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.encounters.papers import jobs
from marketplace.encounters.papers.queries import (
    agreement_of,
    agreements_of,
    certificate_of,
)
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.jobs.models import Job
from tests.factories.applications import make_place
from tests.factories.papers import make_agreement, make_placement
from tests.moments import NOON


@pytest.fixture(autouse=True)
def clock(app):
    app.config["NOW"] = NOON


def run(job, **payload):
    with transaction():
        job(payload)


def test_a_confirmed_place_asks_for_its_agreement(mia, place):
    application = make_placement(mia, internship=place, state=ApplicationState.OFFERED)
    with transaction():
        confirm_place(application, actor=mia, at=NOON)

    asked = db.select(Job).where(Job.kind == "papers.prepare")
    job = db.session.scalars(asked).one()
    assert job.payload == {"application_id": application.id}
    run(jobs.prepare, **job.payload)
    assert agreement_of(application).number == 1


def test_only_what_changed_is_made_anew(mia, place, application, agreement):
    with transaction():
        place.learn = "Wie man misst."
    other = make_placement(internship=make_place(title="Bohren"))
    untouched = make_agreement(other)
    run(jobs.renew, internship_id=place.id)

    assert [one.number for one in agreements_of(application)] == [2, 1]
    assert agreement_of(other) is untouched


def test_each_night_what_is_missing_is_made(application, place, letters):
    done = make_placement(internship=place, state=ApplicationState.ATTENDED)
    run(jobs.keep)
    first = [name for _person, name in letters()]
    run(jobs.keep)

    assert agreement_of(application) is not None
    assert certificate_of(done) is not None
    assert sorted(first) == ["agreement_asked", "certificate_issued"]
    assert letters() == []


def test_what_begins_in_a_week_is_compared_once_more(app, application, agreement, mia):
    with transaction():
        mia.surname = "Mondschein"
    run(jobs.keep)
    assert agreement_of(application) is agreement

    app.config["NOW"] = NOON + timedelta(days=65)  # four days before
    run(jobs.keep)
    assert agreement_of(application).number == 2
