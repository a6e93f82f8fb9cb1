"""Records as GeoJSON (RFC 7946): longitude first, one feature each."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from marketplace.doors.feeds.services.records import Record


def geojson_of(records: Iterable[Record]) -> Iterator[str]:
    """A collection of features; one without a place is a feature without geometry."""
    yield '{"type":"FeatureCollection","features":['
    for number, record in enumerate(records):
        before = ",\n" if number else "\n"
        yield before + json.dumps(_feature(record), ensure_ascii=False)
    yield "\n]}\n"


def _feature(record: Record) -> dict[str, Any]:
    properties = {
        "title": record.title,
        "text": record.text,
        "organisation": record.organisation,
        "place": record.place,
        "topics": list(record.topics),
        "dates": [[s.first.isoformat(), s.last.isoformat()] for s in record.slots],
        "status": record.status,
        "link": record.link,
        "updated": record.changed_at.isoformat(),
        "licence": record.licence,
        "source": record.source,
    }
    return {
        "type": "Feature",
        "id": record.key,
        "geometry": _geometry(record),
        "properties": properties,
    }


def _geometry(record: Record) -> dict[str, Any] | None:
    points = [[point.lon, point.lat] for point in record.points]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}
