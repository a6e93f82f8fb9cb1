"""The catalogue of our lists as DCAT-AP 3, which portals of open data read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA = "https://www.iana.org/assignments/media-types/"
# Sachsen, Sachsen-Anhalt, Thüringen in the European classification of regions.
REGIONS = tuple(
    f"http://data.europa.eu/nuts/code/{code}" for code in ("DED", "DEE", "DEG")
)
# How the European lists call our forms.
FILE_TYPES = {"csv": "CSV", "geojson": "GEOJSON", "ics": "ICS", "atom": "ATOM"}


@dataclass(frozen=True)
class Offered:
    """One form of a list: its ending, its address, its media type."""

    form: str
    link: str
    media_type: str


@dataclass(frozen=True)
class Dataset:
    """One list: its words, its page, when it last changed, and its forms."""

    name: str
    title: str
    words: str
    page: str
    changed_at: datetime
    forms: Iterable[Offered]


@dataclass(frozen=True)
class Publisher:
    """Who answers for the catalogue; an address for questions if there is one."""

    name: str
    page: str
    email: str
    # The address of the licence of what was written here.
    licence: str


def catalogue_of(
    link: str, publisher: Publisher, datasets: Iterable[Dataset]
) -> dict[str, Any]:
    """The catalogue, as JSON-LD; `link` is its own address."""
    who = {
        "@id": publisher.page,
        "@type": "foaf:Agent",
        "foaf:name": publisher.name,
    }
    told = [_dataset(link, one, who, publisher) for one in datasets]
    return {
        "@context": CONTEXT,
        "@id": link,
        "@type": "dcat:Catalog",
        "dct:title": _german("MINT-Börse Mitteldeutschland: offene Daten"),
        "dct:description": _german(
            "Praktika, Angebote, Förderungen, Veranstaltungen und mehr aus Sachsen, "
            "Sachsen-Anhalt und Thüringen."
        ),
        "dct:publisher": who,
        "dct:language": {"@id": f"{AUTHORITY}language/DEU"},
        "dct:license": {"@id": publisher.licence},
        "foaf:homepage": {"@id": publisher.page},
        "dct:modified": _moment(max(one.changed_at for one in datasets)),
        "dcat:dataset": told,
    }


def _dataset(
    link: str, dataset: Dataset, who: dict[str, Any], publisher: Publisher
) -> dict[str, Any]:
    named = f"{link}#{dataset.name}"
    told: dict[str, Any] = {
        "@id": named,
        "@type": "dcat:Dataset",
        "dct:identifier": named,
        "dct:title": _german(dataset.title),
        "dct:description": _german(dataset.words),
        "dct:publisher": {"@id": who["@id"]},
        "dct:language": {"@id": f"{AUTHORITY}language/DEU"},
        "dct:spatial": [{"@id": region} for region in REGIONS],
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/CONT"},
        "dcat:theme": {"@id": f"{AUTHORITY}data-theme/EDUC"},
        "dcat:keyword": [_german(word) for word in ("MINT", "Bildung", dataset.title)],
        "dcat:landingPage": {"@id": dataset.page},
        "dct:modified": _moment(dataset.changed_at),
        "dcat:distribution": [
            _distribution(one, dataset, publisher.licence) for one in dataset.forms
        ],
    }
    if publisher.email:
        told["dcat:contactPoint"] = {
            "@type": "vcard:Organization",
            "vcard:fn": publisher.name,
            "vcard:hasEmail": {"@id": f"mailto:{publisher.email}"},
        }
    return told


def _distribution(offered: Offered, dataset: Dataset, licence: str) -> dict[str, Any]:
    media_type = offered.media_type.partition(";")[0]
    return {
        "@id": offered.link,
        "@type": "dcat:Distribution",
        "dct:title": _german(f"{dataset.title} ({offered.form})"),
        "dcat:accessURL": {"@id": offered.link},
        "dcat:downloadURL": {"@id": offered.link},
        "dcat:mediaType": {"@id": f"{MEDIA}{media_type}"},
        "dct:format": {"@id": f"{AUTHORITY}file-type/{FILE_TYPES[offered.form]}"},
        "dct:license": {"@id": licence},
        "dct:modified": _moment(dataset.changed_at),
    }


def _german(words: str) -> dict[str, str]:
    return {"@value": words, "@language": "de"}


def _moment(at: datetime) -> dict[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}
