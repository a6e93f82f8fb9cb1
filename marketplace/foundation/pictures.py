"""Pictures that people give: read by a real reader and drawn anew, else refused.

What comes out holds pixels alone: no EXIF, no place where it was taken, nothing that
stood behind the picture in the same file.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal

MOST_BYTES = 5 * 1024 * 1024
# As much as a good camera takes; decoded it is 100 MB.
MOST_PIXELS = 25_000_000
LONGEST_EDGE = 12_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
# What a reader raises over bytes that are no picture of its kind.
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError),
    *(OverflowError, MemoryError, struct.error, zlib.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


@dataclass(frozen=True)
class Rendition:
    """A picture in one size, as WebP."""

    content: bytes
    width: int
    height: int


def redrawn(content: bytes, edges: Sequence[int]) -> list[Rendition]:
    """Draws a JPEG, PNG or WebP anew, upright, once for each longest edge.

    Refuses, in one sentence, whatever is no such picture, too heavy or too large.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(_("Das Bild ist größer als 5 MB. Bitte verkleinern Sie es."))
    try:
        picture = _opened(content, max(edges))
        return [_rendition(picture, edge) for edge in edges]
    except BROKEN:
        raise Refusal(
            _("Diese Datei lässt sich nicht als JPEG, PNG oder WebP öffnen.")
        ) from None


def _opened(content: bytes, edge: int) -> Image.Image:
    """Reads no pixel before the head says how many there are."""
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_EDGE:
            raise Refusal(
                _("Das Bild hat mehr als 25 Millionen Punkte.")
                + " "
                + _("Bitte verkleinern Sie es.")
            )
        picture.draft("RGB", (edge, edge))
        picture.thumbnail((edge, edge))
        upright = ImageOps.exif_transpose(picture)
        is_clear = "A" in upright.getbands() or "transparency" in upright.info
        return upright.convert("RGBA" if is_clear else "RGB")


def _rendition(picture: Image.Image, edge: int) -> Rendition:
    # Of pixels alone: a copy would bring along what the file said beside them.
    small = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    small.thumbnail((edge, edge))
    drawn = BytesIO()
    small.save(drawn, "WEBP", quality=QUALITY)
    return Rendition(drawn.getvalue(), *small.size)
