"""What a calendar, a table or JSON-LD tells, and what is refused."""

from datetime import UTC, datetime

import pytest

from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.reading import MAX_BYTES, read_entries
from marketplace.stewardship.takeovers.services.told import moment_from
from tests.moments import NOON
from tests.stewardship.takeovers.files import COURSE, JOB, calendar, event, linked

pytestmark = pytest.mark.usefixtures("app")
EVENTS, OFFERS = TakeoverKind.EVENTS, TakeoverKind.OFFERS


def read(content, kind=EVENTS):
    return read_entries(content, kind, at=NOON)


def days_of(entries):
    return [one.entry.get("start")[:10] for one in entries]


def test_calendar_becomes_events():
    [one] = read(calendar(event()))

    assert (one.kind, one.key) == (EVENTS, "a@labor.example")
    assert dict(one.entry.values) == {
        "id": "a@labor.example",
        "title": "Offenes Labor",
        "description": "Löten für alle ab Klasse 7",
        "location": "Musterweg 1, 07743 Jena",
        "start": "2026-12-05T13:00:00+00:00",
        "end": "2026-12-05T16:00:00+00:00",
    }


def test_whole_days_end_on_their_last_day():
    days = {
        "DTSTART;TZID=Europe/Berlin": None,
        "DTEND;TZID=Europe/Berlin": None,
        "DTSTART;VALUE=DATE": "20261205",
        "DTEND;VALUE=DATE": "20261207",
    }
    [one] = read(calendar(event(**days)))

    told = (one.entry.get("start"), one.entry.get("end"))
    assert told == ("2026-12-05", "2026-12-06")


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2026-12-05", "2026-12-12", "2026-12-19"]),
        ("FREQ=WEEKLY;UNTIL=20261212T235959Z", ["2026-12-05", "2026-12-12"]),
        ("FREQ=MONTHLY;BYDAY=1SA;COUNT=2", ["2026-12-05", "2027-01-02"]),
    ],
)
def test_series_becomes_single_days(rule, days):
    lone = event(uid="b@labor.example", title="Danach")
    entries = read(calendar(event(RRULE=rule), lone))

    assert days_of(entries)[: len(days)] == days
    assert len(entries) == len(days) + 1
    assert len({one.key for one in entries}) == len(entries)


def test_dates_of_a_series_are_left_out_and_moved():
    exception = {"EXDATE;TZID=Europe/Berlin": "20261212T140000"}
    series = event(RRULE="FREQ=WEEKLY;COUNT=3", **exception)
    moved = event(
        title="Verlegt",
        **{
            "RECURRENCE-ID;TZID=Europe/Berlin": "20261219T140000",
            "DTSTART;TZID=Europe/Berlin": "20261220T140000",
            "DTEND;TZID=Europe/Berlin": None,
        },
    )

    entries = read(calendar(moved, series))

    assert days_of(entries) == ["2026-12-05", "2026-12-20"]
    assert [one.entry.get("title") for one in entries] == ["Offenes Labor", "Verlegt"]


def test_series_without_end_is_followed_for_a_year_at_most():
    entries = read(calendar(event(RRULE="FREQ=DAILY")))

    assert len(entries) == 60


def test_series_make_a_thousand_dates_at_most():
    many = [event(uid=f"{n}@x", RRULE="FREQ=DAILY") for n in range(17)]
    assert len(read(calendar(*many[:16]))) == 960

    with pytest.raises(Refusal, match=r"ergeben mehr als 1\.000 Termine"):
        read(calendar(*many))


def test_calendar_of_endless_lines_is_not_read():
    with pytest.raises(Refusal, match="Kalenderdatei lässt sich nicht lesen"):
        read(calendar(event(), *["X-A:1"] * 20_001))


def test_cancelled_event_is_no_entry():
    other = event(uid="b@labor.example", title="Bleibt")

    entries = read(calendar(event(STATUS="CANCELLED"), other))

    assert [one.entry.get("title") for one in entries] == ["Bleibt"]


