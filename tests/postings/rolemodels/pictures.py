"""A picture, the beginning of a film, and subtitles."""

from io import BytesIO

from PIL import Image

MP4 = b"\x00\x00\x00\x18ftypisom" + b"film" * 20
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nIch poliere.\n"


def png():
    file = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(file, "PNG")
    return file.getvalue()
