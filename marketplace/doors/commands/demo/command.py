"""`market demo`."""

from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, select

from marketplace.doors.commands.demo.alerts import search_around, search_in_vain
from marketplace.doors.commands.demo.breaches import move_to_the_evening
from marketplace.doors.commands.demo.catalogue import (
    list_actions,
    list_programmes,
    write_idea,
)
from marketplace.doors.commands.demo.classes import ask_for_school, attend_class
from marketplace.doors.commands.demo.days import work_every_week
from marketplace.doors.commands.demo.encounters import (
    apply_around,
    fill_up,
)
from marketplace.doors.commands.demo.eve import wait_for_tomorrow
from marketplace.doors.commands.demo.events import post_events
from marketplace.doors.commands.demo.feedback import tell_around
from marketplace.doors.commands.demo.gaps import call_around, register_last_quarter
from marketplace.doors.commands.demo.hints import list_hints
from marketplace.doors.commands.demo.lives import live_on
from marketplace.doors.commands.demo.papers import agree_around
from marketplace.doors.commands.demo.partners import introduce_around
from marketplace.doors.commands.demo.people import (
    Cast,
    invite_around,
    open_accounts,
    register_organisations,
    register_waiting,
    settle_towns,
)
from marketplace.doors.commands.demo.postings import (
    SPONSORSHIPS,
    give_too,
    post_internships,
    post_offers,
    post_sponsorships,
)
from marketplace.doors.commands.demo.products import show_products
from marketplace.doors.commands.demo.programs import connect_programs
from marketplace.doors.commands.demo.rounds import run_rounds
from marketplace.doors.commands.demo.takeovers import take_calendar_over
from marketplace.doors.commands.demo.tellers import tell_of_work
from marketplace.doors.commands.demo.times import Weeks
from marketplace.doors.commands.demo.vetting import ask_around
from marketplace.doors.commands.demo.words import PASSWORD
from marketplace.encounters.attendances.services.following import tell_of_the_eve
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db, reading, transaction
from marketplace.matching.partners.services.rebuilding import rebuild
from marketplace.matching.quality.services.measuring import measure
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Internship
from marketplace.region.occupations.queries import all_occupations
from marketplace.stewardship.duplicates.services.finding import find_pairs
from marketplace.stewardship.links.services.checking import gather_links
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.services import change_setting

# The set-up lies some days back, so that not everything is from this minute; offers so
# far that what they lack fills two quarters.
LONG_BEFORE, BEFORE = timedelta(days=5), timedelta(days=3)
EVER_BEFORE, MONTHS_BEFORE = timedelta(days=131), timedelta(days=130)
# So many of the sponsorships were there in the last quarter.
EARLY = 12


@click.command()
@with_appcontext
def demo() -> None:
    """Fill an empty instance with invented content for a demonstration.

    Does nothing where there are accounts. Example: MARKET_DEMO=1 market demo
    """
    if not current_app.config["DEMO"]:
        raise click.ClickException("Demo content needs MARKET_DEMO=1.")
    with reading():
        is_empty = db.session.scalar(select(User.id).limit(1)) is None
    if not is_empty:
        click.echo("There is content already; nothing was changed.")
        return
    at = now()
    with transaction():
        cast = _gather(at=at - EVER_BEFORE)
        occupations = list(db.session.scalars(all_occupations()))
        show_products(cast, at=at - BEFORE)
        weeks = Weeks(day_of(at))
        internships = post_internships(cast, occupations, weeks, at=at - BEFORE)
        post_offers(cast, since=at - MONTHS_BEFORE, at=at - BEFORE)
        post_sponsorships(cast, range(EARLY), at=at - BEFORE)
        register_last_quarter(at=at)
        post_sponsorships(cast, range(EARLY, SPONSORSHIPS), at=at - BEFORE)
        full = live_on(cast, occupations, weeks, at=at - LONG_BEFORE)
        post_events(cast, at=at - BEFORE)
        take_calendar_over(cast, at=at - BEFORE)
        list_actions(cast.users["koordination"], at=at - BEFORE)
        write_idea(cast.users["koordination"], at=at)
        list_programmes(at=at - BEFORE)
        tell_of_work(cast, at=at - BEFORE)
        list_hints(cast, at=at - BEFORE)
        ask_around(cast, at=at)
        give_too(cast, at=at - BEFORE)
        work_every_week(cast, internships, occupations, weeks, at=at)
        attend_class(cast, internships, weeks, at=at - timedelta(hours=6))
        wait_for_tomorrow(cast, occupations, weeks, at=at)
        # The letters of the set-up would only hide those of the encounters.
        db.session.execute(delete(OutboxEntry))
        _meet(cast, internships, full, at=at)
        move_to_the_evening(cast, occupations, weeks, at=at)
    rebuild(at)  # what is shown where, in small steps of its own
    for finish in (measure, find_pairs, gather_links):
        with transaction():
            finish(at=at)
    click.echo(f"Nine accounts …@demo.example, password {PASSWORD}.")


def _gather(*, at: datetime) -> Cast:
    """Towns, accounts and organisations, which everything else stands on."""
    settle_towns()
    users = open_accounts(at=at)
    for setting, value in (
        (Setting.OFFICE_NAME, "Koordinationsstelle der Vorführung"),
        (Setting.OFFICE_EMAIL, users["koordination"].email),
    ):
        change_setting(setting, value, actor=None, at=at)
    return register_organisations(users, at=at)


def _meet(
    cast: Cast, internships: list[Internship], full: Internship, *, at: datetime
) -> None:
    """What goes on between people, and the letters about it."""
    register_waiting(cast.users, at=at)
    ask_for_school(cast, at=at)
    invite_around(cast, at=at)
    apply_around(cast, internships, at=at - timedelta(hours=2))
    tell_around(at=at - timedelta(hours=3))
    tell_of_the_eve(at=at - timedelta(hours=2))
    search_around(cast, at=at - timedelta(hours=1))
    fill_up(cast, full, at=at - timedelta(hours=1))
    agree_around(cast, internships, at=at - timedelta(hours=1))
    db.session.flush()  # partners are read from the database
    run_rounds(cast, internships, at=at)
    search_in_vain(cast, at=at - timedelta(hours=1))
    introduce_around(cast, at=at - timedelta(hours=1))
    call_around(cast, at=at)
    connect_programs(cast, at=at)
