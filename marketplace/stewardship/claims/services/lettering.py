"""Letters that bring a code or a link."""

from collections.abc import Sequence
from datetime import datetime

from segno import make_qr

from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import afterwards, db
from marketplace.foundation.documents import document
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.foundation.tokens import hash_of, new_paper_code, plain_code
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import failures_since
from marketplace.people.accounts.services.sign_ins import ACCOUNT_WINDOW, note_failure
from marketplace.people.organisations.models import Organisation
from marketplace.stewardship.claims.enums import LetterWay
from marketplace.stewardship.claims.mails import claim_letter
from marketplace.stewardship.claims.models import ClaimLetter
from marketplace.stewardship.claims.queries import all_hints_of, letter_with
from marketplace.stewardship.claims.rules import is_claimable
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue

VALID_DAYS = 90
# So many letters are printed at once, and so many hints are named in one.
MOST_LETTERS = 50
NAMED_HINTS = 8
# A school class that types from one place has few typing errors; a guesser has many.
MOST_FAILURES = 20


def print_letters(
    organisations: Sequence[Organisation], *, address: str, actor: User, at: datetime
) -> bytes:
    """Makes one letter each, as pages of one PDF; the codes are nowhere else.

    `address` is where a code is entered. Refuses whoever has people already.
    """
    if not 0 < len(organisations) <= MOST_LETTERS:
        raise Refusal(
            _("Wählen Sie zwischen 1 und %(most)s Organisationen.", most=MOST_LETTERS)
        )
    pages = []
    for organisation in organisations:
        code = new_paper_code()
        letter = _letter(organisation, LetterWay.PAPER, actor=actor, at=at)
        letter.code_hash = hash_of(plain_code(code))
        pages.append(_page(letter, code))
    shown = address.partition("://")[2]
    data = {"letters": pages, "address": shown, "qr": make_qr(address).svg_inline()}
    data["day"] = f"{day_of(at):%d.%m.%Y}"
    return document("claim_letter", title="Briefe zur Übernahme", data=data, at=at)


def mail_letter(
    organisation: Organisation, recipient: str, *, actor: User, at: datetime
) -> ClaimLetter:
    """Sends a letter with a link to an address that the office knows."""
    letter = _letter(organisation, LetterWay.MAIL, actor=actor, at=at)
    letter.recipient = recipient.strip().lower()
    titles = [hint.title for hint in all_hints_of(organisation)[:NAMED_HINTS]]
    queue(claim_letter(letter, titles, letter.valid_until), [letter.recipient], at=at)
    return letter


def opened_letter(secret: str, *, came_from: str, at: datetime) -> ClaimLetter | None:
    """The letter of a code or link, noted as opened; guessing asks for patience."""
    target = f"claim:{came_from}"
    count, oldest = failures_since(target, at - ACCOUNT_WINDOW)
    if count >= MOST_FAILURES and oldest:
        seconds = max(1, int((oldest + ACCOUNT_WINDOW - at).total_seconds()))
        raise TooMany(
            _("Das waren zu viele Versuche. In einigen Minuten geht es weiter."),
            seconds=seconds,
        )
    letter = letter_with(secret)
    if letter is None:
        note_failure(target, at=at)
        return None
    if letter.opened_at is None:
        number = letter.id
        afterwards(lambda: _note_opened(number, at))
    return letter


def _note_opened(number: int, at: datetime) -> None:
    letter = db.session.get(ClaimLetter, number)
    if letter and letter.opened_at is None:
        letter.opened_at = at


def _letter(
    organisation: Organisation, way: LetterWay, *, actor: User, at: datetime
) -> ClaimLetter:
    if not is_claimable(organisation):
        raise Refusal(
            _("%(name)s hat hier schon eigene Leute.", name=organisation.name)
        )
    letter = ClaimLetter(
        organisation=organisation,
        way=way,
        made_by=actor,
        made_at=at,
        valid_until=days_after(at, VALID_DAYS),
    )
    db.session.add(letter)
    db.session.flush()  # the record and the link need its id
    record("claim_letter.made", letter, actor=actor, at=at)
    return letter


def _page(letter: ClaimLetter, code: str) -> dict[str, object]:
    organisation = letter.organisation
    site = organisation.sites[0] if organisation.sites else None
    hints = all_hints_of(organisation)
    return {
        "name": organisation.name,
        "street": site.street if site else "",
        "town": site.town if site else "",
        "source": organisation.source,
        "hints": [hint.title for hint in hints[:NAMED_HINTS]],
        "more": max(len(hints) - NAMED_HINTS, 0),
        "code": code,
        "until": f"{day_of(letter.valid_until):%d.%m.%Y}",
    }
