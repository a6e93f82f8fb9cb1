"""Who took part gets a certificate; its code proves it, and shows nobody's name."""

import base64
import hashlib
import json
from datetime import date, timedelta

import pytest
import segno

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.attendances.enums import Presence
from marketplace.encounters.attendances.models import Attendance
from marketplace.encounters.papers.models import Agreement, Certificate, Signature
from marketplace.encounters.papers.rules import words_of
from marketplace.encounters.papers.services.certifying import code_of
from marketplace.encounters.papers.services.forgetting import forget_papers
from marketplace.foundation.database import db, transaction
from marketplace.foundation.tokens import hash_of, plain_code
from tests.factories.papers import make_agreement, make_certificate, make_placement
from tests.factories.people import make_guardian
from tests.moments import NOON
from tests.papers import Paper

# What stands before the hash in a signature with SHA-256 (RFC 8017, 9.2).
SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")


@pytest.fixture
def attended(mia, place):
    return make_placement(mia, internship=place, state=ApplicationState.ATTENDED)


def path(application, name):
    return f"/bewerbungen/{application.public_id}/unterlagen/{name}"


def printed(browser, application):
    answer = browser.get(path(application, "nachweis.pdf"))
    return Paper(answer.data)


def code_on(paper):
    return next(
        line
        for line in paper.text.splitlines()
        if line.count("-") == 4 and len(line) == 24
    )


def missed(application, *days):
    with transaction():
        for day in days:
            note = Attendance(application=application, day=date(2027, 2, day))
            note.presence, note.noted_at = Presence.EXCUSED, NOON
            db.session.add(note)


def test_it_says_where_when_and_what(browser, attended, mia, letters):
    make_certificate(attended)
    assert letters() == [(mia.email, "certificate_issued")]
    browser.sign_in(mia)
    paper = printed(browser, attended)

    assert (paper.title, paper.language, paper.is_tagged) == (
        "Nachweis: Glas, das Licht lenkt",
        *("de-DE", True),
    )
    told = (
        *("Mia Sonnenschein", "Optik Jena", "5 Tage", "30 Stunden"),
        *("1. bis 5. Februar 2027", "Du schleifst eine Linse.", "23. November 2026"),
    )
    assert [words for words in told if words not in paper.text] == []
    secrets = ("2010", "Ute Muster", "Gymnasium am Anger", mia.email)
    assert [words for words in secrets if words in paper.text] == []


def test_only_the_days_that_were_worked_count(browser, mia, place):
    partly = make_placement(mia, internship=place, state=ApplicationState.PARTLY)
    missed(partly, 2, 3)
    certificate = make_certificate(partly)

    words = words_of(certificate)
    assert (words["count"], words["hours"]) == ("3 Tage", "18 Stunden")
    assert words["days"] == ["Mo., 1. Feb.", "Do., 4. Feb.", "Fr., 5. Feb."]


@pytest.mark.parametrize(
    "state",
    [ApplicationState.NO_SHOW, ApplicationState.EXCUSED, ApplicationState.RUNNING],
)
def test_whoever_was_not_there_gets_none(mia, place, state):
    application = make_placement(mia, internship=place, state=state)

    assert make_certificate(application) is None


def test_it_is_issued_once(attended, letters):
    first = make_certificate(attended)
    letters()

    assert make_certificate(attended, at=NOON + timedelta(days=1)) is first
    assert letters() == []


def test_it_stays_when_the_posting_changes(browser, attended, mia):
    make_certificate(attended)
    with transaction():
        attended.internship.description = "Du fegst den Hof."
    browser.sign_in(mia)

    assert "Du schleifst eine Linse." in printed(browser, attended).text


def test_its_code_is_checked_without_a_name(browser, attended, mia):
    certificate = make_certificate(attended)
    browser.sign_in(mia)
    code = code_on(printed(browser, attended))
    guest = browser.application.test_client()

    assert certificate.code_hash == hash_of(plain_code(code))
    for written in (code, code.upper(), code.replace("-", "")):
        answer = guest.get(f"/nachweis/{written}")
        assert answer.status_code == 200
        assert "Gültig, ausgestellt am 23. November 2026." in answer.text
    for secret in ("Mia", "Sonnenschein", "Optik Jena", "Linse"):
        assert secret not in answer.text


