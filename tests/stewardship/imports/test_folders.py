from marketplace.stewardship.imports.services.folders import files_of_folder
from tests.workbooks import xlsx

FILES = {
    "angebote.csv": b"Titel,Ort\nA,Jena\n",
    "praktika.xlsx": xlsx([["Titel", "Betrieb"], ["A", "B"]]),
    "schulen.csv": b"Schulnummer;Name;Land\n1;A;SN\n",
    "schulferien.csv": b"Land;Name;Beginn;Ende\nSN;Ferien;2030-01-01;2030-01-02\n",
    "geo_towns.csv": b"geonameid,name,state,lat,lon\n1,A,SN,51,12\n",
    "place_districts.csv": b"geonameid,name,state,lat,lon,ags\n1,A,SN,51,12,14713\n",
    "districts.geojson": b'{"type": "FeatureCollection", "features": []}',
    "berufe.csv": b"code,title\n43,Informatik\n",
    "berufe_mint.csv": b"title,named_as\nA,MINT\n",
    "programme.csv": b"name,funder,who_can_apply\nA,B,C\n",
    "README.md": b"# Lies mich",
    "taxonomies.json": b"{}",
    "notes.docx": b"PK\x03\x04",
    ".versteckt.csv": b"Titel,Ort\nA,Jena\n",
}


def test_files_are_known_and_come_in_an_order_that_makes_sense(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "angebote_ordner.csv").mkdir()

    found = files_of_folder(tmp_path)

    assert [(f.path.name, f.kind and str(f.kind), f.is_known) for f in found] == [
        ("districts.geojson", "districts", True),
        ("place_districts.csv", "places", True),
        ("geo_towns.csv", "places", True),
        ("schulferien.csv", "holidays", True),
        ("schulen.csv", "schools", True),
        ("berufe.csv", "occupations", True),
        ("berufe_mint.csv", "occupations", True),
        ("angebote.csv", "offers", True),
        ("praktika.xlsx", "internships", True),
        ("programme.csv", "programmes", True),
        ("README.md", None, True),
        ("notes.docx", None, False),
        ("taxonomies.json", None, True),
    ]
