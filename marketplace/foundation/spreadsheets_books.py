"""Tables of office programs: XLSX, XLS, ODS, opened only behind closed doors.

A workbook is a zip of XML, or older than that. The zip is unpacked under a limit and
searched, and only the copy is read; and since readers of old formats fall for crafted
files, reading happens in a process of its own with little memory and little time.
"""

import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from marketplace.foundation import spreadsheets_reader
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets_text import Lines

ZIP, OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
MAX_UNPACKED = 200 * 1024 * 1024
MAX_TIMES = 20
# What would be let in as plain text may shrink as well as it likes.
HARMLESS = 10 * 1024 * 1024
BLOCK = 64 * 1024
SECONDS = 60
NEEDED = (".xml", ".rels", "mimetype")
DOCTYPES = [
    "<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]
READER = [sys.executable, "-I", str(Path(spreadsheets_reader.__file__))]
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def is_book(content: bytes) -> bool:
    """Says whether a file is a workbook, by its first bytes; its name tells nothing."""
    return content.startswith((ZIP, OLE))


def sheets_of_book(content: bytes, wanted: int | None = None) -> dict[str, Lines]:
    """Gives the rows of every sheet; refuses what is damaged, protected or a trap.

    `wanted`: only so many rows from the top of each. Formulas are the values they had
    when the file was saved. A merged cell counts for all it covers.
    """
    limit = [] if wanted is None else [str(wanted)]
    checked = content if content.startswith(OLE) else _checked(content)
    try:
        run = subprocess.run(  # noqa: S603 - our own module, and no argument of theirs
            [*READER, *limit],
            input=checked,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _broken() from None
    if run.returncode == spreadsheets_reader.PROTECTED:
        raise Refusal(_("Die Datei ist mit einem Kennwort geschützt."))
    if run.returncode == spreadsheets_reader.TOO_LARGE:
        raise Refusal(_("Die Tabelle ist zu groß. Teilen Sie sie bitte auf."))
    if run.returncode != 0:
        raise _broken()
    sheets: dict[str, Lines] = json.loads(run.stdout)
    return sheets


def _checked(content: bytes) -> bytes:
    """Packs anew what the reader needs, after looking through all of it."""
    copy = io.BytesIO()
    left = min(MAX_UNPACKED, max(HARMLESS, MAX_TIMES * len(content)))
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as safe,
        ):
            for info in {info.filename: info for info in archive.infolist()}.values():
                if not info.filename.lower().endswith(NEEDED):
                    continue
                member = _unpacked(archive, info, left)
                left -= len(member)
                if any(doctype in member for doctype in DOCTYPES):
                    raise Refusal(
                        _("Die Datei enthält Verweise, die nicht geöffnet werden.")
                    )
                safe.writestr(info.filename, member)
    except BROKEN as error:
        raise _broken() from error
    return copy.getvalue()


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowed: int) -> bytes:
    """Unpacks one member block by block, and stops where it grows beyond bounds."""
    blocks: list[bytes] = []
    with archive.open(info) as member:
        while block := member.read(BLOCK):
            allowed -= len(block)
            if allowed < 0:
                raise Refusal(_("Die Datei ist ausgepackt zu groß."))
            blocks.append(block)
    return b"".join(blocks)


def _broken() -> Refusal:
    return Refusal(_("Die Datei ist beschädigt oder keine Tabelle."))
