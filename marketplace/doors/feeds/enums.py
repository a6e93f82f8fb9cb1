from enum import StrEnum


class Form(StrEnum):
    """In which form a list is handed out; the ending of its address."""

    CSV = "csv"
    GEOJSON = "geojson"
    ICS = "ics"
    ATOM = "atom"


TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.GEOJSON: "application/geo+json",
    Form.ICS: "text/calendar; charset=utf-8",
    Form.ATOM: "application/atom+xml; charset=utf-8",
}
