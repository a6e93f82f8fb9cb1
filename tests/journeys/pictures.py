"""Makes the pictures of the README from the real pages.

Run `python -m tests.journeys.pictures`. The demonstration is set up anew in a folder
of its own; the installation stays as it is.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from tests.journeys.stage import Site, Visitor
from tests.services.browser import chromium

TOP = Path(__file__).parents[2]
PICTURES = TOP / "docs" / "pictures"
WIDTHS = (1280, 390)
# A picture shows the beginning of a page, not its whole length.
TALLEST = 1600
MARKET = "from marketplace.doors.commands.main import market; market()"


def prepare(instance):
    environment = os.environ | {"MARKET_INSTANCE": str(instance), "MARKET_DEMO": "1"}
    for words in (["db", "upgrade"], ["demo"]):
        command = [sys.executable, "-c", MARKET, *words]
        subprocess.run(command, check=True, cwd=TOP, env=environment)


def pages_of(site):
    """Name, who looks, and where."""
    with site.app.app_context():
        internship = db.session.scalars(
            select(Internship).where(Internship.state == PostingState.PUBLISHED)
        ).first()
        offer = db.session.scalars(
            select(Offer)
            .join(Organisation, Organisation.id == Offer.organisation_id)
            .where(Organisation.name.contains("Funkenkiste"))
        ).first()
        draft = db.session.scalars(
            select(Application).where(Application.state == ApplicationState.DRAFT)
        ).first()
        return [
            ("home", "", "/"),
            ("internships", "", "/praktika?ort=Leipzig&umkreis=50"),
            ("internship", "", f"/praktika/{internship.public_id}"),
            ("application", "schuelerin", f"/bewerbungen/{draft.public_id}/pruefen"),
            ("partners", "anbieter", f"/partner/{offer.public_id}"),
            ("desk", "koordination", "/koordination"),
        ]


def draw(chrome, site):
    for width in WIDTHS:
        for name, person, address in pages_of(site):
            visitor = Visitor(chrome, site, width=width)
            if person:
                visitor.sign_in(f"{person}@demo.example")
            if visitor.go(address) != 200:
                raise SystemExit(f"{address} does not answer.")
            height = visitor.page.evaluate("document.documentElement.scrollHeight")
            visitor.page.screenshot(
                path=PICTURES / f"{name}-{width}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)},
            )
            visitor.leave()


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        prepare(instance)
        with Site(instance).served() as site, chromium() as chrome:
            draw(chrome, site)


if __name__ == "__main__":
    main()
