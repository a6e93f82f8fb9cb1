"""The folder of an operator in which organisations lay their own files."""

from collections.abc import Iterator
from pathlib import Path

from flask_babel import force_locale

from marketplace.foundation.clock import now
from marketplace.foundation.database import reading, transaction
from marketplace.stewardship.takeovers.enums import LaidState
from marketplace.stewardship.takeovers.queries import laid_file
from marketplace.stewardship.takeovers.services.folders import (
    counts_of,
    is_underway,
    lay_aside,
    look_into,
    take_laid,
)
from marketplace.stewardship.takeovers.services.parts import go_on

Line = dict[str, object]


def watch_folder(folder: Path) -> Iterator[Line]:
    """Takes over what lies there, and tells of each file; then where to find it."""
    with transaction():
        numbers = [laid.id for laid in look_into(folder, at=now())]
    for number in numbers:
        if line := _take(number):
            yield line


def _take(number: int) -> Line | None:
    """Takes one file over and moves it, as the worker does it in several jobs."""
    with force_locale("de"), transaction():
        if laid := laid_file(number):
            take_laid(laid, at=now())
    while takeover := _takeover_underway(number):
        with force_locale("de"), transaction():
            go_on(takeover, at=now())
        with force_locale("de"), transaction():
            if laid := laid_file(number):
                take_laid(laid, at=now())
    with transaction():
        laid = laid_file(number)
        if laid is None:
            return None
        lay_aside(laid, at=now())
        line: Line = {"file": f"{laid.folder}/{laid.aside}"}
        if laid.state is LaidState.REFUSED:
            return {**line, "refused": laid.refusal}
        return {**line, **counts_of(laid)}


def _takeover_underway(number: int) -> int | None:
    """The number of what is taken over of a file in part; else there is none.

    What is read here does not last into what is written next.
    """
    with reading():
        laid = laid_file(number)
        return laid.takeover_id if laid and is_underway(laid) else None
