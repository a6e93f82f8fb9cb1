import re
from pathlib import Path

import pytest
from jinja2 import nodes

TOP = Path(__file__).parents[2]
COMPONENTS = sorted(path.stem for path in (TOP / "templates/components").iterdir())
STYLES = TOP / "static/css"


def imported_by(app, folder):
    """The components that templates of a folder, or of one that is imported, use."""
    return {
        Path(found.template.value).stem
        for path in folder.glob("*.html")
        for found in app.jinja_env.parse(path.read_text()).find_all(nodes.FromImport)
    }


@pytest.mark.parametrize("path", ["", "/fehler", "/frage"])
def test_styleguide_is_a_page_without_faults(browser, path):
    assert browser.get(f"/styleguide{path}").status_code == 200


def test_styleguide_shows_every_component(app):
    shown = imported_by(app, TOP / "templates/web/styleguide")

    assert set(COMPONENTS) - shown == set()


@pytest.mark.parametrize("component", COMPONENTS)
def test_component_has_its_stylesheet_in_the_bundle(component):
    assert (STYLES / "components" / f"{component}.css").exists()
    assert f'"./components/{component}.css"' in (STYLES / "site.css").read_text()


def test_a_form_with_mistakes_says_so_in_its_title(browser):
    page = browser.get("/styleguide/fehler").text

    assert re.search("<title>(.*?) –", page)[1] == "Fehler: Ein Formular mit Fehlern"


def test_a_form_with_mistakes_leads_to_each_field(browser):
    page = browser.get("/styleguide/fehler").text
    summary = re.search(r"data-problems>(.*?)</div>", page, re.DOTALL)[1]

    assert re.findall(r'href="#(\w+)"', summary) == [
        "name",
        "email",
        "postal_code",
        "places",
        "born_on",
        "reason",
        "week",
        "interests",
        "agreed",
    ]
    assert re.findall(r'id="(\w+)-fehler"', page) == re.findall(
        r'href="#(\w+)"', summary
    )


def test_a_form_with_mistakes_keeps_what_was_entered(browser):
    page = browser.get("/styleguide/fehler").text

    assert re.findall(r'value="([^"]+)"', page)[:3] == ["mila", "0774", "7"]
