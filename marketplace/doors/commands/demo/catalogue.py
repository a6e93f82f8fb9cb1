"""Actions to take over and funding programmes of the demonstration, all invented."""

from datetime import date, datetime, timedelta

from marketplace.foundation.clock import day_of
from marketplace.foundation.text import fold_name
from marketplace.people.accounts.models import User
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import (
    ActionEntry,
    Check,
    Finding,
    check_action,
    list_action,
    write_action,
)
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.services import list_programme
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic

SOURCE = "Erfundene Sammlung der Vorführung"
PUPILS = frozenset({Audience.CLASS_7_8, Audience.CLASS_9_10})
# Title, who does it, topic, idea, what one needs.
ACTIONS = (
    (
        *("Brücken aus Papier", "Offene Werkstatt Spanferkel", Topic.CONSTRUCTION),
        "Aus zwanzig Blatt Papier entsteht eine Brücke, die ein Buch trägt.",
        "Papier, Klebestifte, Bücher als Gewichte",
    ),
    (
        *("Lötbus auf dem Schulhof", "Technikverein Kofferradio", Topic.ELECTRONICS),
        "Ein Kleinbus mit zwölf Lötplätzen kommt für einen Vormittag an die Schule.",
        "12 Lötstationen, Bausätze für Blinker, Lüfter",
    ),
    (
        *("Nacht der Sternbilder", "Sternwarte Nachtigall", Topic.ASTRONOMY_SPACE),
        "Familien suchen vom Marktplatz aus Sternbilder, mit Fernrohr und Tee.",
        "4 Fernrohre, Sternkarten, rote Lampen",
    ),
    (
        *("Chemie in der Küche", "Chemielabor Brausepulver", Topic.CHEMISTRY),
        "Rotkohl, Backpulver und Essig zeigen, was Säuren und Laugen tun.",
        "Rotkohl, Backpulver, Gläser, Schutzbrillen",
    ),
    (
        *("Roboter räumen auf", "Roboterclub Zangenkrebs", Topic.ROBOTICS),
        "Teams bauen in einer Woche einen Roboter, der Murmeln sortiert.",
        "8 Robotik-Baukästen, Murmeln, ein großer Tisch",
    ),
    (
        *("Bachpaten", "Umweltstation Otterbach", Topic.WATER),
        "Eine Klasse misst ein Schuljahr lang, wie es ihrem Bach geht.",
        "Messkoffer für Wasser, Gummistiefel, Kescher",
    ),
    (
        *("Sonne im Tank", "Solarschule Mittagsberg", Topic.SOLAR),
        "Kleine Boote fahren mit Solarzellen um die Wette.",
        "15 Solarzellen, Motoren, Styropor, ein Becken",
    ),
    (
        *("Mathe auf dem Markt", "Mathezirkel Siebzehneck", Topic.MATHEMATICS),
        "An sechs Ständen knobeln Leute, die gerade einkaufen.",
        "6 Tische, Knobelspiele aus Holz",
    ),
    (
        *("Programmieren ohne Strom", "Codeclub Semikolon", Topic.PROGRAMMING),
        "Karten und Kreide erklären, wie ein Programm entscheidet.",
        "Kartensätze, Kreide, ein Hof",
    ),
    (
        *("Saatgut zum Mitnehmen", "Gartenlabor Bohnenranke", Topic.BOTANY),
        "Jede Klasse zieht Bohnen und gibt die Samen an die nächste weiter.",
        "Bohnen, Töpfe, ein helles Fenster",
    ),
    (
        *("Steine erzählen", "Forscherwerkstatt Kieselstein", Topic.EARTH_SCIENCE),
        "Ein Spaziergang zu den Steinen der eigenen Stadt, mit Lupe und Hammer.",
        "10 Lupen, 4 Hämmer, Schutzbrillen",
    ),
    (
        *("Zahnräder zum Anfassen", "Museum für Zahnräder", Topic.TECHNOLOGY),
        "Eine Kiste mit Getrieben reist von Schule zu Schule.",
        "Getriebekiste, Begleitheft",
    ),
    (
        *("Fliegen nach Plan", "Drohnengruppe Mauersegler", Topic.AVIATION_DRONES),
        "Jugendliche planen einen Flug und vermessen den eigenen Schulhof.",
        "3 Drohnen mit Schutzringen, Tablets",
    ),
)
FUNDING = (
    "Material und Fahrten zahlt ein Betrieb am Ort, die Zeit ist Ehrenamt.",
    "",
    "Zwei Jahre aus einem Landesprogramm, danach offen.",
    "Eintritt deckt die Kosten.",
)
# Name, funder, who can apply, region, amount, days until it closes (none: any time).
PROGRAMMES = (
    ("Laborfahrten", "Stiftung Probierglas", "Schulen", "Sachsen", "bis 600 €", 60),
    ("Werkzeug für alle", "Zunft Schraubstock", "Vereine", "Thüringen", "3.000 €", 25),
    ("Mint zieht um", "Haus der Beispiele", "Kommunen", "Sachsen-Anhalt", "", 120),
    ("Kleine Köpfe", "Fonds Kinderleicht", "Kitas", "Deutschland", "500 €", None),
    ("Ferien im Labor", "Bund Musterland", "Träger", "Deutschland", "20.000 €", -40),
    ("Lehrpfade", "Stiftung Probierglas", "Vereine", "Sachsen", "1.500 €", -200),
)


