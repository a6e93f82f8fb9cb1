"""Where two guardians are asked about a list: who the other one is."""

from datetime import datetime

from marketplace.encounters.applications.rules import same_mailbox
from marketplace.foundation.database import locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds import mails
from marketplace.matching.rounds.models import RoundEntry
from marketplace.matching.rounds.rules import lacks_second, takes_wishes
from marketplace.people.accounts.models import User
from marketplace.people.guardians.queries import guardianships_for
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def name_linked(entry: RoundEntry) -> None:
    """Takes the other guardian from the accounts linked with the pupil, if one is."""
    if entry.guardians_asked == 1:
        return
    taken = _known_to(entry)
    for link in guardianships_for(entry.pupil):
        if same_mailbox(link.guardian.email) not in taken:
            entry.second_guardian_name = link.guardian.name
            entry.second_guardian_email = link.guardian.email
            return


def name_second(
    entry: RoundEntry, *, name: str, email: str, actor: User | None, at: datetime
) -> None:
    """Notes who the other guardian is, as the first one says, and asks her.

    Without an address she signs a sheet. Refuses the mailboxes of pupil and first.
    """
    entry = locked(entry)
    if not (lacks_second(entry) and takes_wishes(entry, at)):
        raise Refusal(_("Die zweite Person ist schon genannt."))
    if email and same_mailbox(email) in _known_to(entry):
        raise Refusal(_("Diese Adresse kennen wir schon. Lassen Sie das Feld leer."))
    entry.second_guardian_name, entry.second_guardian_email = name, email
    record("round.second_named", entry, actor=actor, at=at)
    if email:
        firms = [w.seat.period.internship.organisation.name for w in entry.wishes]
        letter = mails.consent_asked(entry, list(dict.fromkeys(firms)), name, at=at)
        queue(letter, [email], at=at)


def _known_to(entry: RoundEntry) -> set[str]:
    addresses = (entry.pupil.email, entry.guardian_email)
    return {same_mailbox(address) for address in addresses}
