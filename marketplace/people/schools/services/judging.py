"""Leaves word, for whoever judges places above, that what a school says has changed."""

from datetime import datetime

from marketplace.people.accounts.models import User
from marketplace.people.schools.models import School
from marketplace.upkeep.jobs.services import ask_for


def judge_school(school: School, *, at: datetime) -> None:
    """Has the places of all pupils of a school judged anew."""
    ask_for("breaches.judge", {"school_id": school.id}, due_at=at)


def judge_pupil(user: User, *, at: datetime) -> None:
    """Has the places of one pupil judged anew."""
    ask_for("breaches.judge", {"pupil_id": user.id}, due_at=at)
