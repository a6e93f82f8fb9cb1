from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.matching.gaps.models import Gap, GapCell
from marketplace.upkeep.jobs.jobs import run_due
from tests.matching.gaps.conftest import make_firm, make_lab


def test_worker_keeps_the_register_and_its_sums(app):
    for _ in range(3):
        make_lab()
    make_firm()

    run_due()

    assert [row.missing for row in db.session.scalars(select(Gap))] == [4, 4, 4]
    cells = select(GapCell).where(GapCell.area == "", GapCell.topic == "")
    assert {cell.kind for cell in db.session.scalars(cells)} == {"", "material"}


def test_worker_does_both_once_more_without_a_change(app):
    make_lab()
    run_due()
    first = db.session.scalars(select(Gap.id)).all()

    app.extensions["works"]["gaps.register"]({})
    app.extensions["works"]["gaps.sum_up"]({})
    db.session.commit()

    assert db.session.scalars(select(Gap.id)).all() == first