def test_its_picture_opens_the_page_that_checks_it(browser, attended, mia):
    make_certificate(attended)
    browser.sign_in(mia)
    paper = printed(browser, attended)
    address = f"http://localhost/nachweis/{code_on(paper)}"

    assert address.removeprefix("http://") in "".join(paper.text.split())
    matrix = segno.make_qr(address).matrix
    assert paper.modules == tuple(bytes(row) for row in matrix)
    assert "Gültig" in browser.get(address).text


def test_an_invented_code_is_unknown(browser, attended):
    make_certificate(attended)
    answer = browser.get("/nachweis/abcd-efgh-jkmn-pqrs-tuvw")

    assert answer.status_code == 404
    assert "Unbekannt" in answer.text


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def is_signed(token, jwk):
    """Checks RS256 with integers alone, as RFC 8017 says."""
    signed, _dot, signature = token.rpartition(".")
    n, e = (int.from_bytes(decoded(jwk[name]), "big") for name in ("n", "e"))
    length = (n.bit_length() + 7) // 8
    opened = pow(int.from_bytes(decoded(signature), "big"), e, n)
    digest = SHA256 + hashlib.sha256(signed.encode()).digest()
    filling = b"\xff" * (length - len(digest) - 3)
    expected = b"\x00\x01" + filling + b"\x00" + digest
    return opened.to_bytes(length, "big") == expected


def test_the_badge_is_signed_with_the_key_at_its_address(browser, attended, mia):
    make_certificate(attended)
    browser.sign_in(mia)
    answer = browser.get(path(attended, "nachweis.jwt"))
    token = answer.text
    header, claims = (json.loads(decoded(part)) for part in token.split(".")[:2])
    guest = browser.application.test_client()
    jwk = guest.get(header["kid"]).json

    assert answer.content_type.startswith("application/jwt")
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert guest.get("/.well-known/jwks.json").json == {"keys": [jwk]}
    assert is_signed(token, jwk)
    head, body, signature = token.split(".")
    forged = claims | {"name": "Praktikum: Mondfahrt"}
    body = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    assert not is_signed(f"{head}.{body}.{signature}", jwk)


def test_the_badge_says_what_open_badges_ask_for_and_no_name(browser, attended, mia):
    make_certificate(attended)
    browser.sign_in(mia)
    claims = json.loads(
        decoded(browser.get(path(attended, "nachweis.jwt")).text.split(".")[1])
    )
    subject = claims["credentialSubject"]
    who = subject["identifier"][0]

    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert claims["validFrom"] == "2026-11-23T00:00:00Z"
    assert (claims["iss"], claims["jti"]) == (claims["issuer"]["id"], claims["id"])
    assert subject["achievement"]["name"] == "Praktikum: Glas, das Licht lenkt"
    expected = hashlib.sha256(f"{mia.email}{who['salt']}".encode()).hexdigest()
    assert who["identityHash"] == f"sha256${expected}"
    assert not [w for w in ("Mia", "Sonnenschein", mia.email) if w in str(claims)]


def test_a_badge_is_for_the_family_alone(browser, attended, mia, boss, coordinator):
    make_certificate(attended)
    guardian = make_guardian(mia)
    found = {}
    for name, person in {
        "pupil": mia,
        "guardian": guardian,
        "company": boss,
        "office": coordinator,
    }.items():
        browser.sign_in(person)
        found[name] = [
            browser.get(path(attended, file)).status_code
            for file in ("nachweis.pdf", "nachweis.jwt")
        ]

    assert found == {
        "pupil": [200, 200],
        "guardian": [200, 200],
        "company": [404, 404],
        "office": [200, 404],
    }


def test_what_is_forgotten_leaves_the_code_alone(browser, application):
    make_agreement(application)
    with transaction():
        application.state = ApplicationState.ATTENDED
    certificate = make_certificate(application)
    with transaction():
        forget_papers([application.id])
    code = code_of(application, bytes.fromhex(browser.application.config["FIELD_KEY"]))

    kinds = (Agreement, Signature, Certificate)
    assert [db.session.query(kind).count() for kind in kinds] == [0, 0, 1]
    db.session.refresh(certificate)
    assert (certificate.words, certificate.application_id) == (None, None)
    assert "Gültig" in browser.get(f"/nachweis/{code}").text