def test_linked_data_tells_its_kinds_itself():
    job, course = read(linked(JOB, {"@graph": [COURSE]}))

    assert (job.kind, job.key) == (TakeoverKind.INTERNSHIPS, "P-7")
    assert (
        job.entry.get("description") == "Linsen schleifen.\nProben messen & notieren."
    )
    assert (course.kind, course.key) == (OFFERS, "https://labor.example/kurse/1")
    assert course.entry.get("start") == "2027-03-01"
    assert course.entry.get("city") == "07743 Jena"


def test_page_is_read_by_what_it_tells_machines():
    block = f'<script type="application/ld+json">{linked(COURSE).decode()}</script>'

    [course] = read(f"<!doctype html><title>x</title>{block}".encode())

    assert course.entry.get("title") == "Roboterkurs"


def test_table_is_read_under_its_usual_headings():
    content = "UID;Titel;Beginn;Ende;Ort;Plätze\n7;Abend;05.12.2026 18:00;;Jena;30\n"

    [one] = read(content.encode())

    assert dict(one.entry.values) == {
        "id": "7",
        "title": "Abend",
        "start": "05.12.2026 18:00",
        "city": "Jena",
        "capacity": "30",
    }


def test_entry_without_a_number_is_known_by_title_day_and_town():
    rows = "Titel;Beginn;Ort\nAbend;05.12.2026;Jena\nAbend;06.12.2026;Jena\n"
    again = "Ort;Titel;Beginn\nJENA;abend;05.12.2026\n"

    one, other = read(rows.encode())

    assert one.key != other.key
    assert read(again.encode())[0].key == one.key


def test_our_own_addresses_and_calendars_are_known_again():
    page = COURSE | {"@id": "https://boerse.example/angebote/bcdfghjk23-roboterkurs"}

    assert read(linked(page))[0].own_key == "bcdfghjk23"
    ours = event(uid="bcdfghjk23@mint-boerse")
    assert read(calendar(ours))[0].own_key == "bcdfghjk23"
    assert read(linked(COURSE))[0].own_key == ""


HOSTILE = {
    "empty": b"",
    "too large": b"x" * (MAX_BYTES + 1),
    "no title": b"Ort;Beginn\nJena;05.12.2026\n",
    "broken json": b'{"@type": "Event"',
    "deep json": b"[" * 100_000,
    "wide json": b"[" + b"{}," * 200_000 + b"{}]",
    "nothing known": b'{"@type": "Person", "name": "x"}',
    "broken calendar": b"BEGIN:VCALENDAR\r\nDTSTART:99\r\nEND:VEVENT\r\n",
    "too many": calendar(*[event(uid=f"{n}@x") for n in range(301)]),
    "from year one": calendar(
        event(RRULE="FREQ=DAILY", **{"DTSTART;TZID=Europe/Berlin": "00010101T000000"})
    ),
    "every second": calendar(event(RRULE="FREQ=SECONDLY")),
    "steps of nought": calendar(event(RRULE="FREQ=DAILY;INTERVAL=0;BYMONTH=2")),
    "never": calendar(event(RRULE="FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30")),
    "less than none": calendar(event(RRULE="FREQ=DAILY;COUNT=-3")),
    "broken exception": calendar(event(RRULE="FREQ=DAILY;COUNT=3", EXDATE="foo")),
    "printed page": b"%PDF-1.7\n1 0 obj\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_words(name):
    with pytest.raises(Refusal) as refused:
        read(HOSTILE[name])

    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-05T14:00:00+01:00", datetime(2026, 12, 5, 13, tzinfo=UTC)),
        ("2026-12-05T13:00:00Z", datetime(2026, 12, 5, 13, tzinfo=UTC)),
        ("2026-12-05T14:00", datetime(2026, 12, 5, 13, tzinfo=UTC)),
        ("05.12.2026 14:00", datetime(2026, 12, 5, 13, tzinfo=UTC)),
        ("05.12.2026", datetime(2026, 12, 4, 23, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("05.12.2026 25:00", None),
        ("morgen", None),
    ],
)
def test_instants_are_read_as_files_write_them(text, expected):
    assert moment_from(text) == expected
