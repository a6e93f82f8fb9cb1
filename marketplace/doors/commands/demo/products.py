"""What the organisations of the demonstration make, with drawn pictures."""

from datetime import datetime

from marketplace.doors.commands.demo.drawings import drawing
from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.words import COMPANIES
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.services.products import (
    ProductEntry,
    add_product,
    show_logo,
)

# What the company shows whose account signs in; the others show one thing.
SHOWN = (
    (
        "Linsen für Teleskope",
        "Ein Staubkorn wäre daneben ein Berg. Jede Linse wird tagelang poliert.",
        "Zeichnung: Kreise ineinander, wie eine Linse von vorn",
    ),
    (
        "Ein Fernrohr für die Schulklasse",
        "Es passt in einen Rucksack und zeigt die Ringe des Saturn.",
        "Zeichnung: Balken verschiedener Länge und ein heller Kreis",
    ),
    (
        "Brillengläser aus alten Flaschen",
        "Ein Versuch, der noch läuft. Wer ein Praktikum macht, misst mit.",
        "Zeichnung: Quadrate und Kreise in Reihen",
    ),
)


def show_products(cast: Cast, *, at: datetime) -> None:
    """Shows one thing of each third company, and all of the first, with its logo."""
    for k in range(0, len(cast.companies), 3):  # pictures take long to draw
        company = cast.companies[k]
        if k == 0:
            for number, (title, description, alt) in enumerate(SHOWN):
                entry = ProductEntry(title=title, description=description, alt=alt)
                _show(company, entry, number, at=at)
            owner = company.memberships[0].user
            show_logo(company, drawing(0, (320, 320)), actor=owner, at=at)
            continue
        entry = ProductEntry(
            title=COMPANIES[k][2],
            description="Gemacht in Mitteldeutschland, gebraucht in aller Welt. "
            "Jedes Stück wird geprüft, bevor es das Haus verlässt.",
            alt="Zeichnung: einfache Formen in drei Farben",
        )
        _show(company, entry, k, at=at)


def _show(
    organisation: Organisation, entry: ProductEntry, seed: int, *, at: datetime
) -> None:
    owner = organisation.memberships[0].user
    add_product(organisation, entry, drawing(seed), actor=owner, at=at)
