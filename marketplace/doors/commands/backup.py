"""All of an instance in one archive, and back, on either database."""

import json
import os
from datetime import datetime
from pathlib import Path
from time import perf_counter

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from marketplace.doors.commands.progress import progress
from marketplace.doors.commands.retention import keep_wholly
from marketplace.foundation.archives import Manifest, restore_archive, write_archive
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, reading, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.people.schools.models import School
from marketplace.stewardship.privacy.services.filing import note_backup
from marketplace.stewardship.privacy.services.keeping import Moment, keep_again
from marketplace.stewardship.privacy.services.noting import copy_list, listed
from marketplace.stewardship.privacy.services.replaying import delete_again
from marketplace.stewardship.privacy.services.table import RULES
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.files.queries import named_keys

# Says when the last whole archive was written; `market check-deploy` reads it.
SIGN = "last-backup.json"
# How many of the missing files are named.
SHOWN = 5
# Where one of these is, people are at work.
INHABITANTS = (User, Organisation, School, StoredFile)

_as_json = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_as_json
@with_appcontext
def backup(file: Path, *, as_json: bool) -> None:
    """Write all rows and files into one archive, while the site goes on.

    The archive holds personal data, so only you may read it. The keys are not in
    it: keep the files secret-key and field-key of the instance in another place.
    Files that rows tell of and the store does not have are told at the end; the
    archive stays, but the status is 1, and it does not count as a backup.

    Example: market backup /backup/boerse-2026-11-24.zip
    """
    if file.exists():
        raise click.ClickException(f"{file} exists already; nothing was written.")
    begin, part = perf_counter(), file.with_name(f"{file.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with progress("Backup") as tell:
            manifest = write_archive(part, tell, named=named_keys(), at=now())
        part.rename(file)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    note_backup(current_app.config["INSTANCE"], file, at=now())
    if not manifest.missing:
        _leave_sign(manifest, at=now())
    _report("Written", manifest, perf_counter() - begin, as_json=as_json)
    if manifest.missing:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_as_json
@with_appcontext
def restore(file: Path, *, as_json: bool) -> None:
    """Put an archive into an empty instance, whichever database wrote it.

    Run `market db upgrade` before. All of the archive comes in, or nothing. Then goes
    again what was deleted since, by the rules and by the list deletions.jsonl of the
    instance: put the newest copy of it there before.

    Example: market restore /backup/boerse-2026-11-24.zip
    """
    if any(db.session.scalar(select(kind.id).limit(1)) for kind in INHABITANTS):
        raise click.ClickException("There is content already; nothing was restored.")
    db.session.rollback()
    begin = perf_counter()
    try:
        with progress("Restore") as tell:
            manifest = restore_archive(file, tell)
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None
    _delete_again(Moment(now(), current_app.config["INSTANCE"]))
    _report("Restored", manifest, perf_counter() - begin, as_json=as_json)


def _delete_again(moment: Moment) -> None:
    """Lets go what was gone before, and what is too old by now."""
    with transaction():
        delete_again(listed(moment.instance), at=moment.at)
    for rule in RULES:
        keep_wholly(rule, moment, step=keep_again)
    with reading():
        copy_list(moment.instance)


def last_backup_at() -> datetime | None:
    """When this instance was last backed up."""
    try:
        sign = json.loads((current_app.config["INSTANCE"] / SIGN).read_text())
    except FileNotFoundError:
        return None
    return datetime.fromisoformat(sign["at"])


def _leave_sign(manifest: Manifest, *, at: datetime) -> None:
    sign = {"at": at.isoformat(), "hash": manifest.hash}
    (current_app.config["INSTANCE"] / SIGN).write_text(json.dumps(sign))


def _report(verb: str, manifest: Manifest, seconds: float, *, as_json: bool) -> None:
    if count := len(manifest.missing):
        click.echo(
            f"{count} files that rows tell of are not in the archive, since the store "
            f"did not have them: {', '.join(manifest.missing[:SHOWN])}"
            f"{' …' if count > SHOWN else ''}",
            err=True,
        )
    if not as_json:
        click.echo(
            f"{verb}: {manifest.rows} rows of {len(manifest.tables)} tables and "
            f"{len(manifest.files)} files in {seconds:.1f} s, hash {manifest.hash}"
        )
        return
    line = {
        "tables": {name: part.count for name, part in manifest.tables.items()},
        "rows": manifest.rows,
        "files": len(manifest.files),
        "bytes": manifest.byte_count,
        "missing": len(manifest.missing),
        "hash": manifest.hash,
        "revision": manifest.revision,
        "seconds": round(seconds, 2),
    }
    click.echo(json.dumps(line))
