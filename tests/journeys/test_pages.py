"""Every page of the demonstration, as everybody who can reach it, is sound."""

import re

import pytest

from marketplace.doors.api.schemas.description import BY_NAME
from tests.journeys.pages import (
    WIDE,
    Crawl,
    faults_at_both_widths,
    faults_of_html,
)
from tests.journeys.stage import ADDRESS, Visitor

ACCOUNTS = (
    *("schuelerin", "schueler", "eltern", "unternehmen", "anbieter"),
    *("schule", "jury", "koordination", "admin"),
)
# Where to begin besides: steps behind a form, and what is one's own before the rest.
BEGINNINGS = {
    "": (
        *("/registrieren/jugendliche", "/registrieren/eltern", "/registrieren/brief"),
        *("/registrieren/unternehmen", "/registrieren/anbieter"),
        *("/styleguide", "/styleguide/fehler", "/styleguide/frage"),
    ),
    "unternehmen": ("/praktika/meine", "/foerderungen/meine"),
    "anbieter": ("/angebote/meine",),
    "koordination": ("/koordination/zurueckgehalten",),
}
# What no link leads to: steps behind a form, addresses for programs and scripts, and
# pages about things that the demonstration has none of.
UNLINKED = {
    # For programs; a page shows them, and links to the first.
    *(f"api.show_{name}" for name in BY_NAME),
    *(f"api.list_{name}" for name in BY_NAME if name != "internships"),
    *("api.topics", "api.topic", "api.published_figures", "api.missing"),
    "api.matches",
    *("accounts.confirm_address", "accounts.confirm_first", "accounts.reset"),
    # Behind links in letters and codes on paper, for programs, or for days of school.
    *("papers.agreement_by_link", "papers.by_link", "papers.check"),
    "papers.information_by_link",
    *("papers.public_key_of", "papers.public_keys", "papers.release"),
    *("discovery.suggest", "discovery.towns", "pages.robots"),
    *("feeds.sitemap", "feeds.sitemap_pages", "feeds.sitemap_part"),
    "feeds.security_txt",
    # For pages of others, and outlines that an operator brings.
    *("maps.card", "maps.districts"),
    *("finding.suggest", "discovery.suggest", "discovery.towns", "pages.robots"),
    *("home.healthz", "home.readyz"),
    *("installation.manifest", "installation.worker", "installation.offline"),
    # An account is found by its name; nobody here acts for several organisations.
    *("desk.account", "members.mine"),
    # The pictures of a page, and what only somebody with two places is offered.
    *("products.picture", "closures.site"),
    *("moderation.decide", "moderation.received", "own.confirm_new_address"),
    *("internships.confirm_by_letter", "offers.confirm_by_letter"),
    # Every school of the demonstration has staff, who needs no letter and is bound.
    *("applications.confirm_by_link", "own_school.search"),
    *("sponsorships.confirm_by_letter", "events.confirm_by_letter"),
    "rolemodels.confirm_by_letter",
    # No film of the demonstration lies with us; pictures stand in pages.
    *("rolemodels.file", "rolemodels.watch"),
    # Nobody here has to answer a request, or to confirm what is arranged.
    *("introductions.say_yes", "partnerships.confirm", "partnerships.edit"),
    "partnerships.decide",
    # Partners are ticked before they stand beside each other.
    "partners.compare",
    # Only a letter about something new leads there.
    "alerts.unsubscribe",
    # The rounds here are announced, so that their rules stand.
    "rounds.edit",
    # Found by the number on a sheet.
    "rounds.signed_list",
    # One guardian is enough here, so nobody names a second one.
    *("applications.second_by_link", "applications.second_for_child"),
    *("rounds.second_by_link", "rounds.second_for_child"),
    # Nobody signed in long ago, has a second factor, or a list to read in.
    "own.prove",
    *("accounts.code", "factor.codes", "factor.remove", "factor.set_up"),
    *("held_rows.show", "uploads.show", "uploads.rejected", "duplicates.merge_of"),
    *("claims.about", "claims.chased", "claims.show"),
    *("pages.show", "texts.history", "texts.revision"),
}
# Of each kind the first one is looked at, and a draft has other ways on than what is
# public or has ended.
BY_STATE = {
    f"{kind}.{act}"
    for kind in ("internships", "offers", "sponsorships", "events", "rolemodels")
    for act in ("edit", "preview")
}


# Forms that are sent with nothing filled in, and who sends them.
EMPTY = {
    "": ("/registrieren/jugendliche", "/registrieren/eltern", "/anmelden"),
    "unternehmen": ("/praktika/neu", "/foerderungen/neu", "/vorbilder/neu"),
    "anbieter": ("/angebote/neu", "/veranstaltungen/neu"),
    "koordination": ("/koordination/seiten/neu", "/aktionen/neu"),
}


@pytest.fixture
def come(chrome, site):
    """Somebody comes, and is gone when the test ends."""
    people = []

    def come(name=""):
        person = Visitor(chrome, site, width=WIDE)
        people.append(person)
        if name:
            person.sign_in(f"{name}@demo.example")
        return person

    yield come
    for person in people:
        person.leave()


def pages_of(app):
    """Every endpoint that a link can lead to."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint != "static"
    }


def beginnings(person, name=""):
    own = [person.address(path) for path in BEGINNINGS.get(name, ())]
    return [*own, person.page.url if name else person.address("/")]


def test_pages_are_sound(site, come, tmp_path):
    guest = come()
    links = [link for text in site.letters() for link in ADDRESS.findall(text)]
    letters = [
        link for link in links if re.search("/(freigabe|nachrichten|absagen)/", link)
    ]
    seen = set()
    crawls = [Crawl(guest, seen).run([*beginnings(guest), *letters])]
    for name in ACCOUNTS:
        person = come(name)
        crawls.append(Crawl(person, seen).run(beginnings(person, name)))

    faults = [fault for crawl in crawls for fault in crawl.faults]
    faults += [fault for crawl in crawls for fault in crawl.visitor.faults]
    pages = {at: text for crawl in crawls for at, text in crawl.pages.items()}
    known = {kind.split()[0] for crawl in crawls for kind in crawl.known}
    (tmp_path / "pages").mkdir()
    faults += faults_of_html(pages, tmp_path / "pages")
    assert faults == []
    assert pages_of(site.app) - known - BY_STATE == UNLINKED


def test_answers_to_mistakes_are_sound(come):
    faults = []
    for name, addresses in EMPTY.items():
        person = come(name)
        for address in (*addresses, "/gibt-es-nicht", "/praktika/gibtesnicht"):
            person.go(address)
            if address in addresses:
                empty(person.page)
                with person.page.expect_navigation() as answer:
                    person.page.locator("main form[method=post]").last.evaluate(
                        "form => form.requestSubmit()"
                    )
                assert answer.value.status == 422
            faults += [(address, f) for f in faults_at_both_widths(person.page)]

    assert faults == []


def empty(page):
    """Takes out what stands in the fields of a form, and lets the server judge."""
    page.evaluate("""() => {
      const fields = "main input:not([type=hidden]), main textarea";
      for (const field of document.querySelectorAll(fields)) field.value = "";
      for (const form of document.forms) form.noValidate = true;
    }""")
