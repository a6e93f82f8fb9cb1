"""Builds workbooks byte by byte, so that tests can also build broken ones."""

import io
import struct
import zipfile
from string import ascii_uppercase
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def packed(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def xlsx(rows, *, merged=(), sheets=None, first=1, **members):
    """An XLSX file; a cell is text, a number, or a pair of formula and value."""
    sheets = sheets or {"Tabelle1": xlsx_sheet(rows, merged=merged, first=first)}
    names = list(sheets)
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(["officeDocument"], ["xl/workbook.xml"]),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
            + "".join(
                f'<sheet name="{name}" sheetId="{k}" r:id="rId{k}"/>'
                for k, name in enumerate(names, 1)
            )
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            ["worksheet"] * len(names),
            [f"worksheets/sheet{k}.xml" for k in range(1, len(names) + 1)],
        ),
    }
    parts |= {
        f"xl/worksheets/sheet{k}.xml": sheets[name] for k, name in enumerate(names, 1)
    }
    return packed(parts | members)


def xlsx_sheet(rows, *, merged=(), first=1):
    body = "".join(
        f'<row r="{line}">'
        + "".join(
            _xlsx_cell(f"{ascii_uppercase[k]}{line}", value)
            for k, value in enumerate(row)
            if value != ""
        )
        + "</row>"
        for line, row in enumerate(rows, first)
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merge = f"<mergeCells>{areas}</mergeCells>" if areas else ""
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>'
        f"{merge}</worksheet>"
    )


def _xlsx_cell(reference, value):
    if isinstance(value, tuple):
        formula, result = value
        return f'<c r="{reference}" t="str"><f>{escape(formula)}</f><v>{result}</v></c>'
    if isinstance(value, str):
        text = f"<is><t>{escape(value)}</t></is>"
        return f'<c r="{reference}" t="inlineStr">{text}</c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def _relations(kinds, targets):
    links = "".join(
        f'<Relationship Id="rId{k}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(zip(kinds, targets, strict=True), 1)
    )
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    )


def ods(rows, body=None):
    """An ODS file; `body` are rows as XML in place of the plain ones."""
    body = body or "".join(
        "<table:table-row>"
        + "".join(_ods_cell(value) for value in row)
        + "</table:table-row>"
        for row in rows
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                f'{XML}<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0"/>'
            ),
            "content.xml": (
                f'{XML}<office:document-content xmlns:office="{OPEN}:office:1.0" '
                f'xmlns:table="{OPEN}:table:1.0" xmlns:text="{OPEN}:text:1.0">'
                "<office:body><office:spreadsheet>"
                f'<table:table table:name="A">{body}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        }
    )


def _ods_cell(value):
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(value)}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xls(rows):
    """An XLS file (BIFF8) with one sheet, in a compound file of one stream."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                sheet += _xls_cell(line, column, value)
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = b"\x06\x00Blatt1"
    length = len(start) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IH", length, 0) + name)
    return _compound(start + bound + _record(0x000A, b"") + sheet)


def _record(number, data):
    return struct.pack("<HH", number, len(data)) + data


def _xls_cell(line, column, value):
    place = struct.pack("<HHH", line, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, place + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _compound(stream):
    size = max(4096, len(stream) + -len(stream) % 512)
    count = size // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    fat += [*range(3, count + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    entries += _entry("Workbook", 2, 2, size) + bytes(256)
    return header + struct.pack("<128I", *fat) + entries + stream.ljust(size, b"\0")


def _entry(name, kind, start, size, child=0xFFFFFFFF):
    letters = name.encode("utf-16-le")
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBB", len(letters) + 2, kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
