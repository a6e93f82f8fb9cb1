"""A class of 25 goes through a round and its days, to the certificates.

Two of them, a parent, the office and a company by hand.
"""

from collections import Counter
from datetime import timedelta

import pytest

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.approving import confirm_for_school
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.encounters.attendances.jobs import follow_days
from marketplace.encounters.papers.jobs import keep as certify
from marketplace.encounters.papers.models import Certificate
from marketplace.foundation.clock import day_of, now, start_of
from marketplace.foundation.database import db, transaction
from marketplace.matching.rounds.enums import MAIN, RoundState
from marketplace.matching.rounds.models import Round, RoundEntry
from marketplace.matching.rounds.queries.seats import seats_by_number
from marketplace.matching.rounds.services.consenting import answer_list, companies_of
from marketplace.matching.rounds.services.following import follow_rounds
from marketplace.matching.rounds.services.joining import EntryValues, join_round
from marketplace.matching.rounds.services.publishing import hand_out
from marketplace.matching.rounds.services.wishing import save_wishes
from marketplace.people.accounts.models import User
from marketplace.region.places.enums import FederalState
from tests.factories.people import make_pupil
from tests.journeys.stage import Visitor
from tests.papers import Paper

ROUND = "Schulpraktikum der Klassen 8 bis 10"
BOY = "schueler@demo.example"
WANTED, SECOND = "Fahrplan-App", "Kaputt? Wir reparieren es"
# What the other 23 like is not what the two like most, and has places for all of them.
OTHERS = (1, 4, 5, 6)
CLASS, MORE_PLACES = 25, 6


@pytest.fixture
def enter(chrome, site, has_script):
    """A person with a browser of her own, on a phone, with scripts or without."""
    people = []

    def come(name="", width=390):
        person = Visitor(chrome, site, width=width, has_script=has_script)
        people.append(person)
        if name:
            person.sign_in(f"{name}@demo.example")
        return person

    yield come
    for person in people:
        person.leave()
    assert [fault for person in people for fault in person.faults] == []


def open_round():
    return db.session.query(Round).filter_by(title=ROUND).one()


def fill_the_class(site):
    """Twenty-three classmates with their lists, all approved at home."""
    with site.app.app_context():
        round_, at = open_round(), now()
        seats = seats_by_number(round_)
        with transaction():
            for number in OTHERS:
                seats[number].period.place_count += MORE_PLACES
                seats[number].capacity += MORE_PLACES
        born = day_of(at).replace(year=day_of(at).year - 15, month=1, day=12)
        for k in range(CLASS - 2):
            pupil = make_pupil(born, school_state=FederalState.SAXONY, class_level=9)
            first = OTHERS[k % len(OTHERS)]
            with transaction():
                pupil.pupil.school_id = round_.school_id
                told = EntryValues(
                    class_level=9,
                    guardian_name="Familie Muster",
                    guardian_email=f"zuhause{k}@example.org",
                )
                entry = join_round(round_, told, actor=pupil, at=at)
                tiers = {number: 1 + (number != first) for number in OTHERS}
                save_wishes(entry, tiers, seats, actor=pupil, at=at)
                name, box = entry.guardian_name, entry.guardian_email
                letter = Signature(way=ApprovalWay.LETTER, name=name, address=box)
                firms = {firm.id for firm in companies_of(entry)}
                answer_list(entry, firms, letter, at=at)
        db.session.remove()


def let_it_close(site):
    """Lets the clock pass the end of the round."""
    with site.app.app_context():
        with transaction():
            round_ = open_round()
            round_.closes_at = now() - timedelta(minutes=1)
        with transaction():
            follow_rounds(at=now())
            assert open_round().state is RoundState.FROZEN
        db.session.remove()


def give_out(site):
    with site.app.app_context():
        told = 1
        while told:
            with transaction():
                told = hand_out(open_round(), MAIN, at=now())
        db.session.remove()


def taken(email=None):
    """The applications of the round, or the one of a pupil."""
    entries = db.session.query(RoundEntry).filter_by(round_id=open_round().id)
    if email:
        entries = entries.join(RoundEntry.pupil).filter(User.email == email)
    return [entry.application for entry in entries if entry.application]


def sign_for_the_school(site):
    """The school signs for all, and all but the two confirm what they got."""
    with site.app.app_context():
        query = db.session.query(User).filter_by(email="koordination@demo.example")
        office, at = query.one(), now()
        for application in taken():
            signed = {"signed_by": "Svea Tafelbild", "signed_on": day_of(at)}
            with transaction():
                confirm_for_school(application, **signed, actor=office, at=at)
                if not application.pupil.email.endswith("@demo.example"):
                    confirm_place(application, actor=application.pupil, at=at)
        db.session.remove()


