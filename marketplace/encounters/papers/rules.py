import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import guardians_of, is_minor
from marketplace.encounters.papers.enums import (
    AGREED,
    AT_HOME,
    CERTIFIED,
    PARTIES,
    Party,
)
from marketplace.encounters.papers.models import (
    Agreement,
    Certificate,
    Instruction,
    Signature,
)
from marketplace.people.organisations.rules import is_verified
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis

# So many days before the first day the company is asked for what is missing.
REMINDER_DAYS = 3
# Who may enter a signature that stands on paper: whoever has seen it there.
WITNESSES = frozenset({Side.COMPANY, Side.SCHOOL, Side.COORDINATION})


def has_papers(application: Application, side: Side) -> bool:
    """Says whether there is anything on paper for a side: from the firm place on.

    A company reads names up to the last day, and so its papers.
    """
    is_over_there = side is Side.COMPANY and application.state in CERTIFIED
    return application.state in AGREED | CERTIFIED and not is_over_there


def parties_of(application: Application, day: date) -> list[Party]:
    """Who has to sign, in order: a school at its own events, under 18 who was asked."""
    count = application.guardians_asked if is_minor(application, day) else 0
    left_out = {party for number, party in AT_HOME.items() if number > count}
    if application.basis is not Basis.SCHOOL:
        left_out.add(Party.SCHOOL)
    return [party for party in Party if party not in left_out]


def party_of(side: Side, guardian_no: int = 1) -> Party | None:
    """As which party a side signs; of two guardians each for herself."""
    return AT_HOME[guardian_no] if side is Side.GUARDIAN else PARTIES.get(side)


def words_of(agreement: Agreement | Certificate) -> dict[str, Any]:
    """All that an agreement or a certificate says, by name."""
    words: dict[str, Any] = json.loads(agreement.words or "{}")
    return words


def signature_of(agreement: Agreement, party: Party) -> Signature | None:
    """The signature of a party, if there is one."""
    return next((it for it in agreement.signatures if it.party is party), None)


def missing_parties(agreement: Agreement, day: date) -> list[Party]:
    """Who has not signed yet; a guardian is not asked from the 18th birthday on."""
    signed = {signature.party for signature in agreement.signatures}
    named = words_of(agreement)["parties"]
    now = parties_of(agreement.application, day)
    return [p for p in now if p.value in named and p not in signed]


def next_party(
    agreement: Agreement, day: date, *, has_school_account: bool
) -> Party | None:
    """Whose turn it is on the screen; who cannot be written to signs on paper."""
    people = guardians_of(agreement.application)
    on_paper = {AT_HOME[one.no] for one in people if not one.address}
    if not has_school_account:
        on_paper.add(Party.SCHOOL)
    asked = (it for it in missing_parties(agreement, day) if it not in on_paper)
    return next(asked, None)


def is_open(agreement: Agreement) -> bool:
    """Says whether it may still be signed: not replaced, and the placement stands."""
    is_current = agreement.replaced_at is None
    return is_current and agreement.application.state in AGREED


def is_signed(agreement: Agreement, day: date) -> bool:
    """Says whether all have signed."""
    return not missing_parties(agreement, day)


def is_turn_of(
    party: Party | None, agreement: Agreement, day: date, *, has_school_account: bool
) -> bool:
    """Says whether a party may sign on the screen now."""
    turn = next_party(agreement, day, has_school_account=has_school_account)
    return is_open(agreement) and turn is not None and party is turn


def can_witness(side: Side, agreement: Agreement, day: date) -> bool:
    """Says whether a side may enter signatures that it has seen on paper."""
    is_missing = bool(missing_parties(agreement, day))
    return side in WITNESSES and is_open(agreement) and is_missing


def missing_dates(
    instruction: Instruction | None, application: Application, day: date
) -> Sequence[str]:
    """Which of the ticks before the first day have no date yet, by their column."""
    names = ["risks_assessed_on", "instructed_on"]
    if is_minor(application, day):
        names.append("guardians_told_on")
    return [name for name in names if getattr(instruction, name, None) is None]


def has_poster(internship: Internship) -> bool:
    """Says whether there is something to hang up: open to everybody now."""
    is_public = internship.state in {PostingState.PUBLISHED, PostingState.FILLED}
    return is_public and is_verified(internship.organisation)
