"""A file on its way from the desk into the house, part by part."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.schools.models import School
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.imports.enums import ImportKind, UploadState
from marketplace.stewardship.imports.jobs import tidy
from marketplace.stewardship.imports.models import (
    HeldRow,
    ImportedRow,
    ImportRun,
    Upload,
    UploadRow,
)
from marketplace.stewardship.imports.services import taking, uploads
from marketplace.stewardship.imports.services.uploads import (
    Choice,
    choose,
    discard_upload,
    missing_fields,
    receive_upload,
    start_upload,
)
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.jobs.models import Job
from tests.factories.people import make_coordinator, make_organisation
from tests.moments import NOON
from tests.stewardship.imports.conftest import counts
from tests.stewardship.imports.sheets import long_book, long_list

LINES = (
    "id,title,provider,city,state,source",
    "1,Löten,Werkstatt,Jena,TH,Liste",
    "2,Bauen,Werkstatt,Neukirchen,SN,Liste",
    "3,Fliegen,Werkstatt,Cottbus,Brandenburg,Liste",
    "1,Nochmal,Werkstatt,Leipzig,SN,Liste",
    "4,Messen,Werkstatt,Leipzig,SN,Liste",
)
FILE = "\n".join(LINES).encode()


def receive(content=FILE, name="angebote.csv", **told):
    with transaction():
        return receive_upload(
            content, name=name, actor=make_coordinator(), at=NOON, **told
        )


def start(upload):
    with transaction():
        start_upload(upload, actor=upload.uploaded_by, at=NOON)


def die_in_a_part(upload):
    """What a worker leaves that is killed before its transaction ends: nothing."""
    with transaction():
        taking.take_part(upload.id, at=NOON)
        db.session.flush()
        raise SystemExit


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def outcomes(upload):
    return [row["outcome"] for row in upload.preview]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (FILE, "liste.csv", "offers"),
        (b"Titel,Anbieter,Berufe,Bedingungen\nA,B,C,D\n", "x.csv", "internships"),
        (b"Name;Typ;Rolle\nA;Verein;B\n", "x.csv", "organisations"),
        (b"Programm;Geber;Antragsberechtigt\nA;B;C\n", "x.csv", "programmes"),
        (b"Aktion;Idee;Materialliste\nA;B;C\n", "x.csv", "actions"),
        (b"Schulnummer;Schule;Schulart;Land\n1;A;B;SN\n", "x.csv", "schools"),
        (b"Ferien;Beginn;Ende;Land\nA;1.2.2027;2.2.2027;SN\n", "x.csv", "holidays"),
        (b"Apfel;Birne\n1;2\n", "angebote.csv", "offers"),
    ],
)
def test_kind_is_told_by_the_headings_then_by_the_name(towns, content, name, kind):
    assert receive(content, name).kind == kind


def test_preview_tells_what_would_become_of_each_row_and_leaves_no_trace(towns):
    upload = receive()

    assert outcomes(upload) == ["created", "held", "rejected", "rejected", "created"]
    assert upload.preview[3]["reason"] == ("Die Nummer „1“ steht schon in Zeile 2.")
    assert upload.state is UploadState.CHOSEN
    for model in (Offer, HeldRow, ImportedRow, ImportRun, UploadRow, Job):
        assert number_of(model) == 0


@pytest.fixture
def much(monkeypatch):
    """There is so much that the worker makes the preview."""
    monkeypatch.setattr(uploads, "MUCH", -1)


def test_preview_among_much_is_made_by_the_worker(towns, much):
    upload = receive()
    assert upload.state is UploadState.LOOKING
    assert "outcome" not in upload.preview[0]

    run_due()

    assert upload.state is UploadState.CHOSEN
    assert outcomes(upload) == ["created", "held", "rejected", "rejected", "created"]
    for model in (Offer, HeldRow, ImportedRow, ImportRun, UploadRow):
        assert number_of(model) == 0


def test_preview_that_is_made_follows_the_last_choice(towns, much):
    upload = receive(b"Titel;Anbieter\nA;B\n", kind=ImportKind.OFFERS)
    told = Choice(kind=ImportKind.OFFERS, source="Liste")
    with transaction():
        choose(upload, told, at=NOON + timedelta(seconds=1))

    run_due()

    assert (upload.state, upload.source) == (UploadState.CHOSEN, "Liste")
    assert outcomes(upload) == ["rejected"]


def test_file_is_taken_or_thrown_away_before_its_preview_is_made(towns, much):
    upload, other = receive(), receive()
    start(upload)
    with transaction():
        discard_upload(other, actor=make_coordinator(), at=NOON)

    run_due()

    assert (upload.state, number_of(Upload)) == (UploadState.DONE, 1)


def test_file_that_is_thrown_away_while_it_is_read_is_left_alone(towns, monkeypatch):
    upload = receive()
    start(upload)
    plain = taking.read_table

    def read(*told):
        table = plain(*told)
        with transaction():  # another worker refuses it, a person throws it away
            upload.state = UploadState.REFUSED
            discard_upload(upload, actor=make_coordinator(), at=NOON)
        return table

    monkeypatch.setattr(taking, "read_table", read)
    with transaction():
        taking.stage_upload(upload.id, at=NOON)

    for model in (Upload, UploadRow, ImportRun, StoredFile):
        assert number_of(model) == 0


def test_preview_of_a_long_file_reads_its_head_alone(towns, monkeypatch):
    read = []
    plain = uploads.TableFile.sheet

    def noted(*arguments):
        sheet = plain(*arguments)
        read.append(len(sheet.rows))
        return sheet

    monkeypatch.setattr(uploads.TableFile, "sheet", noted)
    upload = receive(long_list(50_000), "schulen.csv")

    assert (len(upload.preview), max(read)) == (10, uploads.READ_ROWS - 1)
    assert upload.kind is ImportKind.SCHOOLS


def test_preview_of_a_long_workbook_reads_its_head_alone(towns):
    upload = receive(long_book(2_000), "schulen.xlsx")

    assert len(upload.preview) == 10


def test_person_leads_headings_to_fields_and_leaves_some_out(towns):
    upload = receive(b"Was;Wo;Stand\nL;Jena;x\n", kind=ImportKind.OFFERS, source="L")
    assert missing_fields(upload) == ["title"]
    assert "outcome" not in upload.preview[0]

    mapping = {"Was": "title", "Wo": "city", "Stand": ""}
    told = Choice(kind=ImportKind.OFFERS, source="Liste", mapping=mapping)
    with transaction():
        choose(upload, told, at=NOON)
    start(upload)
    run_due()

    offer = db.session.scalars(select(Offer)).one()
    assert (offer.title, offer.place_name, offer.as_of_text) == ("L", "Jena", "")


def test_nothing_starts_without_the_columns_it_needs(towns):
    upload = receive(b"Was;Wo\nL;Jena\n", kind=ImportKind.OFFERS)

    with pytest.raises(Refusal, match="Ordnen Sie noch zu: Titel"):
        start(upload)


def test_other_kind_finds_its_columns_anew(towns):
    upload = receive()
    with transaction():
        choose(upload, Choice(kind=ImportKind.ACTIONS, mapping={"id": ""}), at=NOON)

    assert (upload.kind, upload.mapping) == (ImportKind.ACTIONS, {})
    assert missing_fields(upload) == ["description"]


def test_worker_takes_all_over_and_drops_the_file(towns):
    upload = receive()
    start(upload)
    run_due()

    run = upload.run
    assert upload.state is UploadState.DONE
    assert (run.read_count, run.created_count, run.held_count) == (5, 2, 1)
    assert (run.rejected_count, run.organisations_created_count) == (2, 1)
    assert (upload.done_count, upload.row_count) == (5, 5)
    assert [row.line for row in db.session.scalars(select(UploadRow))] == [4, 5]
    assert number_of(StoredFile) == 0


def test_parts_end_as_the_command_does(towns, take, monkeypatch):
    monkeypatch.setattr(taking, "PART", 2)
    upload = receive()
    start(upload)
    run_due()

    run = upload.run
    told = (run.created_count, run.held_count, run.rejected_count)
    assert told == (2, 1, 2)
    reasons = [row.reason for row in db.session.scalars(select(UploadRow))]
    assert reasons[1] == "Die Nummer „1“ steht weiter oben schon."
    assert counts(take("offers", *LINES)) == {"unchanged": 2, "held": 1, "rejected": 2}


def test_killed_worker_leaves_a_part_undone_and_the_next_goes_on(towns, monkeypatch):
    monkeypatch.setattr(taking, "PART", 2)
    upload = receive(long_list(7), "schulen.csv")
    start(upload)
    with transaction():
        taking.stage_upload(upload.id, at=NOON)
    with transaction():
        taking.take_part(upload.id, at=NOON)

    with pytest.raises(SystemExit):
        die_in_a_part(upload)
    db.session.expire_all()
    assert (upload.done_count, number_of(School)) == (2, 2)

    run_due()

    assert upload.state is UploadState.DONE
    assert (upload.done_count, upload.run.created_count) == (7, 7)
    assert number_of(School) == 7


def test_job_of_a_part_that_was_done_is_safe_to_run_again(towns):
    upload = receive(long_list(3), "schulen.csv")
    start(upload)
    run_due()

    with transaction():
        taking.stage_upload(upload.id, at=NOON)
        taking.take_part(upload.id, at=NOON)

    assert (upload.done_count, number_of(School)) == (3, 3)


def test_file_that_turns_out_bad_is_refused_with_its_sentence(towns):
    upload = receive(long_list(50_001), "schulen.csv")
    start(upload)
    run_due()

    assert upload.state is UploadState.REFUSED
    assert upload.refusal == (
        "Die Tabelle hat mehr als 50.000 Zeilen. Teilen Sie sie bitte auf."
    )
    assert number_of(School) == 0


def test_file_after_one_that_was_thrown_away_is_taken(towns):
    refused = receive(long_list(50_001), "schulen.csv")
    start(refused)
    run_due()
    with transaction():
        discard_upload(refused, actor=make_coordinator(), at=NOON)

    mended = receive()
    start(mended)
    run_due()

    assert mended.state is UploadState.DONE


def test_file_is_thrown_away_unless_it_is_on_its_way(towns):
    upload = receive()
    with transaction():
        discard_upload(upload, actor=make_coordinator(), at=NOON)
    assert (number_of(Upload), number_of(StoredFile)) == (0, 0)

    upload = receive()
    start(upload)
    with pytest.raises(Refusal, match="schon unterwegs"):
        discard_upload(upload, actor=make_coordinator(), at=NOON)
    with pytest.raises(Refusal, match="schon unterwegs"):
        choose(upload, Choice(kind=ImportKind.OFFERS), at=NOON)


def test_what_was_never_taken_and_rejected_long_ago_is_forgotten(app, towns):
    done = receive()
    start(done)
    run_due()
    receive()
    with transaction():
        done.finished_at = NOON - timedelta(days=91)
        chosen = db.session.scalars(
            select(Upload).where(Upload.state == UploadState.CHOSEN)
        ).one()
        chosen.uploaded_at = NOON - timedelta(days=8)

    with transaction():
        tidy({})

    assert db.session.scalars(select(Upload)).all() == [done]
    assert number_of(UploadRow) == 0


def fail_at(monkeypatch, title):
    """A bug: taking over the row of this title raises what nobody expects."""
    real = taking.take_row

    def broken(take, run, entry, width):
        if entry.get("title") == title:
            raise ZeroDivisionError
        return real(take, run, entry, width)

    monkeypatch.setattr(taking, "take_row", broken)


def test_a_row_at_which_the_program_fails_is_set_aside(app, monkeypatch, outbox):
    fail_at(monkeypatch, "Bauen")
    upload = receive(b"\n".join(line.encode() for line in (*LINES[:3], LINES[5])))
    start(upload)

    done = []
    for minutes in (0, 1, 3, 4):
        app.config["NOW"] = NOON + timedelta(minutes=minutes)
        run_due()
        done.append(upload.done_count)

    assert done == [0, 0, 3, 3]
    assert upload.state is UploadState.DONE
    assert sorted(db.session.scalars(select(Offer.title))) == ["Löten", "Messen"]
    [row] = db.session.scalars(select(UploadRow))
    assert (row.line, row.try_count) == (3, 3)
    assert "unser Programm gescheitert" in row.reason
    assert (upload.run.created_count, upload.run.rejected_count) == (2, 1)
    assert [name for _who, name in outbox()].count("alarm") == 1


def test_a_row_that_failed_once_is_taken_the_next_time(app, monkeypatch, outbox):
    upload = receive(b"\n".join(line.encode() for line in (*LINES[:2], LINES[5])))
    start(upload)
    fail_at(monkeypatch, "Löten")
    run_due()
    monkeypatch.undo()
    app.config["NOW"] = NOON + timedelta(minutes=1)
    run_due()

    assert upload.state is UploadState.DONE
    assert number_of(Offer) == 2
    assert "alarm" not in [name for _who, name in outbox()]


def times_all_was_read(queries):
    """How often the organisations were read, as every taking over begins."""
    head = "SELECT organisations.id, organisations.name, sites.place_name"
    return sum(statement.startswith(head) for statement in queries)


def test_a_file_in_many_parts_reads_what_there_is_once(monkeypatch, queries):
    monkeypatch.setattr(taking, "SECONDS", 0.0)
    upload = receive()
    start(upload)
    queries.clear()

    run_due()

    assert upload.done_count == 5
    titles = sorted(db.session.scalars(select(Offer.title)))
    assert titles == ["Bauen", "Löten", "Messen"]
    assert times_all_was_read(queries) == 1


@pytest.mark.parametrize(
    ("kind", "rows", "head"),
    [
        (
            "organisations",
            ("name,city,state,type,source", "{},Jena,TH,Verein,Liste"),
            "SELECT organisations.id, organisations.name, sites.place_name",
        ),
        (
            "actions",
            ("title,description,source", "{},Zum Nachmachen.,Liste"),
            "SELECT actions.id, actions.title, actions.link",
        ),
        (
            "programmes",
            ("name,funder,who_can_apply,source", "{},Land,Vereine,Liste"),
            "SELECT programmes.id, programmes.name, programmes.funder",
        ),
    ],
)
def test_every_kind_reads_what_there_is_once(monkeypatch, queries, kind, rows, head):
    monkeypatch.setattr(taking, "SECONDS", 0.0)
    layout, row = rows
    names = ("Löten", "Sternkunde", "Brückenbau", "Löten")
    content = "\n".join((layout, *map(row.format, names))).encode()
    upload = receive(content, name=f"{kind}.csv", kind=ImportKind(kind))
    start(upload)
    queries.clear()

    run_due()

    assert upload.done_count == 4
    assert (upload.run.created_count, upload.run.held_count) == (3, 1)
    assert sum(statement.startswith(head) for statement in queries) == 1


def test_what_somebody_adds_between_two_parts_is_seen(monkeypatch, queries):
    monkeypatch.setattr(taking, "SECONDS", 0.0)
    upload = receive()
    start(upload)
    with transaction():
        taking.stage_upload(upload.id, at=NOON)
    queries.clear()
    with transaction():
        taking.take_part(upload.id, at=NOON)
    make_organisation(name="Neues Labor")

    with transaction():
        taking.take_part(upload.id, at=NOON)

    assert times_all_was_read(queries) == 2
