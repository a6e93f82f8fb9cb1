"""Spreadsheets as people and office programs make them, and as attackers do.

Each is (name of the file, its bytes); made here, byte by byte, of invented entries.
"""

import io
import zipfile

from tests.workbooks import MAIN, XML, ods, packed, xls, xlsx, xlsx_sheet

HEAD = ("Titel", "Anbieter", "PLZ", "Ort", "Stand")
ROWS = (
    ("Löten für Neugierige", "Werkstatt Kofferradio", "07743", "Jena", "05.2026"),
    ("Sterne über der Stadt", "Sternwarte Nachtigall", "04109", "Leipzig", "2026"),
)
TITLES = [row[0] for row in ROWS]


def text(rows=(HEAD, *ROWS), separator=";"):
    return "\r\n".join(separator.join(row) for row in rows) + "\r\n"


def dated(*days):
    """The second column is when it is from."""
    rows = [(f"Angebot {k}", "Werk", "Jena", day) for k, day in enumerate(days, 1)]
    return text([("Titel", "Anbieter", "Ort", "Stand"), *rows]).encode()


TABLE = [list(HEAD), *(list(row) for row in ROWS)]
NUMBERED = [list(HEAD), *([*row[:2], int(row[2]), *row[3:]] for row in ROWS)]
ABOVE = [["Angebote im Schuljahr"], [], ["Herausgegeben vom Amt für Beispiele"], []]
GROUPED = [
    ["Was", "", "Wo", "", ""],
    ["Titel", "Anbieter", "PLZ", "Ort", "Stand"],
    *TABLE[1:],
]
FORMULAS = [
    list(HEAD),
    [('"Löten für "&"Neugierige"', TITLES[0]), *ROWS[0][1:]],
    list(ROWS[1]),
]

GOOD = {
    "utf-8.csv": text().encode(),
    "utf-8-mit-marke.csv": text().encode("utf-8-sig"),
    "utf-16.csv": text().encode("utf-16"),
    "utf-16-ohne-marke.csv": text().encode("utf-16-le"),
    "cp1252.csv": text().encode("cp1252"),
    "komma.csv": text(separator=",").encode(),
    "senkrecht.csv": text(separator="|").encode(),
    "tabulator.txt": text(separator="\t").encode(),
    "sep-zeile.csv": b"sep=;\r\n" + text().encode(),
    "titelzeilen.csv": ("Angebote 2026\r\n\r\n;;;;\r\n" + text()).encode(),
    "leere-zeilen.csv": text([HEAD, ("",) * 5, ROWS[0], ("",) * 5, ROWS[1]]).encode(),
    "kopf-wiederholt.csv": text([HEAD, ROWS[0], HEAD, ROWS[1]]).encode(),
    "zahl-als-text.xlsx": xlsx(TABLE),
    "zahlen.xlsx": xlsx(NUMBERED),
    "titelzeilen.xlsx": xlsx([*ABOVE, *TABLE]),
    "verbundene-koepfe.xlsx": xlsx(GROUPED, merged=["A1:B1", "C1:D1"]),
    "formeln.xlsx": xlsx(FORMULAS),
    "zwei-blaetter.xlsx": xlsx(
        (),
        sheets={
            "Notizen": xlsx_sheet([["nur eine Notiz"]]),
            "Liste": xlsx_sheet(TABLE),
        },
    ),
    "alt.xls": xls(NUMBERED),
    "frei.ods": ods(NUMBERED),
    # What a file is, its bytes say, not its name.
    "falsche-endung.csv": xlsx(TABLE),
    "makro.xlsm": xlsx(TABLE, **{"xl/vbaProject.bin": b"\0" * 500}),
}

ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def bomb():
    """A workbook of a few kilobytes that unpacks to more than 200 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(xlsx(TABLE)).items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/sheet2.xml", b" " * (210 * 1024 * 1024))
    return file.getvalue()


def entity():
    """A workbook whose sheet wants a file of the server."""
    sheet = xlsx_sheet(TABLE).replace(XML, XML + ENTITY)
    return xlsx((), sheets={"A": sheet})


def wide():
    """One filled cell far away, so that the sheet between would fill the memory."""
    sheet = (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c>'
        '</row><row r="6000"><c r="ALL6000"><v>1</v></c></row></sheetData>'
        "</worksheet>"
    )
    return xlsx((), sheets={"A": sheet})


def _members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BROKEN = "Die Datei ist beschädigt oder keine Tabelle."
NO_TABLE = "Das ist keine Tabelle: CSV, XLSX, XLS oder ODS wird gelesen."
BAD = {
    "leer.csv": (b"  \r\n", "Die Datei ist leer."),
    "nur-kopf.csv": (text([HEAD]).encode(), "Die Tabelle hat keine Zeilen."),
    "nur-trenner.csv": (b";;;\r\n;;;\r\n", "In der Datei steht keine Tabelle."),
    "bild.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 50, NO_TABLE),
    "kaputt.xlsx": (xlsx(TABLE)[:-200], BROKEN),
    "kein-blatt.xlsx": (packed({"readme.txt": "x"}), BROKEN),
    "bombe.xlsx": (bomb(), "Die Datei ist ausgepackt zu groß."),
    "verweis.xlsx": (
        entity(),
        "Die Datei enthält Verweise, die nicht geöffnet werden.",
    ),
    "weit.xlsx": (wide(), "Die Tabelle ist zu groß. Teilen Sie sie bitte auf."),
    "zu-gross.csv": (
        b"x" * (10 * 1024 * 1024 + 1),
        "Die Datei ist größer als 10 MB. Teilen Sie sie bitte auf.",
    ),
}


def long_list(count):
    """So many invented schools, as CSV."""
    lines = ["Schulnummer;Schule;Schulart;Ort;Bundesland;Quelle"]
    lines += [
        f"B{k};Beispielschule {k};Oberschule;Leipzig;Sachsen;Erfunden"
        for k in range(count)
    ]
    return "\n".join(lines).encode()


def long_book(count):
    """The same as a workbook."""
    return xlsx([line.split(";") for line in long_list(count).decode().split("\n")])
