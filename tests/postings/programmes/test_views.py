from datetime import date

from tests.factories.catalogue import make_programme


def test_list_shows_what_can_be_asked_for_first_the_next_deadline(browser):
    make_programme("Ohne Ende")
    make_programme("Später", closes_on=date(2027, 3, 1))
    make_programme("Bald", closes_on=date(2026, 12, 1), amount_text="bis 600 €")
    make_programme("Vorbei", closes_on=date(2020, 3, 2))

    page = browser.get("/foerderprogramme").text

    found = [page.index(f"<h3>{name}") for name in ("Bald", "Später", "Ohne Ende")]
    assert found == sorted(found)
    assert "bis 600 €" in page
    assert "<h3>Vorbei" not in page
    assert "Ein abgelaufenes Programm zeigen" in page


def test_expired_ones_are_marked_and_stand_apart(browser):
    make_programme("Bald", closes_on=date(2026, 12, 1))
    make_programme("Vorbei", closes_on=date(2020, 3, 2), deadline_text="02.03.2020")

    page = browser.get("/foerderprogramme?abgelaufen=1").text

    assert "<h3>Bald" not in page
    assert ("<h3>Vorbei" in page, "02.03.2020" in page) == (True, True)
    assert "abgelaufen</span>" in page


def test_nothing_found_says_so_with_a_way_on(browser):
    page = browser.get("/foerderprogramme?q=zebra").text

    assert "Zu dieser Auswahl kennen wir gerade kein Programm." in page
    assert 'href="/foerderprogramme"' in page


def test_list_goes_on_behind_twenty(browser):
    for k in range(21):
        make_programme(f"Programm {k:02}")

    page = browser.get("/foerderprogramme").text
    link = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = browser.get(link).text

    assert ("Programm 19" in page, "Programm 20" in page) == (True, False)
    assert ("Programm 19" in rest, "Programm 20" in rest) == (False, True)


def test_number_of_queries_does_not_grow_with_the_list(browser, queries):
    make_programme("Programm")
    browser.get("/foerderprogramme")
    queries.clear()
    browser.get("/foerderprogramme")
    for_one = len(queries)
    for k in range(29):
        make_programme(f"Programm {k}")
    queries.clear()
    browser.get("/foerderprogramme")

    assert (len(queries), for_one) == (3, 3)
