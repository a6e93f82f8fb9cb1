"""The picture that networks and messengers show of a page, drawn by ourselves."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from time import time

from PIL import Image, ImageDraw, ImageFont

from marketplace.foundation.geometry import MAP_HEIGHT, MAP_WIDTH, Point, on_map

WIDTH, HEIGHT = 1200, 630
# The same night as that of the maps.
NIGHT, INK, SOFT = (19, 25, 64), (245, 242, 234), (180, 187, 226)
DOT, GLOW = (84, 94, 150), (255, 190, 46)
EDGE, MAP_LEFT, MAP_SIDE = 72, 690, 470
REGULAR, BOLD = 400, 700
TITLE_SIZES, MOST_LINES, TITLE_WIDTH = (68, 58, 48, 42), 4, 640
# Changes with the drawing, so that an old one is not shown any more.
VERSION = 1
KEPT = timedelta(days=30)
# All pictures together take so much room; some five thousand.
ROOM_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Card:
    """What stands on the picture."""

    kind: str
    title: str
    lines: Sequence[str]
    points: Sequence[Point] = ()

    @property
    def digest(self) -> str:
        """What changes with the words and with the drawing."""
        return sha256(repr((VERSION, self)).encode()).hexdigest()[:16]


def draw_card(card: Card, face: Path, dots: Iterable[Point]) -> bytes:
    """Draws a picture of 1200 by 630 as PNG; `face` is the typeface of the site."""
    image = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    pen = ImageDraw.Draw(image)
    for dot in dots:
        _spot(pen, dot, 1.4, DOT)
    for point in card.points:
        _spot(pen, point, 22, (96, 84, 62))
        _spot(pen, point, 9, GLOW)

    pen.text((EDGE, EDGE), card.kind, font=_font(face, 34, BOLD), fill=GLOW)
    lines, font, size = _title(card.title, face)
    top = EDGE + 62
    for line in lines:
        pen.text((EDGE, top), line, font=font, fill=INK)
        top += round(size * 1.16)
    top += 22
    small = _font(face, 34, REGULAR)
    for words in card.lines:
        pen.text((EDGE, top), _cut(words, small), font=small, fill=SOFT)
        top += 46
    name = "MINT-Börse Mitteldeutschland"
    pen.text(
        (EDGE, HEIGHT - EDGE), name, font=_font(face, 32, BOLD), fill=INK, anchor="ls"
    )
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def kept_card(folder: Path, key: str, card: Card) -> Path:
    """Where the picture of a thing is kept; that of its former words goes.

    The file tells when it was drawn (mtime) and when it was last asked for (atime).
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{key}-{card.digest}.png"
    try:
        os.utime(place, (time(), place.stat().st_mtime))
    except FileNotFoundError:
        for former in folder.glob(f"{key}-*.png"):
            former.unlink(missing_ok=True)
    return place


def keep_card(place: Path, content: bytes) -> None:
    """Lets a picture appear when it is whole; others make room for it."""
    # Two who ask at once each draw a part of their own.
    part = place.with_suffix(f".{token_hex(4)}.part")
    part.write_bytes(content)
    part.replace(place)
    _make_room(place.parent)


def sweep_cards(folder: Path, *, at: datetime) -> None:
    """Throws away what was drawn longer ago than pictures are kept."""
    until = (at - KEPT).timestamp()
    for place in folder.glob("*"):
        if place.stat().st_mtime < until:
            place.unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Throws away what nobody asked for longest, until the rest has room."""
    files = []
    for place in folder.iterdir():
        with suppress(FileNotFoundError):  # another process made room
            told = place.stat()
            files.append((told.st_atime_ns, told.st_size, place))
    excess = sum(size for _used, size, _place in files) - ROOM_BYTES
    for _used, size, place in sorted(files):
        if excess <= 0:
            return
        place.unlink(missing_ok=True)
        excess -= size


def _spot(
    pen: ImageDraw.ImageDraw, point: Point, radius: float, colour: tuple[int, int, int]
) -> None:
    x, y = on_map(point)
    scale = MAP_SIDE / max(MAP_WIDTH, MAP_HEIGHT)
    left = MAP_LEFT + x * scale
    top = (HEIGHT - MAP_HEIGHT * scale) / 2 + y * scale
    box = (left - radius, top - radius, left + radius, top + radius)
    pen.ellipse(box, fill=colour)


def _font(face: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(face), size)
    font.set_variation_by_axes([weight])
    return font


def _title(title: str, face: Path) -> tuple[list[str], ImageFont.FreeTypeFont, int]:
    """The title in lines, as large as it fits; the last line is cut if it must be."""
    for size in TITLE_SIZES:
        font = _font(face, size, BOLD)
        lines = _wrapped(title, font)
        if len(lines) <= MOST_LINES:
            break
    if len(lines) > MOST_LINES:
        last = " ".join(lines[MOST_LINES - 1 :])
        lines = [*lines[: MOST_LINES - 1], _cut(last, font)]
    return lines, font, size


def _wrapped(words: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > TITLE_WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_cut(line, font) for line in lines]


def _cut(words: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(words) <= TITLE_WIDTH:
        return words
    while words and font.getlength(f"{words}…") > TITLE_WIDTH:
        words = words[:-1]
    return f"{words.rstrip()}…"
