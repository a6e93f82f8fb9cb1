"""Makes out of the web's typeface what documents are set in; run by the built venv.

python -m devtools.typefaces FOLDER_OF_WOFF2 FOLDER_OF_TTF
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# The setter takes one file for one family, so the further letters have a name of
# their own.
FACES = {
    "source-sans-3-latin-wght-normal": "Source Sans 3",
    "source-sans-3-latin-ext-wght-normal": "Source Sans 3 Ext",
}
FAMILY_NAMES = (1, 16)
# Which letters there are, for whoever must know before a document is set.
LETTERS = "letters.txt"


def main(source: Path, target: Path) -> None:
    """Writes one TrueType file a face, and a list of all their letters."""
    target.mkdir(parents=True, exist_ok=True)
    letters: set[int] = set()
    for file, family in FACES.items():
        face = TTFont(source / f"{file}.woff2")
        for name_id in FAMILY_NAMES:
            face["name"].setName(family, name_id, 3, 1, 0x409)
        face.flavor = None
        face.save(target / f"{file}.ttf")
        letters.update(face.getBestCmap())
    (target / LETTERS).write_text("".join(map(chr, sorted(letters))), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
