import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation import spreadsheets
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.spreadsheets import Row, plain_heading, read_sheet
from tests.workbooks import OPEN, ods, packed, xls, xlsx, xlsx_sheet

KNOWN = {"titel", "ort", "plz", "anbieter", "preis"}
TABLE = [["Titel", "PLZ", "Ort"], ["Löten", "01067", "Dresden"]]
SOLDERING = (Row(2, ("Löten", "01067", "Dresden")),)
TOO_LARGE = "Die Tabelle ist zu groß. Teilen Sie sie bitte auf."
BROKEN = "Die Datei ist beschädigt oder keine Tabelle."
TEXT = "Titel;PLZ;Ort\nLöten;01067;Dresden\n"


def is_known(heading):
    return plain_heading(heading) in KNOWN


def read(content):
    return read_sheet(content, is_known)


def refusal_of(content):
    with pytest.raises(Refusal) as refusal:
        read(content)
    return refusal.value.sentence


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_letters_are_read_however_they_were_saved(encoding):
    sheet = read(TEXT.encode(encoding))

    assert sheet.headings == ("Titel", "PLZ", "Ort")
    assert sheet.rows == SOLDERING


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_separator_is_found(separator):
    sheet = read(TEXT.replace(";", separator).encode())

    assert sheet.rows == SOLDERING


def test_separator_is_found_among_many_commas_of_the_text():
    sheet = read("Titel;Ort\nBauen, löten, fräsen;Jena\nA, b, c;Gera\n".encode())

    assert [row.cells for row in sheet.rows] == [
        ("Bauen, löten, fräsen", "Jena"),
        ("A, b, c", "Gera"),
    ]


def test_separator_that_is_told_counts_and_its_line_is_no_heading():
    sheet = read(b"sep=!\r\nTitel!Ort\r\nA;b!Jena\r\n")

    assert sheet.headings == ("Titel", "Ort")
    assert sheet.rows == (Row(3, ("A;b", "Jena")),)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    assert read(TEXT.replace("\n", ending).encode()).rows == SOLDERING


def test_quoted_cells_hold_breaks_and_the_next_row_knows_its_line():
    sheet = read(b'Titel,Ort\n"eins\nzwei",Jena\n\n"drei ""vier""",Gera\n')

    assert sheet.rows == (
        Row(2, ("eins\nzwei", "Jena")),
        Row(5, ('drei "vier"', "Gera")),
    )


def test_quote_that_never_ends_is_refused_with_its_line():
    sentence = refusal_of(b'Titel,Ort\nA,Jena\n"B,Gera\nC,Weimar\n')

    assert sentence == "Ab Zeile 3 lässt sich die Datei nicht lesen."


def test_title_rows_empty_rows_and_empty_columns_are_passed_over():
    text = "Angebote 2026;;;\n;;;\nStand: Mai;;;\nTitel;;Ort;\n;;;\nA;;Jena;\n;;;\n"

    sheet = read(text.encode())

    assert sheet.headings == ("Titel", "Ort")
    assert sheet.rows == (Row(6, ("A", "Jena")),)


def test_heading_that_is_repeated_between_rows_is_no_row():
    sheet = read(b"Titel,Ort\nA,Jena\nTitel,Ort\nB,Gera\n")

    assert [row.cells for row in sheet.rows] == [("A", "Jena"), ("B", "Gera")]


def test_row_with_more_cells_than_headings_keeps_them_to_be_seen():
    sheet = read(b"Titel,Ort\nA,Jena,Th\xc3\xbcringen\nB\n")

    assert [row.cells for row in sheet.rows] == [
        ("A", "Jena", "Thüringen"),
        ("B", ""),
    ]


def test_unknown_headings_leave_the_first_wide_row():
    sheet = read(b"Liste\nfoo,bar,baz\n1,2,3\n")

    assert sheet.headings == ("foo", "bar", "baz")
    assert sheet.rows == (Row(3, ("1", "2", "3")),)


def test_text_that_begins_like_a_workbook_is_text():
    assert read(b"PKW,Titel\nja,A\n").headings == ("PKW", "Titel")


def test_one_column_is_a_table():
    sheet = read(b"Titel\nA\nB\n")

    assert [row.cells for row in sheet.rows] == [("A",), ("B",)]


@pytest.mark.parametrize("book", [xlsx, ods, xls])
def test_workbooks_are_read_alike(book):
    sheet = read(book(TABLE))

    assert sheet.headings == ("Titel", "PLZ", "Ort")
    assert sheet.rows == SOLDERING


