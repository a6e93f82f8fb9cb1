"""Files as organisations have them, all invented."""

import json


def calendar(*events):
    body = "\r\n".join(event for event in events)
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DE"
    return f"{head}\r\n{body}\r\nEND:VCALENDAR\r\n".encode()


def event(uid="a@labor.example", title="Offenes Labor", **lines):
    """An afternoon in Jena in December 2026, with further or other lines."""
    told = {
        "UID": uid,
        "DTSTAMP": "20261101T120000Z",
        "SUMMARY": title,
        "DESCRIPTION": "Löten für alle ab Klasse 7",
        "LOCATION": "Musterweg 1\\, 07743 Jena",
        "DTSTART;TZID=Europe/Berlin": "20261205T140000",
        "DTEND;TZID=Europe/Berlin": "20261205T170000",
        **{name.replace("_", "-"): value for name, value in lines.items()},
    }
    told = {name: value for name, value in told.items() if value is not None}
    body = "\r\n".join(f"{name}:{value}" for name, value in told.items())
    return f"BEGIN:VEVENT\r\n{body}\r\nEND:VEVENT"


def linked(*things):
    return json.dumps(list(things)).encode()


JOB = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Schülerpraktikum Optik",
    "description": "<p>Linsen schleifen.</p><p>Proben messen &amp; notieren.</p>",
    "identifier": {"@type": "PropertyValue", "name": "Labor", "value": "P-7"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Jena"},
    },
}
COURSE = {
    "@context": "https://schema.org",
    "@type": "Course",
    "@id": "https://labor.example/kurse/1",
    "name": "Roboterkurs",
    "description": "Wir bauen einen Roboter.",
    "about": ["Robotik"],
    "isAccessibleForFree": True,
    "hasCourseInstance": {
        "@type": "CourseInstance",
        "startDate": "2027-03-01",
        "endDate": "2027-03-05",
        "location": {"@type": "Place", "address": {"addressLocality": "07743 Jena"}},
    },
}
