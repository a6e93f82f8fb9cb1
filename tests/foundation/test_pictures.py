import io
import struct
import time
import zipfile
import zlib

import pytest
from PIL import Image, PngImagePlugin

from marketplace.foundation.pictures import MOST_BYTES, redrawn
from marketplace.foundation.refusals import Refusal

EDGES = (1200, 480)


def picture(size=(1600, 900), kind="JPEG", mode="RGB", colour="navy", **rest):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **rest)
    return file.getvalue()


def opened(rendition):
    return Image.open(io.BytesIO(rendition.content))


def chunk(kind, data):
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def png_of(width, height, data=b""):
    """A PNG whose head promises so many pixels, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10_000_000))
    return file.getvalue()


def text_bomb():
    """A PNG of one pixel with a comment that unpacks to 64 MB."""
    bomb = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(64_000_000), 9))
    plain = picture((1, 1), "PNG")
    return plain[:33] + bomb + plain[33:]


HOSTILE = {
    "nothing": b"",
    "one byte": b"\xff",
    "zeros": bytes(4096),
    "text": b"hello",
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "pdf with script": b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj",
    "zip": zipped(),
    "gif": picture((20, 20), "GIF"),
    "bmp": picture((20, 20), "BMP"),
    "tiff": picture((20, 20), "TIFF"),
    "ico": picture((16, 16), "ICO"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "head of a jpeg": b"\xff\xd8\xff\xe0",
    "head of a png": b"\x89PNG\r\n\x1a\n",
    "head of a webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "half a jpeg": picture()[:400],
    "half a png": picture(kind="PNG")[:60],
    "png of 20,000 px": png_of(20_000, 20_000),
    "png of 2 billion px": png_of(2**31 - 1, 1),
    "long thin png": png_of(100_000, 1),
    "png of no height": png_of(100, 0),
    "png without its pixels": png_of(100, 100, b"\x00"),
    "text bomb": text_bomb(),
    "too heavy": picture() + bytes(MOST_BYTES),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused_in_one_sentence(app, name):
    began = time.process_time()

    with pytest.raises(Refusal) as refusal:
        redrawn(HOSTILE[name], EDGES)

    assert refusal.value.sentence
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
    ],
)
def test_every_usual_picture_is_drawn_anew_in_two_sizes(app, kind, mode):
    colour = 1 if mode in {"L", "P", "1", "I;16"} else None

    large, small = redrawn(picture(kind=kind, mode=mode, colour=colour), EDGES)

    for rendition, size in [(large, (1200, 675)), (small, (480, 270))]:
        drawn = opened(rendition)
        assert (drawn.format, drawn.size) == ("WEBP", size)
        assert (rendition.width, rendition.height) == size
        assert ("A" in drawn.getbands()) is ("A" in mode)


def test_a_small_picture_is_not_blown_up(app):
    large, small = redrawn(picture((300, 200)), EDGES)

    assert opened(large).size == opened(small).size == (300, 200)


def test_what_a_camera_says_is_gone_and_the_picture_upright(app):
    told = Image.Exif()
    told[0x0112] = 6  # turned by a quarter
    told[0x010F] = "Planted camera"
    told.get_ifd(0x8825)[2] = (50.0, 58.0, 0.0)
    content = picture((1600, 900), exif=told, comment=b"Planted comment")
    assert b"Planted" in content

    for rendition in redrawn(content, EDGES):
        assert b"Planted" not in rendition.content
        assert not opened(rendition).getexif()
        assert rendition.height > rendition.width


@pytest.mark.parametrize(
    "tail", [b"<script>alert('Planted')</script>", zipped() + b"Planted"]
)
def test_what_stands_behind_or_within_a_picture_is_gone(app, tail):
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "<?php Planted ?>")
    contents = [picture() + tail, picture(kind="PNG", pnginfo=text) + tail]

    for content in contents:
        for rendition in redrawn(content, EDGES):
            assert b"Planted" not in rendition.content
            assert set(opened(rendition).info) <= {"loop", "background", "timestamp"}
