"""How the fields of entries are called, where a file changes them."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy

FIELDS: Mapping[str, LazyString] = {
    "audiences": lazy("Für wen"),
    "bases": lazy("Art"),
    "capacity": lazy("Plätze"),
    "cost": lazy("Kosten"),
    "cost_text": lazy("Kosten im Wortlaut"),
    "dates_text": lazy("Termin"),
    "description": lazy("Beschreibung"),
    "ends_at": lazy("Ende"),
    "ends_on": lazy("Ende"),
    "format": lazy("Angebotsart"),
    "funding_today": lazy("Finanzierung"),
    "group_size": lazy("Gruppengröße"),
    "learn": lazy("Was man lernt"),
    "lines": lazy("Bedarf oder Gaben"),
    "link": lazy("Link"),
    "occupation_ids": lazy("Berufe"),
    "papers": lazy("Nötige Papiere"),
    "pay": lazy("Vergütung"),
    "periods": lazy("Zeiträume"),
    "site_id": lazy("Ort"),
    "starts_at": lazy("Beginn"),
    "starts_on": lazy("Beginn"),
    "title": lazy("Titel"),
    "topics": lazy("Themen"),
    "valid_from": lazy("Beginn"),
    "valid_to": lazy("Ende"),
}
