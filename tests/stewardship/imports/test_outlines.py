import json

import pytest

from marketplace.region.places.queries import district_by_ags
from tests.stewardship.imports.conftest import counts, reasons

RING = [[12.2, 51.2], [12.5, 51.2], [12.5, 51.4], [12.2, 51.2]]
OUTSIDE = "Der Umriss ist keine Fläche in den drei Ländern."


def feature(ags="14713", kind="Polygon", coordinates=None):
    return {
        "type": "Feature",
        "properties": {"ags": ags},
        "geometry": {"type": kind, "coordinates": coordinates or [RING]},
    }


def collection(*features, **told):
    told = {"attribution": "© Amt", "licence": "dl-de/by-2-0"} | told
    told |= {"type": "FeatureCollection", "features": features}
    return json.dumps(told).encode()


def test_outlines_come_with_their_credit_and_once(take):
    content = collection(feature())

    assert counts(take("districts", content)) == {"updated": 1}
    assert counts(take("districts", content)) == {"unchanged": 1}
    district = district_by_ags("14713")
    assert district.outline == [RING]
    assert district.credit == "© Amt, dl-de/by-2-0"


def test_several_areas_are_several_rings(take):
    take(
        "districts", collection(feature(kind="MultiPolygon", coordinates=[[RING]] * 2))
    )

    assert district_by_ags("14713").outline == [RING, RING]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (feature("99999"), "Den Kreis „99999“ gibt es nicht."),
        (feature(kind="Point", coordinates=[12.2, 51.2]), OUTSIDE),
        (feature(coordinates=[[[2.2, 41.2]] * 4]), OUTSIDE),
        (feature(coordinates=[RING[:3]]), OUTSIDE),
        (feature(coordinates=[[["a", "b"]] * 4]), OUTSIDE),
        ({"properties": {"ags": "14713"}}, OUTSIDE),
        ("kein Kreis", "Den Kreis „“ gibt es nicht."),
    ],
)
def test_outline_that_is_none_is_rejected(take, bad, reason):
    report = take("districts", collection(bad))

    assert reasons(report) == [(1, reason)]


def test_outline_without_a_credit_is_rejected(take):
    report = take("districts", collection(feature(), attribution="", licence=""))

    assert reasons(report) == [(1, "„attribution“ fehlt.")]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"features": []}', b"ags,name\n14713,Leipzig\n"]
)
def test_other_file_is_refused(take, content):
    report = take("districts", content or b" ")

    assert report.refusal == "Umrisse werden als GeoJSON mit „features“ gelesen."
    assert report.read == 0
