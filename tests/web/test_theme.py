import re

import pytest

PAGE = "/styleguide/frage"


def theme_of(response):
    return re.search(r'<html[^>]*?(?: data-theme="(\w+)")?>', response.text)[1]


def test_the_device_decides_at_first(browser):
    assert theme_of(browser.get(PAGE)) is None


@pytest.mark.parametrize(("chosen", "theme"), [("hell", "light"), ("dunkel", "dark")])
def test_what_the_reader_chose_is_kept(browser, chosen, theme):
    browser.get(f"{PAGE}?farben={chosen}")

    assert theme_of(browser.get(PAGE)) == theme


def test_the_reader_can_leave_it_to_the_device_again(browser):
    browser.get(f"{PAGE}?farben=dunkel")
    browser.get(f"{PAGE}?farben=auto")

    assert theme_of(browser.get(PAGE)) is None


def test_an_unknown_theme_changes_nothing(browser):
    response = browser.get(f"{PAGE}?farben=rosa")

    assert theme_of(response) is None
    assert browser.get_cookie("farben") is None


def test_the_cookie_says_the_theme_alone_and_no_script_reads_it(browser):
    browser.get(f"{PAGE}?farben=dunkel")

    cookie = browser.get_cookie("farben")
    assert (cookie.value, cookie.http_only) == ("dunkel", True)


def test_a_page_offers_each_theme_and_keeps_what_was_asked(browser):
    page = browser.get(f"{PAGE}?seite=2").text

    found = re.findall(r'href="(\?seite=2&amp;farben=\w+)"', page)
    assert found == [
        f"?seite=2&amp;farben={code}" for code in ("auto", "hell", "dunkel")
    ]