@pytest.mark.parametrize("book", [xlsx, ods, xls])
def test_workbooks_may_begin_with_titles_and_gaps(book):
    rows = [["Angebote"], [], ["Titel", "", "Ort"], [], ["A", "", "Jena"]]

    sheet = read(book(rows))

    assert sheet.headings == ("Titel", "Ort")
    assert sheet.rows == (Row(5, ("A", "Jena")),)


@pytest.mark.parametrize("book", [xlsx, ods, xls])
def test_numbers_become_text_without_a_fraction_of_nothing(book):
    sheet = read(book([["Titel", "PLZ", "Preis"], ["A", 1067, 4.5]]))

    assert sheet.rows == (Row(2, ("A", "1067", "4.5")),)


def test_formula_is_the_value_it_had_and_never_run():
    sheet = read(xlsx([["Titel", "Preis"], ["A", ("1+1", "3")]]))

    assert sheet.rows == (Row(2, ("A", "3")),)


def test_formula_in_text_stays_text():
    sheet = read(b'Titel,Preis\n=1+1,"=HYPERLINK(""x"")"\n')

    assert sheet.rows == (Row(2, ("=1+1", '=HYPERLINK("x")')),)


def test_merged_heads_in_two_rows_are_one():
    rows = [["Titel", "Wo", ""], ["", "PLZ", "Ort"], ["A", "07743", "Jena"]]

    sheet = read(xlsx(rows, merged=["A1:A2", "B1:C1"]))

    assert sheet.headings == ("Titel", "PLZ", "Ort")
    assert sheet.rows == (Row(3, ("A", "07743", "Jena")),)


def test_heads_in_two_rows_are_one_where_the_file_does_not_say_merged():
    rows = [["Titel", "Wo", ""], ["", "PLZ", "Ort"], ["A", "07743", "Jena"]]

    sheet = read(ods(rows))

    assert sheet.headings == ("Titel", "PLZ", "Ort")
    assert sheet.rows == (Row(3, ("A", "07743", "Jena")),)


def test_merged_cell_counts_for_every_row_it_covers():
    rows = [["Titel", "Ort"], ["A", "Jena"], ["B", ""]]

    sheet = read(xlsx(rows, merged=["B2:B3", "D9:Z99"]))

    assert [row.cells for row in sheet.rows] == [("A", "Jena"), ("B", "Jena")]


def test_sheet_with_most_known_names_is_taken_and_the_others_are_named():
    sheets = {
        "Lies mich": xlsx_sheet([["Hinweise"], ["Bitte lesen"]]),
        "Daten": xlsx_sheet(TABLE),
        "Leer": xlsx_sheet([]),
    }

    sheet = read(xlsx([], sheets=sheets))

    assert sheet.rows == SOLDERING
    assert sheet.others == ("Lies mich",)


def test_what_the_file_is_shows_in_its_bytes_not_in_a_name():
    renamed = packed({"readme.txt": "kein Arbeitsblatt"})

    assert refusal_of(renamed) == "Die Datei ist beschädigt oder keine Tabelle."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b" \r\n\t\n", "Die Datei ist leer."),
        (b"\xef\xbb\xbf", "In der Datei steht keine Tabelle."),
        (b";;;\n  ;;\n", "In der Datei steht keine Tabelle."),
        (xlsx([]), "In der Datei steht keine Tabelle."),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20,
            "Das ist keine Tabelle: CSV, XLSX, XLS oder ODS wird gelesen.",
        ),
        (xlsx(TABLE)[:-40], "Die Datei ist beschädigt oder keine Tabelle."),
        (xlsx(TABLE)[:200], "Die Datei ist beschädigt oder keine Tabelle."),
        (xls(TABLE)[:700], "Die Datei ist beschädigt oder keine Tabelle."),
        (
            xlsx([], sheets={"A": "<worksheet><sheetData><row>"}),
            "Die Datei ist beschädigt oder keine Tabelle.",
        ),
    ],
)
def test_bad_file_is_refused_with_one_sentence(content, sentence):
    assert refusal_of(content) == sentence