def list_actions(office: User, *, at: datetime) -> None:
    """Shows what other places can take over; the office has checked most of it."""
    states = list(FederalState)
    for k, (title, initiator, topic, idea, material) in enumerate(ACTIONS):
        action = Action(
            title=title,
            initiator=initiator,
            description=f"{idea} Die Anleitung geben wir gern weiter.",
            topics=frozenset({topic}),
            audiences=PUPILS,
            effort_text=("ein Vormittag", "eine Woche", "ein Schuljahr")[k % 3],
            cost_text=("unter 50 €", "etwa 400 €", "etwa 2.000 €")[k % 3],
            material="\n".join(material.split(", ")),
            advice="Fangen Sie klein an und laden Sie früh die Nachbarn ein.",
        )
        list_action(action, at=at)
        there = {states[k % 3]: Finding(Standing.EXISTS, "Anruf beim Anbieter")}
        if k % 4 == 0:
            there[states[(k + 1) % 3]] = Finding(Standing.ABSENT, "Rundfrage per Mail")
        check = Check(findings=there, funding=FUNDING[k % len(FUNDING)])
        check_action(action, check, actor=office, at=at)


def write_idea(office: User, *, at: datetime) -> None:
    """Begins what the office has not published yet."""
    entry = ActionEntry(
        title="Nacht der offenen Werkstätten",
        initiator="Runder Tisch Probe",
        description="Einmal im Jahr öffnen alle Werkstätten eines Ortes bis 22 Uhr.",
        topics=frozenset({Topic.TECHNOLOGY}),
        audiences=PUPILS,
        effort_text="ein halbes Jahr Vorlauf",
    )
    write_action(entry, actor=office, at=at)


def list_programmes(*, at: datetime) -> None:
    """Shows where money can be asked for, and where no more."""
    today = day_of(at)
    for name, funder, who, region, amount, days in PROGRAMMES:
        closes_on = today + timedelta(days=days) if days else None
        programme = Programme(
            name=name,
            funder=funder,
            kind_text="Programm",
            who_can_apply=who,
            region_text=region,
            states=frozenset(
                state
                for state in FederalState
                if region in {str(state.label), "Deutschland"}
            ),
            amount_text=amount,
            deadline_text=_written(closes_on) if closes_on else "laufend",
            closes_on=closes_on,
            is_recurring=closes_on is None,
            source=SOURCE,
            source_key=f"{fold_name(name)}|{fold_name(funder)}",
            licence="CC0-1.0",
            as_of=today,
        )
        list_programme(programme, at=at)


def _written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
