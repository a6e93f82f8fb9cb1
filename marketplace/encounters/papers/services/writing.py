"""Who is asked for the next signature, and who hears that all have signed."""

from datetime import datetime

from marketplace.encounters.papers import mails
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.models import Agreement
from marketplace.encounters.papers.queries import has_school_account
from marketplace.encounters.papers.rules import next_party, words_of
from marketplace.foundation.clock import day_of
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.schools.queries import staff_addresses
from marketplace.upkeep.mail.services import queue


def ask_next(agreement: Agreement, *, at: datetime) -> None:
    """Writes to whoever has to sign next."""
    has_school = has_school_account(agreement.application)
    turn = next_party(agreement, day_of(at), has_school_account=has_school)
    letters = {
        Party.COMPANY: mails.agreement_asked,
        Party.SCHOOL: mails.agreement_asked,
        Party.GUARDIAN: mails.agreement_asked_guardian,
        Party.PUPIL: mails.agreement_asked_pupil,
    }
    if turn:
        queue(letters[turn](agreement), recipients(agreement, turn), at=at)


def tell_all(agreement: Agreement, *, at: datetime) -> None:
    """Writes to everybody that the agreement is complete."""
    letters = {
        Party.COMPANY: mails.agreement_signed,
        Party.SCHOOL: mails.agreement_signed,
        Party.GUARDIAN: mails.agreement_signed_guardian,
        Party.PUPIL: mails.agreement_signed_pupil,
    }
    named = words_of(agreement)["parties"]
    for party in (party for party in Party if party.value in named):
        queue(letters[party](agreement), recipients(agreement, party), at=at)


def recipients(agreement: Agreement, party: Party) -> list[str]:
    """Where letters to a party go; nowhere where no address is known."""
    application = agreement.application
    pupil = application.pupil.pupil
    if party is Party.COMPANY:
        return list(addresses_of(application.internship.organisation))
    if party is Party.SCHOOL:
        key = pupil.school_id if pupil else None
        return list(staff_addresses(key)) if key else []
    if party is Party.GUARDIAN:
        return [application.guardian_email] if application.guardian_email else []
    return [application.pupil.email]
