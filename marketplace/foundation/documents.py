"""Sheets to print, set by typst as tagged PDF (PDF/UA-1) out of templates/documents.

What a template gets lies in `data` of `_sheet.typ`; text is never read as markup.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from flask import current_app

# What `devtools` makes of the web's typeface.
FACES = Path("static", "built", "typefaces")
UNKNOWN = "?"
# Hyphens that look like the usual one.
LIKE_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})


def document(name: str, *, title: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """Sets the template of this name; the same data at the same instant, same bytes.

    A fault of the template raises, and so does what would only be a warning. Letters
    that the typeface lacks are written without accent, or as a question mark.
    """
    folder = Path(current_app.root_path, "templates", "documents")
    return typeset(folder / f"{name}.typ", title=title, data=data, at=at)


def typeset(
    source: Path | bytes, *, title: str, data: Mapping[str, Any], at: datetime
) -> bytes:
    """Sets a template that lies in a file, or is handed over; else as `document`."""
    top = Path(current_app.root_path)
    folder: Any = top / "templates" / "documents"  # typst asks it to be like `source`
    known = _letters(top / FACES)
    content, warnings = typst.compile_with_warnings(
        source,
        root=folder,
        font_paths=_fonts(top / FACES),
        format="pdf",
        sys_inputs={
            "title": _printable(title, known),
            "data": json.dumps(_printable(dict(data), known)),
        },
        pdf_standards="ua-1",
        timestamp=at.replace(microsecond=0),  # typst knows whole seconds
    )
    if warnings:
        raise ValueError("; ".join(str(warning.message) for warning in warnings))
    if not isinstance(content, bytes):
        raise TypeError("A document is one file.")
    return content


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """The house's own faces; none of the machine, or sheets would differ."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder)],
    )


@cache
def _letters(folder: Path) -> frozenset[str]:
    return frozenset((folder / "letters.txt").read_text("utf-8")) | {"\n"}


def _printable(value: Any, known: frozenset[str]) -> Any:
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value).translate(LIKE_HYPHENS)
        return "".join(s if s in known else _nearest(s, known) for s in text)
    if isinstance(value, Mapping):
        return {key: _printable(part, known) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, known) for part in value]
    return value


def _nearest(sign: str, known: frozenset[str]) -> str:
    spread = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in spread if part in known) or UNKNOWN
