import csv
import json
from collections import Counter
from datetime import date
from time import process_time

from click.testing import CliRunner
from sqlalchemy import func, select

from marketplace.doors.commands.imports import import_command
from marketplace.foundation.database import db
from marketplace.postings.actions.models import Action
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.region.calendar.models import CalendarRow
from marketplace.region.places.models import District
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.folders import files_of_folder

# Of work, so that what else the machine does is not measured.
SECONDS = 20
OUTCOMES = ("created", "updated", "unchanged", "rejected", "held")
# What stands before the names of states in codes after ISO 3166-2.
COUNTRY = "DE-"


def take_folder(folder):
    result = CliRunner().invoke(import_command, ["folder", str(folder)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def read_of(lines):
    """How many rows were read of each kind."""
    read = Counter()
    for line in lines[:-1]:
        read[line["kind"]] += line["read"]
    return read


def test_folder_is_taken_over_quickly_and_only_once(app, data):
    begin = process_time()
    first = take_folder(data)
    seconds = process_time() - begin
    second = take_folder(data)

    for line in (*first, *second):
        assert line["read"] == sum(line[outcome] for outcome in OUTCOMES)
    assert seconds <= SECONDS
    assert (second[-1]["created"], second[-1]["updated"]) == (0, 0)
    assert second[-1]["organisations_created"] == 0
    read = read_of(first)
    assert (read["offers"], read["schools"]) == (421, 3974)
    assert (read["districts"], read["occupations"]) == (49, 2195 + 23)
    assert (read["programmes"], read["actions"]) == (27, 45)
    # Two pairs of the project group's list are one action each.
    assert db.session.scalar(select(func.count()).select_from(Action)) == 43
    listed = select(func.count()).where(Offer.state == PostingState.LISTED)
    assert db.session.scalar(listed) >= 400
    outlines = select(func.count()).select_from(District)
    assert db.session.scalar(outlines.where(District.credit != "")) == 49


def test_calendar_equals_its_sources(app, data):
    take_folder(data)

    there = set(
        db.session.execute(
            select(
                CalendarRow.state,
                CalendarRow.name,
                CalendarRow.starts_on,
                CalendarRow.ends_on,
            ).where(CalendarRow.is_imported)
        )
    )
    rows = [
        row
        for found in files_of_folder(data)
        if found.kind is ImportKind.HOLIDAYS
        for row in csv.DictReader(found.path.read_text("utf-8").splitlines())
    ]
    told = {
        (
            row["state_code"].removeprefix(COUNTRY),
            row["name"],
            date.fromisoformat(row.get("start") or row["date"]),
            date.fromisoformat(row.get("end") or row["date"]),
        )
        for row in rows
    }
    assert there == told
