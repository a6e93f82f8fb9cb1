"""A small reader of PDF, just enough to tell what our own documents say."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
PAGE = rb"/Type/Page\b(?!s)"
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
# Brackets in pairs need no backslash; pairs stand in pairs.
SIGN = rb"\\.|[^\\()]"
STRING = rb"(?:%b)*" % SIGN
for _depth in range(16):
    STRING = rb"(?:%b|\(%b\))*" % (SIGN, STRING)
# A height, a font, or glyphs; what stands in tags is neither.
SHOWN = re.compile(
    rb"/\w+\([^)]*\)|([\d.-]+) cm|/(f\d+) [\d.]+ Tf|\((%b)\)" % STRING, re.DOTALL
)
# A row of dark modules of a QR code: whole numbers across, halves down.
ROW = re.compile(rb"\b(\d+) (\d+)\.5 m (\d+) \2\.5 l\b")
TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>")
ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})", re.DOTALL)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Paper:
    """An opened document: number of pages, title, language, tags, text, QR code."""

    def __init__(self, content):
        assert content.startswith(b"%PDF-")
        self.objects = {int(n): body for n, body in OBJECT.findall(content)}
        catalog = self._the(rb"/Type/Catalog")
        self.language = re.search(rb"/Lang\(([\w-]+)\)", catalog)[1].decode()
        self.is_tagged = b"/Marked true" in catalog and b"/StructTreeRoot" in catalog
        self.metadata = self._inside(self._the(rb"/Type/Metadata")).decode()
        self.title = TITLE.search(self.metadata)[1]
        pages = self._all(PAGE)
        self.page_count = len(pages)
        self.text = "\n".join(map(self._text, pages))

    @property
    def modules(self):
        """The QR code that is drawn, row by row, 1 where it is dark; else nothing."""
        contents = [
            int(re.search(rb"/Contents (\d+) 0 R", page)[1]) for page in self._all(PAGE)
        ]
        dark = {
            (int(row), column)
            for number in contents
            for start, row, end in ROW.findall(self._inside(self.objects[number]))
            for column in range(int(start), int(end))
        }
        size = 1 + max((row for row, _column in dark), default=-1)
        return tuple(
            bytes((row, column) in dark for column in range(size))
            for row in range(size)
        )

    def _all(self, mark):
        return [body for body in self.objects.values() if re.search(mark, body)]

    def _the(self, mark):
        return self._all(mark)[0]

    def _text(self, page):
        number = re.search(rb"/Resources (\d+) 0 R", page)
        resources = self.objects[int(number[1])] if number else page
        fonts = {
            name: self._letters(self.objects[int(n)])
            for name, n in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
        }
        contents = int(re.search(rb"/Contents (\d+) 0 R", page)[1])
        words, letters, line = [], {}, b""
        for height, font, raw in SHOWN.findall(self._inside(self.objects[contents])):
            if height:
                words += [] if height == line else ["\n"]
                line = height
            elif font:
                letters = fonts[font]
            elif raw:
                glyphs = plain(raw)
                pairs = (glyphs[k : k + 2].hex() for k in range(0, len(glyphs), 2))
                words += [letters[pair.upper()] for pair in pairs]
        return "".join(words).strip()

    def _letters(self, font):
        to_unicode = int(re.search(rb"/ToUnicode (\d+) 0 R", font)[1])
        table = self._inside(self.objects[to_unicode]).decode("latin-1")
        pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
        return {g: bytes.fromhex(u).decode("utf-16-be") for g, u in pairs}

    def _inside(self, body):
        raw = STREAM.search(body)[1]
        return zlib.decompress(raw) if b"/FlateDecode" in body else raw


def plain(raw):
    """The bytes of a string whose odd ones are written with a backslash."""

    def byte(found):
        sign = found[1]
        return SIGNS.get(sign) or (bytes([int(sign, 8)]) if sign.isdigit() else sign)

    return ESCAPED.sub(byte, raw)
