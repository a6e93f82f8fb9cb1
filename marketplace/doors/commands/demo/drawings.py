"""Simple pictures, drawn when they are needed: shapes in three colours."""

from io import BytesIO

from PIL import Image, ImageDraw

COLOURS = (
    ("#1d2a6b", "#ffbe2e", "#e9e4d8"),
    ("#0f5c4c", "#f4f1ea", "#ff8f5a"),
    ("#5a2a6b", "#ffd9a0", "#8fd3c8"),
    ("#123a5c", "#e8f0f5", "#f2b134"),
)


def drawing(seed: int, size: tuple[int, int] = (960, 720)) -> bytes:
    """Draws a picture as PNG; each seed has its own."""
    ground, light, third = COLOURS[seed % len(COLOURS)]
    picture = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(picture)
    (_circles, _beams, _tiles)[seed % 3](pen, size, (light, third), seed)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _circles(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], ink: tuple[str, str], seed: int
) -> None:
    width, height = size
    x, y = width // 2 + seed * 7 % 90, height // 2
    for ring in range(5, 0, -1):
        radius = height * ring // 12
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse(box, fill=ink[ring % 2])


def _beams(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], ink: tuple[str, str], seed: int
) -> None:
    width, height = size
    for number in range(6):
        top = height * (number + 1) // 8
        end = width * (3 + (seed + number) * 5 % 7) // 10
        pen.rectangle((width // 10, top, end, top + height // 16), fill=ink[number % 2])
    spot = height // 9
    pen.ellipse((width - 3 * spot, spot, width - spot, 3 * spot), fill=ink[0])


def _tiles(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], ink: tuple[str, str], seed: int
) -> None:
    width, height = size
    step = height // 6
    for row in range(1, 5):
        for column in range(1, width // step - 1):
            kind = (row * 3 + column * 5 + seed) % 4
            box = (
                *(column * step, row * step),
                *((column + 1) * step - 6, (row + 1) * step - 6),
            )
            if kind < 2:
                pen.rectangle(box, fill=ink[kind])
            elif kind == 2:
                pen.ellipse(box, fill=ink[0])
