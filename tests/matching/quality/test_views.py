import pytest

from marketplace.foundation.database import db, transaction
from marketplace.matching.quality.enums import Figure
from marketplace.matching.quality.models import QualityFigure
from tests.factories.people import make_coordinator, make_user
from tests.moments import NOON

PAGE = "/koordination/abgleich"


@pytest.fixture
def office(browser):
    return browser.sign_in(make_coordinator())


def keep(month, figure, value, count=40):
    with transaction():
        row = QualityFigure(
            month=month,
            figure=figure,
            value=value,
            case_count=count,
            measured_on=NOON.date().replace(month=int(month[5:])),
        )
        db.session.add(row)


def test_figures_stand_with_their_cases(office):
    keep("2026-10", Figure.ACCEPTED, 0.25)
    keep("2026-11", Figure.ACCEPTED, 0.4)
    keep("2026-11", Figure.ANSWER_DAYS, 3.46)

    page = office.get(PAGE).text

    assert '<span class="numeral">40 %</span>' in page
    assert "beide sagten zu (40 Fälle)" in page
    assert '<span class="numeral">3,5 Tage</span>' in page
    assert "Oktober 2026: 25 %; November 2026: 40 %" in page
    assert "Noch sind manche Zahlen zu klein" not in page


def test_small_figures_say_so(office):
    keep("2026-11", Figure.ACCEPTED, 1.0, count=29)

    page = office.get(PAGE).text

    assert "Noch sind manche Zahlen zu klein" in page
    assert "(29 Fälle, zu wenige)" in page


def test_demonstration_says_so(app, office):
    keep("2026-11", Figure.ACCEPTED, 1.0)
    app.config["DEMO"] = True

    assert "Zahlen einer Vorführung" in office.get(PAGE).text


def test_another_figure_is_drawn(office):
    keep("2026-11", Figure.NDCG, 0.834)

    assert "November 2026: 0,83" in office.get(f"{PAGE}?zahl=ndcg").text


def test_first_day_has_no_figures(office):
    assert "Noch keine Zahlen" in office.get(PAGE).text


@pytest.mark.parametrize("count", [1, 12])
def test_page_asks_as_often_for_many_months_as_for_one(office, queries, count):
    for month in range(1, count + 1):
        keep(f"2026-{month:02}", Figure.ACCEPTED, 0.5)
    queries.clear()

    assert office.get(PAGE).status_code == 200

    assert len(queries) == 2


def test_page_is_for_the_office(browser):
    assert browser.sign_in(make_user()).get(PAGE).status_code == 404
