"""What is handed out comes back as it was, and nothing of persons with it."""

import csv
import io

import pytest
from sqlalchemy import delete, select

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import ContactWay, OrganisationKind
from marketplace.people.organisations.models import Membership, Organisation, Site
from marketplace.postings.actions.models import Action, Existence
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.programmes.models import Programme
from marketplace.postings.sponsorships.models import PastGrant
from marketplace.region.topics.enums import Audience, CostClass, Topic
from marketplace.stewardship.imports.enums import ImportKind
from marketplace.stewardship.imports.models import ImportedRow
from marketplace.stewardship.imports.services import extracts
from marketplace.stewardship.imports.services.extracts import (
    headings_of,
    rows_of,
)
from tests.factories.applications import make_application
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import make_offer
from tests.stewardship.imports.conftest import counts

LISTS = {
    ImportKind.OFFERS: (
        (
            "id,title,provider,description,topics,audience,format,street,postal_code,"
            "city,state,url,funding,cost,availability,group_size,as_of,source,licence"
        ),
        (
            '7,"=Löten","Werk; Statt","Zwei\n\nZeilen",Mechatronik,ab Klasse 9,'
            "Workshop,Weg 1,07743,Jena,TH,www.example.org/x,Stiftung,je Kurs 4 Euro,"
            "dienstags,max. 12,2017-08,Katalog,CC0-1.0"
        ),
        "8,Ohne alles,Werk; Statt,,,,,,,Leipzig,SN,,,,,,,Katalog,CC BY 4.0",
    ),
    ImportKind.INTERNSHIPS: (
        (
            "title,provider,description,topics,audience,city,state,period,places,"
            "conditions,url,as_of,source,licence"
        ),
        (
            "Fräsen,Werk AG,Du fräst.,Metall,ab Klasse 8,Jena,TH,Ferien,"
            "35 (11 besetzt),Schuhe,https://example.org/f,2026-01-02,Liste,CC0"
        ),
    ),
    ImportKind.SPONSORSHIPS: (
        "funder,recipient,title,amount,year,place,purpose,source,licence",
        "Fonds,Verein Lupe,Roboter,1.500 Euro,2021,Jena,Werkzeug,Liste,DL-DE BY 2.0",
    ),
    ImportKind.ORGANISATIONS: (
        "name,type,city,state,source",
        "Sternwarte Eulenkuppe,Verein,Jena,TH,Protokoll",
        "Ohne Ort,Unternehmen,,,Protokoll",
    ),
    ImportKind.PROGRAMMES: (
        (
            "name,funder,kind,who_can_apply,region,topics,deadline,amount,url,as_of,"
            "source,licence"
        ),
        (
            "MINT hier,Land,Preis,Vereine,Sachsen,Robotik,31.03.2027,5.000 Euro,"
            "https://example.org/m,2026-05,Liste,CC0"
        ),
    ),
    ImportKind.ACTIONS: (
        (
            "id,title,description,initiator,topics,audience,effort,cost,material,advice,"
            "funding,saxony,thuringia,evidence,url,as_of,source,licence"
        ),
        (
            "3,Tüftelabend,Einmal im Monat.,Verein,Robotik,ab Klasse 5,ein Abend,wenig,"
            '"Zange\nDraht",Früh werben.,Stadt,ja,nein,example.org/b,example.org/t,'
            "2018-10-12,Liste,CC0"
        ),
    ),
}
MODELS = {
    ImportKind.OFFERS: Offer,
    ImportKind.INTERNSHIPS: Internship,
    ImportKind.SPONSORSHIPS: PastGrant,
    ImportKind.ORGANISATIONS: Organisation,
    ImportKind.PROGRAMMES: Programme,
    ImportKind.ACTIONS: Action,
}
# Of this installation and of the day, not of the thing.
OWN = {"id", "public_id", "organisation_id", "site_id", "version", "changed_at"}
OWN |= {"registered_at", "note"}


def held(model):
    """What the things of a kind hold, column by column."""
    things = db.session.scalars(select(model).order_by(model.id)).all()
    names = [c.key for c in model.__table__.columns if c.key not in OWN]
    return [{name: getattr(thing, name) for name in names} for thing in things]


