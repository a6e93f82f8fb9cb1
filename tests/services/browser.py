"""A real browser for the journeys: the Chromium of this machine, by Playwright."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from devtools.services import BROWSER

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # No page of ours asks another host for anything; if one did, it would see nothing.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@contextmanager
def chromium():
    """Starts one browser; each `new_context()` of it is a fresh profile."""
    place = BROWSER.find()
    assert place, "No Chromium here: `python3 dev.py setup --test` brings one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=FLAGS)
        yield browser
        browser.close()
