from sqlalchemy import select

from marketplace.foundation.database import apart, db, transaction, unlocked
from marketplace.upkeep.jobs.models import Job
from tests.factories.people import make_user
from tests.moments import NOON


def test_reading_unlocked_lets_others_write(app):
    user = make_user()
    with transaction():
        with unlocked():
            address = db.session.scalar(select(type(user).email))
            with apart() as other:  # would wait for itself, were the lock held
                other.execute(
                    db.insert(Job).values(
                        kind="x", name="x", payload={}, due_at=NOON, try_count=0
                    )
                )
        user.first_name = address

    assert user.first_name == address
    assert db.session.scalars(select(Job.kind)).all() == ["x"]


def test_what_was_written_before_is_forgotten(app):
    user = make_user(first_name="Ada")
    with transaction():
        user.first_name = "Eva"
        with unlocked():
            pass

    assert user.first_name == "Ada"
