import re

from tests.factories.people import make_guardian


def current(page):
    menu = re.search(r'<nav class="menu".*?</nav>', page, re.DOTALL).group()
    return re.findall(r'<a href="([^"]+)" aria-current="page"', menu)


def test_the_menu_marks_where_one_is(browser):
    assert current(browser.get("/praktika").text) == ["/praktika"]


def test_of_two_that_lead_here_the_nearer_is_marked(browser):
    browser.sign_in(make_guardian())

    assert current(browser.get("/konto").text) == ["/konto"]
    assert current(browser.get("/konto/kinder").text) == ["/konto/kinder"]


def test_the_language_is_changed_on_the_same_page(browser):
    page = browser.get("/praktika?q=Robotik").text

    assert 'href="?q=Robotik&amp;sprache=en"' in page


def test_a_guest_is_asked_to_sign_in_and_a_person_may_sign_out(browser):
    assert "/abmelden" not in browser.get("/praktika").text

    page = browser.sign_in(make_guardian()).get("/praktika").text
    assert 'action="/abmelden"' in page
    assert "/anmelden" not in page


def test_what_few_look_for_first_stands_behind_more(browser):
    page = browser.get("/vorbilder").text
    folded = re.search(r"<details data-menu>.*?</details>", page, re.DOTALL).group()

    assert 'href="/vorbilder" aria-current="page"' in folded
    assert 'href="/praktika"' not in folded


def test_below_another_root_all_lead_there(browser):
    def linked(root=""):
        below = {"SCRIPT_NAME": root}
        page = browser.get("/vorbilder", environ_overrides=below).text
        return re.findall(r'href="([^"]*)/praktika"', page)

    assert set(linked()) == {""}
    assert set(linked("/boerse")) == {"/boerse"}
    assert set(linked()) == {""}
