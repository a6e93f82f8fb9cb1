import pytest

from tests.factories.people import make_pupil, make_school, make_staff, make_user


def test_index_finds_the_school_and_choose_keeps_it(browser):
    pupil, school = make_pupil(), make_school("Gymnasium am Anger")
    browser.sign_in(pupil)

    page = browser.get("/konto/schule?q=anger").text
    response = browser.post(f"/konto/schule/{school.public_id}")

    assert f'action="/konto/schule/{school.public_id}-gymnasium-am-anger"' in page
    assert response.location == "/konto"
    assert pupil.pupil.school_id == school.id
    assert "Das ist deine Schule." in browser.get("/konto/schule?q=anger").text


def test_index_says_what_to_do_where_nothing_is_found(browser):
    page = browser.sign_in(make_pupil()).get("/konto/schule?q=Hogwarts").text

    assert "Keine Schule gefunden" in page
    assert "Dann trag den Namen von Hand ein." in page


@pytest.mark.parametrize("rows", [1, 30])
def test_index_asks_the_database_the_same_number_of_times(browser, queries, rows):
    for _ in range(rows):
        make_school("Gymnasium am Anger")
    browser.sign_in(make_pupil())
    browser.get("/konto/schule")

    queries.clear()
    browser.get("/konto/schule?q=anger")

    assert len(queries) == 3  # who is signed in; what she told; schools


def test_choose_refuses_what_is_no_school(browser):
    pupil, office = make_pupil(), make_school("Schulamt", is_selectable=False)

    page = browser.sign_in(pupil).post(f"/konto/schule/{office.public_id}")

    assert (page.status_code, pupil.pupil.school_id) == (409, None)


def test_choose_is_for_pupils(browser):
    page = browser.sign_in(make_user()).post(f"/konto/schule/{make_school().public_id}")

    assert page.status_code == 404


def test_the_account_page_tells_the_school(browser):
    school = make_school("Gymnasium am Anger", town="Erfurt")

    staff = browser.sign_in(make_staff(school)).get("/konto").text
    typed = browser.sign_in(make_pupil(school_name="Waldschule")).get("/konto").text
    chosen = browser.sign_in(make_pupil(school_id=school.id)).get("/konto").text
    nobody = browser.sign_in(make_pupil()).get("/konto").text

    assert "Ihre Schule" in staff
    assert "Erfurt" in staff
    assert "Waldschule" in typed
    assert "Gymnasium am Anger" in chosen
    assert "Schule wählen" in nobody
