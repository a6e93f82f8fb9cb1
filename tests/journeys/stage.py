"""A site that really answers, and people who really press its buttons."""

import itertools
import re
import threading
from contextlib import contextmanager

import pytest
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import expect
from werkzeug.serving import WSGIRequestHandler, make_server

from marketplace import create_app
from marketplace.foundation.database import db
from marketplace.upkeep.mail.jobs import send_waiting
from marketplace.upkeep.mail.queries import all_letters

PASSWORD = "mint-demo-2026"
ADDRESS = re.compile(r"https?://\S+")
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
# For what is told once, not of all four: phone or desk, with and without script.
PHONE = pytest.mark.parametrize("width", [390])
SCRIPTED = pytest.mark.parametrize("has_script", [True])
PLAIN = pytest.mark.parametrize("has_script", [False])
# Everybody sits at another address: who approves at home is not who applied.
_homes = itertools.count(1)


class Silent(WSGIRequestHandler):
    def log_request(self, *_words):
        """Keeps the failures readable."""


class Site:
    """The application on an instance; its letters are read where they wait."""

    def __init__(self, instance):
        self.server = make_server(
            "127.0.0.1", 0, _not_yet, threaded=True, request_handler=Silent
        )
        self.host = f"127.0.0.1:{self.server.port}"
        self.app = create_app(
            INSTANCE=instance,
            SQLALCHEMY_DATABASE_URI=f"sqlite:///{instance / 'market.db'}",
            SECRET_KEY="only for tests, and long enough for it",
            FIELD_KEY=(instance / "field-key").read_text(),
            DEMO=True,
            NOW=None,
            PROXIES=1,
            # Counted as on a real site, but one browser is quicker than a class.
            PERSON_LIMIT=1_000_000,
            ADDRESS_LIMIT=1_000_000,
            BASE_URL=f"http://{self.host}",
            SERVER_NAME=self.host,
        )
        self.app.jinja_env.bytecode_cache = FileSystemBytecodeCache()
        self.server.app = self.app

    @contextmanager
    def served(self):
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()
            with self.app.app_context():
                db.engine.dispose()

    def letters(self, recipient=""):
        """Sends what waits, and gives the texts to a recipient, oldest first."""
        with self.app.app_context():
            send_waiting()
            entries = db.session.scalars(all_letters()).all()
            texts = [
                entry.shown_text
                for entry in sorted(entries, key=lambda entry: entry.id)
                if recipient in ("", entry.recipient)
            ]
            db.session.remove()
        return texts

    def link_in_last_letter(self, recipient):
        """The first address of the site in the newest letter to a recipient."""
        return ADDRESS.search(self.letters(recipient)[-1])[0]


class Visitor:
    """Somebody with a browser of her own; finds things by their words."""

    def __init__(self, chrome, site, *, width, has_script=True, **rest):
        self.site = site
        self.context = chrome.new_context(
            base_url=f"http://{site.host}",
            viewport={"width": width, "height": 900},
            java_script_enabled=has_script,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            extra_http_headers={"X-Forwarded-For": f"192.0.2.{next(_homes) % 250 + 1}"},
            **rest,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._note_foreign)

    def leave(self):
        self.context.close()

    def address(self, path):
        return f"http://{self.site.host}{path}"

    def go(self, address):
        """Opens an address and gives the status of the answer."""
        return self.page.goto(address).status

    def sign_in(self, address, password=PASSWORD):
        self.go("/anmelden")
        self.fill("E-Mail-Adresse", address)
        self.fill("Passwort", password)
        self.press("Anmelden")
        expect(self.page).not_to_have_url(re.compile("/anmelden"))

    def fill(self, label, text, within=None):
        """Writes into the field of this name; optional ones say so behind it."""
        self._field(label, within).fill(text)

    def choose(self, label, option, within=None):
        """Chooses of a list, by the words of the option."""
        self._field(label, within).select_option(label=option)

    def tick(self, *labels):
        """Presses the words beside boxes or answers, as a finger does."""
        for label in labels:
            words = re.compile(rf"^\s*{re.escape(label)}\b")
            self.page.locator("main label").filter(has_text=words).first.click()

    def take_first_answer(self):
        """Takes the first of several answers to a question."""
        answer = self.page.locator("main").get_by_role("radio").first
        name = answer.get_attribute("id")
        self.page.locator(f"label[for='{name}']").click()
        expect(answer).to_be_checked()

    def press(self, name):
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, name, within=None):
        """Follows the first link of this name in the page, or in a part of it."""
        place = within or self.page.locator("main")
        place.get_by_role("link", name=name).first.click()

    def unfold(self, summary):
        """Opens what is folded under these words."""
        self.page.locator("main summary", has_text=summary).first.click()

    def reads(self, *words):
        """Waits until the page says this, and fails if it never does."""
        for part in words:
            expect(self.page.locator("main")).to_contain_text(part)

    def reads_nothing_of(self, *words):
        for part in words:
            expect(self.page.locator("main")).not_to_contain_text(part)

    def heads(self, words):
        """Waits for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def _field(self, label, within):
        place = within or self.page.locator("main")
        return place.get_by_label(_only(label))

    def _note(self, message):
        # That an answer refuses is part of some journeys.
        is_status = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not is_status:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _note_foreign(self, request):
        own = (f"http://{self.site.host}/", "data:")
        if not request.url.startswith(own):
            self.faults.append(f"foreign request: {request.url}")


class Typist(Visitor):
    """Somebody who has a keyboard and nothing else."""

    def fill(self, label, text, within=None):
        self.reach(self._field(label, within))
        self._strike("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label, option, within=None):
        chosen = self._field(label, within)
        self.reach(chosen)
        self._strike("Home")
        for _step in range(chosen.locator("option").count()):
            if chosen.evaluate(CHOSEN_WORDS) == option:
                return
            self._strike("ArrowDown")
        raise AssertionError(f"{option} is not chosen by keyboard")

    def tick(self, *labels):
        for label in labels:
            words = re.compile(rf"^\s*{re.escape(label)}\b")
            named = self.page.locator("main label").filter(has_text=words).first
            self.reach(self.page.locator(f"#{named.get_attribute('for')}"))
            self._strike("Space")

    def press(self, name):
        place = self.page.locator("main")
        self.reach(place.get_by_role("button", name=name, exact=True).first)
        self._strike("Space")

    def follow(self, name, within=None):
        place = within or self.page.locator("main")
        self.reach(place.get_by_role("link", name=name).first)
        self._strike("Enter")

    def unfold(self, summary):
        self.reach(self.page.locator("main summary", has_text=summary).first)
        self._strike("Enter")

    def reach(self, thing):
        """Goes to a control with the tabulator, and fails if it never comes there."""
        thing.wait_for()
        for _step in range(400):
            if thing.evaluate("node => node === document.activeElement"):
                return
            self._strike("Tab")
        raise AssertionError(f"{thing} is not reached by keyboard")

    def _strike(self, key):
        self.page.keyboard.press(key)


CHOSEN_WORDS = "node => node.selectedOptions[0].label"


def _only(words):
    """These words and no other, but for the remark that a field is optional."""
    return re.compile(rf"^\s*{re.escape(words)}(\s*\(freiwillig\))?\s*$")


def _not_yet(_environ, start_response):
    """Answers in the instant between the port and the application."""
    start_response("503 Service Unavailable", [])
    return [b""]
