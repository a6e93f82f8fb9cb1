"""A calendar that the demo's provider took over, as its own program wrote it."""

from datetime import datetime, timedelta

from marketplace.doors.commands.demo.people import Cast
from marketplace.doors.commands.demo.postings import member_of
from marketplace.foundation.clock import day_of
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.services.giving import take_unseen

# In so many days, and what is told; the second has no title and is refused.
STORIES = (
    (40, "Reparaturabend: Wir öffnen alte Radios", "Elektronik, Löten"),
    (47, "", ""),
)


def take_calendar_over(cast: Cast, *, at: datetime) -> None:
    """Takes two appointments over, of which one becomes a draft."""
    provider = cast.providers[0]
    town = provider.sites[0].place_name
    events = [
        "\r\n".join(
            (
                *("BEGIN:VEVENT", f"UID:termin-{days}@kalender.example"),
                f"DTSTART:{day_of(at) + timedelta(days=days):%Y%m%d}T170000",
                f"SUMMARY:{title}",
                f"CATEGORIES:{topics}",
                "DESCRIPTION:Bringt mit, was nicht mehr spielt. Für alle ab Klasse 7.",
                f"LOCATION:{town}",
                "END:VEVENT",
            )
        )
        for days, title, topics in STORIES
    ]
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR"))
    member = member_of(provider)
    take_unseen(
        provider,
        text.encode(),
        name="termine.ics",
        kind=TakeoverKind.EVENTS,
        is_submitted=False,
        is_whole=True,
        actor=member,
        at=at,
    )
