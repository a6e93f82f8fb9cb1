"""Draws the icons of the installed site out of its own mark; run by the built venv.

python -m devtools.app_icons TOKENS_CSS FOLDER
"""

import re
import sys
from pathlib import Path

from PIL import Image, ImageDraw

# The mark lies on a grid of 40 (see brand.svg); drawn large, then made small.
GRID, FINENESS = 40, 4
# Name, side in pixels, share of the side that the mark takes, whether on colour.
ICONS = (
    ("app-192", 192, 0.72, False),
    ("app-512", 512, 0.72, False),
    # Whatever shape a telephone cuts out, the inner 80 per cent stay.
    ("app-mask-512", 512, 0.52, True),
    ("app-touch-180", 180, 0.62, True),
)


def main(tokens: Path, folder: Path) -> None:
    """Writes each icon; the colours are those of the light style."""
    words = tokens.read_text("utf-8")
    surface, accent = (_light(words, name) for name in ("surface", "accent"))
    for name, side, share, is_on_colour in ICONS:
        ground, ink = (accent, surface) if is_on_colour else (surface, accent)
        icon = draw(side, share, ground=ground, ink=ink)
        icon.save(folder / f"{name}.png", optimize=True)


def draw(side: int, share: float, *, ground: str, ink: str) -> Image.Image:
    """Gives the mark in the middle of a square: circle, square, leaf, hexagon."""
    large = side * FINENESS
    image = Image.new("RGB", (large, large), ground)
    pen = ImageDraw.Draw(image)
    step = large * share / GRID
    edge = (large - GRID * step) / 2

    def at(*numbers: float) -> list[float]:
        return [edge + number * step for number in numbers]

    pen.ellipse(at(1, 1, 18, 18), fill=ink)
    pen.rectangle(at(22, 1, 39, 18), fill=ink)
    leaf = (False, True, False, True)
    pen.rounded_rectangle(at(1, 22, 18, 39), radius=8.5 * step, fill=ink, corners=leaf)
    pen.polygon(
        at(*(30.5, 21.2), *(39, 25.9), *(39, 35.3), *(30.5, 40), *(22, 35.3), 22, 25.9),
        fill=ink,
    )
    return image.resize((side, side), Image.Resampling.LANCZOS)


def _light(words: str, name: str) -> str:
    found = re.search(rf"--{name}: light-dark\((#[0-9a-f]+)", words)
    if found is None:
        sys.exit(f"The tokens name no colour {name}.")
    return found[1]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
