import json

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from marketplace.doors.commands.clear import clear
from marketplace.foundation.database import db, transaction
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import RoundResult
from marketplace.matching.rounds.services.freezing import freeze_round
from tests.factories.rounds import AFTER, make_round, make_seat, take_part

WISHES = """pupil,seat,tier,pos
p1,X,1,1
p1,Y,1,2
p2,X,1,1
p2,Z,2,1
p3,Y,1,1
p3,X,2,1
p4,X,1,1
p5,Z,1,1
"""
SEATS = "seat,capacity,minimum\nX,1,\nY,1,\nZ,2,2\n"
CLASSES = "pupil,seat,class\np4,X,1\n"


@pytest.fixture
def run(tmp_path):
    """Clears a round of files; what is not given is as in the worked example."""

    def cleared(*arguments, wishes=WISHES, seats=SEATS, classes=CLASSES):
        paths = []
        for name, text in [("wishes", wishes), ("seats", seats), ("classes", classes)]:
            path = tmp_path / f"{name}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths += [f"--{name}", str(path)]
        return CliRunner().invoke(clear, [*paths, "--seed", "lot-14", *arguments])

    return cleared


def test_round_in_files_is_cleared(run, tmp_path):
    out = tmp_path / "result.csv"

    result = run("--rule", "lot_fair", "--out", str(out))

    line = json.loads(result.stdout.splitlines()[-1])
    seconds = line.pop("seconds")
    rows = [row.split(",") for row in out.read_text().splitlines()]
    seats = [seat for _, seat, _ in rows[1:] if seat]
    assert 0 <= seconds < 60
    assert rows[0] == ["pupil", "seat", "tier"]
    assert [pupil for pupil, _, _ in rows[1:]] == ["p1", "p2", "p3", "p4", "p5"]
    assert line == {
        "pupils": 5,
        "placed": len(seats),
        "first_tier": sum(tier == "1" for _, _, tier in rows),
        "blocking_pairs": 0,
        "lot_envy": 0,
        "closed": 0 if "Z" in seats else 1,
    }
    assert len(seats) in {2, 4}


def test_same_seed_gives_the_same_result(run, tmp_path):
    paths = [tmp_path / "one.csv", tmp_path / "other.csv"]
    for path in paths:
        run("--rule", "most_places", "--out", str(path))

    assert paths[0].read_text() == paths[1].read_text()


def test_separator_order_and_mark_of_the_tables_do_not_matter(run, tmp_path):
    plain, other = tmp_path / "plain.csv", tmp_path / "other.csv"
    run("--out", str(plain))
    rows = [line.split(",") for line in WISHES.splitlines()]
    turned = "\n".join(";".join(reversed(row)) for row in rows)

    run("--out", str(other), wishes=b"\xef\xbb\xbf" + turned.encode())

    assert other.read_text() == plain.read_text()


def test_classes_may_be_any_numbers(run, tmp_path):
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    run("--out", str(small))

    run("--out", str(large), classes="pupil,seat,class\np4,X,99999999.5\n")

    assert large.read_text() == small.read_text()


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"wishes": "pupil,tier\np1,1\n"}, "wishes.csv has no column seat."),
        ({"wishes": ""}, "wishes.csv has no column pupil."),
        (
            {"wishes": "pupil,seat,tier\np1,Q,1\n"},
            "wishes.csv, line 2: the seat Q is not known.",
        ),
        (
            {"wishes": "pupil,seat,tier\np1,X,1\np1,X,2\n"},
            "wishes.csv, line 3: p1 wishes X twice.",
        ),
        (
            {"wishes": "pupil,seat,tier\np1,X,0\n"},
            "wishes.csv, line 2: tiers begin at 1.",
        ),
        (
            {"wishes": "pupil,seat,tier\np1,X,one\n"},
            "wishes.csv, line 2: tier is no whole number (one).",
        ),
        (
            {"wishes": "pupil,seat,tier\n,X,1\n"},
            "wishes.csv, line 2: pupil is empty.",
        ),
        (
            {"seats": "seat,capacity\nX,1\nX,2\n"},
            "seats.csv, line 3: the seat X stands there twice.",
        ),
        (
            {"seats": "seat,capacity\nX,-1\n"},
            "seats.csv, line 2: capacity is no whole number (-1).",
        ),
        (
            {"classes": "pupil,seat,class\np1,X,good\n"},
            "classes.csv, line 2: class is no number (good).",
        ),
        (
            {"classes": "pupil,seat,class\np1,X,nan\n"},
            "classes.csv, line 2: class is no number.",
        ),
        (
            {"classes": "pupil,seat,class\np1,X,1\np1,X,2\n"},
            "classes.csv, line 3: p1 at X stands there twice.",
        ),
        (
            {"classes": "pupil,seat,class\np9,X,1\n"},
            "classes.csv, line 2: the pupil p9 is not known.",
        ),
        (
            {"seats": "seat,capacity\nM\xe4\n".encode("cp1252")},
            "is not written in UTF-8.",
        ),
    ],
)
def test_table_that_cannot_be_read_is_refused_in_one_sentence(run, tables, sentence):
    result = run(**tables)

    assert result.exit_code == 1
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_round_of_the_installation_is_drawn_once(app):
    round_ = make_round()
    take_part(round_, [make_seat(round_)])
    with transaction():
        freeze_round(round_, at=AFTER)
    lines = []
    for _ in range(2):
        told = ScriptInfo(create_app=lambda: app)
        result = CliRunner().invoke(clear, [round_.public_id], obj=told)
        lines.append(json.loads(result.stdout.splitlines()[-1]) | {"seconds": 0})
    db.session.rollback()

    assert lines[0] == lines[1]
    assert (lines[0]["pupils"], lines[0]["placed"]) == (1, 1)
    assert db.session.query(RoundResult).count() == 1
    assert round_.state is RoundState.CLEARED


def test_open_round_is_not_drawn(app):
    told = ScriptInfo(create_app=lambda: app)
    result = CliRunner().invoke(clear, [make_round().public_id], obj=told)

    assert result.exit_code == 1
    assert "keine ausgelosten Listen" in result.stderr


def test_what_to_clear_must_be_named():
    result = CliRunner().invoke(clear, [])

    assert result.exit_code == 2
    assert "Name a ROUND" in result.stderr