def test_file_above_ten_megabytes_is_refused():
    content = b"Titel\n" + b"A\n" * (spreadsheets.MAX_BYTES // 2)

    assert refusal_of(content) == (
        "Die Datei ist größer als 10 MB. Teilen Sie sie bitte auf."
    )


def test_fifty_thousand_rows_are_read_and_one_more_is_refused():
    most = b"Titel\n" + b"A\n" * 50_000

    assert len(read(most).rows) == 50_000
    assert refusal_of(most + b"B\n") == (
        "Die Tabelle hat mehr als 50.000 Zeilen. Teilen Sie sie bitte auf."
    )


def test_zip_that_unpacks_to_far_more_than_it_is_is_refused():
    bomb = xlsx(TABLE, **{"xl/styles.xml": "<a>" + " " * 12_000_000 + "</a>"})

    assert refusal_of(bomb) == "Die Datei ist ausgepackt zu groß."


def test_zip_that_lies_about_its_size_is_not_believed():
    inner = "<a>" + " " * 12_000_000 + "</a>"
    bomb = xlsx(TABLE, **{"xl/styles.xml": inner})
    lying = bomb.replace(len(inner).to_bytes(4, "little"), (9).to_bytes(4, "little"))

    assert refusal_of(lying) == "Die Datei ist beschädigt oder keine Tabelle."


def test_pictures_in_a_workbook_are_not_even_unpacked():
    sheet = read(xlsx(TABLE, **{"xl/media/image1.png": bytes(30_000_000)}))

    assert sheet.rows == SOLDERING


@pytest.mark.parametrize(
    "evil",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_unread(evil, name):
    content = xlsx(TABLE, **{name: f"{evil}<a>&x;</a>"})

    assert refusal_of(content) == (
        "Die Datei enthält Verweise, die nicht geöffnet werden."
    )


def far_away(reference):
    return xlsx(
        [],
        sheets={
            "A": (
                "<worksheet><sheetData>"
                '<row r="1"><c r="A1" t="str"><v>Titel</v></c></row>'
                f'<row r="1048576"><c r="{reference}"><v>1</v></c></row>'
                "</sheetData></worksheet>"
            )
        },
    )


def test_cell_at_the_far_end_of_a_sheet_is_refused_before_it_is_laid_out():
    assert refusal_of(far_away("XFD1048576")) == BROKEN
    assert refusal_of(far_away("J1048576")) == TOO_LARGE


def test_ods_row_that_repeats_without_end_is_refused():
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" '
        f'office:value-type="string" xmlns:office="{OPEN}:office:1.0">'
        "<text:p>A</text:p></table:table-cell>"
    )
    row = '<table:table-row table:number-rows-repeated="1048576">'

    content = ods([], body=f"{row}{cell}</table:table-row>")

    assert refusal_of(content) == BROKEN


def test_ods_may_end_in_a_million_empty_rows():
    cells = "".join(
        '<table:table-cell office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in ("Titel", "Ort")
    )
    rest = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    body = f"<table:table-row>{cells}</table:table-row>" * 2 + rest

    assert read(ods([], body=body)).headings == ("Titel", "Ort")


def test_same_member_twice_is_read_once():
    file = io.BytesIO(xlsx(TABLE))
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(file, "a") as archive,
    ):
        archive.writestr("xl/worksheets/sheet1.xml", xlsx_sheet(TABLE))

    assert read(file.getvalue()).rows == SOLDERING


@pytest.mark.parametrize(
    ("exported", "meant"),
    [
        ("'=1+1", "=1+1"),
        ("'@x", "@x"),
        ("''a", "'a"),
        ("' x", " x"),
        ("'＝1", "＝1"),
        ("'n Abend", "'n Abend"),
        ("'", "'"),
        ("-5", "-5"),
    ],
)
def test_one_apostrophe_of_our_exports_is_taken_away(exported, meant):
    file = io.StringIO()
    csv.writer(file).writerows([["Titel", "Ort"], [exported, "Jena"]])

    assert read(file.getvalue().encode()).rows[0].cells[0] == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße / Nr.", "strasse nr"),
        ("Träger", "TRAEGER"),
        ("  PLZ ", "plz"),
        ("E-Mail", "email"),
    ],
)
def test_headings_are_compared_without_their_dress(one, other):
    assert plain_heading(one) == plain_heading(other)


def answer_to(content):
    """The sentence of a refusal, or none."""
    try:
        read(content)
    except Refusal as refusal:
        return refusal.sentence
    return "."


@given(st.binary(max_size=3000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_table_or_a_refusal(content):
    assert answer_to(content).endswith(".")


@pytest.mark.parametrize("book", [xlsx, ods, xls])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_workbook_is_a_table_or_a_refusal(book, data):
    content = bytearray(book(TABLE))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))

    assert answer_to(bytes(content)).endswith(".")