def as_csv(kind, **options):
    file = io.StringIO()
    rows = [row for row in rows_of(kind, **options) if row is not None]
    csv.writer(file).writerows([headings_of(kind), *rows])
    return file.getvalue()


def forget():
    with transaction():
        for model in (ImportedRow, Offer, Internship, PastGrant, Existence, Action):
            db.session.execute(delete(model))
        for model in (Programme, Site, Organisation):
            db.session.execute(delete(model))
    db.session.expunge_all()


@pytest.mark.parametrize("kind", LISTS, ids=str)
def test_what_is_handed_out_comes_back_as_it_was(take, kind):
    take(kind, *LISTS[kind])
    before, written = held(MODELS[kind]), as_csv(kind, is_all=True)
    assert len(before) == len(LISTS[kind]) - 1
    forget()

    report = take(kind, written.encode())

    assert counts(report) == {"created": len(before)}
    assert held(MODELS[kind]) == before
    assert as_csv(kind, is_all=True) == written


def organisations_told():
    [*rows] = csv.DictReader(io.StringIO(as_csv(ImportKind.ORGANISATIONS)))
    return rows


def test_verified_organisation_comes_back_known_by_name_and_place(take):
    kinds = frozenset(OrganisationKind)
    told = {"name": "Sternwarte; Eule", "website": "https://eule.example/"}
    make_organisation(**told, kinds=kinds, town="Jena")
    [before], written = organisations_told(), as_csv(ImportKind.ORGANISATIONS)
    assert counts(take("organisations", written.encode())) == {"unchanged": 1}
    assert organisations_told() == [before]
    with transaction():
        db.session.execute(delete(Membership))
    forget()

    assert counts(take("organisations", written.encode())) == {"created": 1}
    assert before["url"] == "https://eule.example/"
    assert organisations_told() == [before | {"url": ""}]


def test_every_word_of_ours_is_read_as_itself(take):
    with transaction():
        make_offer(
            PostingState.PUBLISHED,
            make_organisation(),
            title="Roboter in der Werkstatt",
            topics=frozenset(Topic),
            audiences=frozenset(Audience),
            cost=CostClass.OVER_50,
            lines=[],
        )
    written = as_csv(ImportKind.OFFERS)
    with transaction():
        db.session.execute(delete(Offer))

    take("offers", written.encode())

    [offer] = db.session.scalars(select(Offer)).all()
    assert offer.topics == frozenset(Topic)
    assert offer.audiences == frozenset(Audience)
    assert offer.cost is CostClass.OVER_50


def test_no_person_is_in_it(towns):
    application = make_application()
    make_company(
        contact_way=ContactWay.PUBLIC,
        contact_name="Konrad Kontakt",
        contact_email="konrad@werk.example",
        contact_phone="0341 123",
        note="Frau Geheim ruft zurück",
        register_number="HRB 1",
    )
    make_offer(PostingState.DRAFT, make_organisation(), title="Noch geheim", lines=[])
    people = [application.pupil, *application.internship.supervisors]

    written = "".join(as_csv(kind, is_all=True) for kind in LISTS)

    assert application.internship.title in written
    for words in ("Kontakt", "konrad@", "0341", "Geheim", "HRB", "Noch geheim", "@"):
        assert words not in written
    assert [one.surname for one in people if one.surname in written] == []


def test_what_has_no_open_licence_is_left_out(take):
    head = "id,title,provider,city,state,source,licence"
    told = ("CC BY-SA 4.0", "CC BY-NC 4.0", "", "alle Rechte vorbehalten")
    take(
        "offers", head, *(f"{k},T {k},W {k},Jena,TH,L,{x}" for k, x in enumerate(told))
    )

    some = list(rows_of(ImportKind.OFFERS))
    everything = list(rows_of(ImportKind.OFFERS, is_all=True))

    assert [row is not None for row in some] == [True, False, False, False]
    assert None not in everything


@pytest.mark.parametrize("count", [1, 30])
def test_rows_come_in_few_queries(app, queries, monkeypatch, count):
    monkeypatch.setattr(extracts, "AT_ONCE", 1000)
    for _ in range(count):
        make_offer(PostingState.PUBLISHED, make_organisation(), lines=[])
    db.session.expunge_all()
    queries.clear()

    assert len(list(rows_of(ImportKind.OFFERS))) == count
    assert len(queries) == 2
