"""Names of built files that tell their content, so that browsers may keep them."""

import hashlib
import json
import shutil
from pathlib import Path

HASH_LENGTH = 10
# What each file is called, by the name that templates use.
NAMES = "names.json"


def name_by_content(static: Path, built: Path) -> None:
    """Puts a copy of each built file beside it, and notes the names for the site.

    Styles name the typefaces, so those come first.
    """
    forget_names(built)
    copies = {font: _copy(font) for font in sorted(built.glob("fonts/*"))}
    fonts = {font.name: copy.name for font, copy in copies.items()}
    names = {
        str(font.relative_to(static)): str(copy.relative_to(static))
        for font, copy in copies.items()
    }
    found = [f for p in ("site.*s", "*.svg", "*.png") for f in sorted(built.glob(p))]
    for file in found:
        if file.suffix == ".css":
            words = file.read_text()
            for plain, named in fonts.items():
                words = words.replace(plain, named)
            file.write_text(words)
        names[str(file.relative_to(static))] = str(_copy(file).relative_to(static))
    (built / NAMES).write_text(json.dumps(names))


def forget_names(built: Path) -> None:
    """Takes the copies away; the site then serves the files as they change."""
    (built / NAMES).unlink(missing_ok=True)
    named = f"*-{'[0-9a-f]' * HASH_LENGTH}.*"
    for pattern in (named, "*.br", "*.gz"):
        for copy in built.rglob(pattern):
            copy.unlink()


def _copy(file: Path) -> Path:
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:HASH_LENGTH]
    named = file.with_name(f"{file.stem}-{mark}{file.suffix}")
    shutil.copy(file, named)
    return named