def live_on(site, *, is_over=False):
    """Moves the clock to the first day of the boy, or behind the last one of all."""
    with site.app.app_context():
        [own] = taken(BOY)
        last = max(it.period.ends_on for it in taken()) + timedelta(days=1)
        day = last if is_over else own.period.starts_on
        site.app.config["NOW"] = start_of(day) + timedelta(hours=16)
        for _step in range(2):  # what begins and what is over
            with transaction():
                follow_days({})
        with transaction():
            certify({})
        db.session.remove()


def placed(site):
    """How many of the round are in which state."""
    with site.app.app_context():
        states = Counter(it.state.value for it in taken())
        db.session.remove()
    return states


def certificates(site):
    """How many certificates there are for places of the round."""
    with site.app.app_context():
        ids = [it.id for it in taken()]
        own = Certificate.application_id.in_(ids)
        count = db.session.query(Certificate).filter(own).count()
        db.session.remove()
    return count


def firm_of(site):
    """Who acts for the company of the boy, by the name of the account."""
    with site.app.app_context():
        [own] = taken(BOY)
        member = own.internship.organisation.memberships[0].user.email
        db.session.remove()
    return member.partition("@")[0]


def test_class_goes_through_a_round(enter, site):
    fill_the_class(site)
    jonte = enter("schueler")
    jonte.go("/verteilrunden")
    jonte.follow(ROUND)
    jonte.reads("Eine lange Liste schadet nie", "Hash des Loses")
    jonte.follow("Deine Wünsche")
    jonte.fill(f"Gruppe für {SECOND}", "2")
    jonte.page.locator("main").get_by_role(
        "button", name="Liste speichern"
    ).first.click()
    jonte.reads("Deine Liste ist gespeichert.", "noch nicht gefragt")
    jonte.press("Liste nach Hause schicken")
    jonte.reads("Der Brief nach Hause ist unterwegs.")

    petra = enter()
    petra.go(site.link_in_last_letter("eltern@demo.example"))
    petra.heads("die Wunschliste von Jonte")
    petra.reads("Vor der Verteilung: nichts", WANTED, SECOND)
    petra.press("Auswahl freigeben")
    petra.reads("Ihre Antwort ist angekommen", "freigegeben")

    mila = enter("schuelerin")
    mila.go("/verteilrunden")
    mila.follow(ROUND)
    mila.follow("Deine Wünsche")
    mila.page.locator("main").get_by_role("button", name="Runter").first.click()
    mila.heads("Deine Wünsche")
    mila.reads(WANTED)
    mila.page.locator("main").get_by_role("button", name="Hoch").last.click()
    mila.heads("Deine Wünsche")

    let_it_close(site)
    konrad = enter("koordination", width=1280)
    konrad.go("/verteilrunden")
    konrad.follow(ROUND)
    konrad.reads("25")
    konrad.fill("Was wurde gezogen?", "4 8 15 16 23 42")
    konrad.press("Auslosen")
    konrad.reads("Noch sieht das Ergebnis niemand", "Beide Regeln")
    konrad.reads_nothing_of("Jonte", "Musterkind")
    konrad.press("Veröffentlichen")
    konrad.reads("Veröffentlicht. Die Plätze werden jetzt vergeben.")
    give_out(site)

    jonte.go("/verteilrunden")
    jonte.follow(ROUND)
    jonte.reads("Startwert")
    jonte.follow("Dein Ergebnis")
    jonte.reads(f"Du hast einen Platz: {WANTED}", "Dein Losrang")
    sign_for_the_school(site)
    mila.go("/verteilrunden")
    mila.follow(ROUND)
    mila.follow("Dein Ergebnis")
    for pupil in (jonte, mila):
        pupil.follow("Ansehen und bestätigen")
        pupil.press("Platz bestätigen")
        pupil.reads("Bestätigt. Der Platz ist deiner.")
    assert placed(site) == {"confirmed": CLASS}

    live_on(site)
    boss = enter(firm_of(site))
    boss.go("/bewerbungen")
    jontes = boss.page.locator("main a", has_text="Jonte")
    while not jontes.count():  # a class is more than one page
        boss.follow("Weitere zeigen")
    jontes.first.click()
    boss.follow("Liste: wer kommt, wer da ist")
    boss.reads("Jonte Musterkind")
    boss.tick("da")
    boss.press("Speichern")
    boss.reads("Gespeichert.")

    live_on(site, is_over=True)
    assert placed(site) == {"attended": CLASS}
    assert certificates(site) == CLASS
    jonte = enter("schueler")
    jonte.go("/bewerbungen")
    jonte.page.locator("main a", has_text=WANTED).first.click()
    jonte.follow("Deine Unterlagen")
    jonte.reads("Dein Nachweis")
    paper = Paper(jonte.page.request.get(f"{jonte.page.url}/nachweis.pdf").body())
    assert "Jonte Musterkind" in paper.text
