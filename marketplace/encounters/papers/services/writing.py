"""Who is asked for the next signature, and who hears that all have signed."""

from datetime import datetime

from marketplace.encounters.applications.services.moving import write_one_guardian
from marketplace.encounters.papers import mails
from marketplace.encounters.papers.enums import AT_HOME, Party
from marketplace.encounters.papers.models import Agreement
from marketplace.encounters.papers.queries import has_school_account
from marketplace.encounters.papers.rules import next_party, words_of
from marketplace.foundation.clock import day_of
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.schools.queries import staff_addresses
from marketplace.upkeep.mail.services import queue

NUMBERS = {party: number for number, party in AT_HOME.items()}


def ask_next(agreement: Agreement, *, at: datetime) -> None:
    """Writes to whoever has to sign next; of two guardians to one after the other."""
    has_school = has_school_account(agreement.application)
    turn = next_party(agreement, day_of(at), has_school_account=has_school)
    letters = {
        Party.COMPANY: mails.agreement_asked,
        Party.SCHOOL: mails.agreement_asked,
        Party.PUPIL: mails.agreement_asked_pupil,
    }
    if turn in NUMBERS:
        letter = mails.agreement_asked_guardian(agreement)
        write_one_guardian(letter, agreement.application, NUMBERS[turn], at=at)
    elif turn:
        queue(letters[turn](agreement), _recipients(agreement, turn), at=at)


def tell_all(agreement: Agreement, *, at: datetime) -> None:
    """Writes to everybody that the agreement is complete."""
    letters = {
        Party.COMPANY: mails.agreement_signed,
        Party.SCHOOL: mails.agreement_signed,
        Party.PUPIL: mails.agreement_signed_pupil,
    }
    named = words_of(agreement)["parties"]
    for party in (party for party in Party if party.value in named):
        if party in NUMBERS:
            letter = mails.agreement_signed_guardian(agreement)
            number = NUMBERS[party]
            write_one_guardian(letter, agreement.application, number, at=at)
        else:
            queue(letters[party](agreement), _recipients(agreement, party), at=at)


def _recipients(agreement: Agreement, party: Party) -> list[str]:
    """Where letters to a company, a school or a pupil go."""
    application = agreement.application
    pupil = application.pupil.pupil
    if party is Party.COMPANY:
        return list(addresses_of(application.internship.organisation))
    if party is Party.SCHOOL:
        key = pupil.school_id if pupil else None
        return list(staff_addresses(key)) if key else []
    return [application.pupil.email]
