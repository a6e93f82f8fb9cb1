"""A folder of files: which of them are known, and in which order they are taken."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.services.headings import kind_of_file

TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"}
OUTLINES = {".geojson", ".json"}
# Read me, raw data and vocabularies lie beside the lists, and are not taken.
BESIDE = re.compile(r"readme|licen[cs]e|raw|taxonom|schema", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A file of a folder; without a kind it is not taken, known or not."""

    path: Path
    kind: ImportKind | None
    is_known: bool
    # That other files of its kind add to it.
    is_first: bool = True


def files_of_folder(folder: Path) -> list[Found]:
    """Finds the files of a folder by name and heading, in the order to take them.

    Places come before what lies there, organisations before what they post; of two
    files of a kind first the one to which the other adds.
    """
    paths = (path for path in folder.iterdir() if path.is_file())
    found = [_find(path) for path in sorted(paths) if path.name[:1] != "."]
    return sorted(found, key=_turn)


def _find(path: Path) -> Found:
    suffix = path.suffix.lower()
    if suffix in TABLES:
        told = kind_of_file(path.stem, path.read_bytes())
        if told:
            kind, is_first = told
            return Found(path, kind, is_known=True, is_first=is_first)
    if suffix in OUTLINES and _is_outlines(path):
        return Found(path, ImportKind.DISTRICTS, is_known=True)
    return Found(path, None, is_known=BESIDE.search(path.name) is not None)


def _is_outlines(path: Path) -> bool:
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("type") == "FeatureCollection"


def _turn(found: Found) -> tuple[int, bool, str]:
    kinds: list[ImportKind | None] = [*ImportKind, None]
    return kinds.index(found.kind), not found.is_first, found.path.name
