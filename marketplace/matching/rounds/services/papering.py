"""A list that was signed by hand: the office has seen the signature and enters it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.signing import require_patience
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import plain_code, sheet_code
from marketplace.matching.rounds.models import RoundEntry
from marketplace.matching.rounds.rules import is_coordinator, people_at_home
from marketplace.matching.rounds.services.consenting import answer_list
from marketplace.people.accounts.models import User
from marketplace.people.accounts.services.sign_ins import note_failure

SECOND = 2


@dataclass(frozen=True, kw_only=True)
class SignedList:
    """What stands on a signed sheet: who, when, and at which companies a cross."""

    code: str
    signed_by: str
    signed_on: date
    firms: Collection[int]


def codes_of(entry: RoundEntry, key: bytes) -> dict[int, str]:
    """The code on the sheet of each who is asked at home, by her number."""
    return {
        one.no: sheet_code(f"list-{one.no}", entry.public_id, key)
        for one in people_at_home(entry)
    }


def enter_list(
    entry: RoundEntry, paper: SignedList, *, key: bytes, actor: User, at: datetime
) -> None:
    """Notes the yes of a guardian to the companies that have a cross on her sheet.

    Whoever guesses codes has to wait as at sign-in. The others on the list stay open.
    """
    if not is_coordinator(actor):
        raise Refusal(_("Das macht die Koordinationsstelle."))
    target = f"paper:{actor.id}"
    require_patience(target, at=at)
    known = {plain_code(code): no for no, code in codes_of(entry, key).items()}
    number = known.get(plain_code(paper.code))
    if number is None:
        note_failure(target, at=at)
        raise Refusal(_("Dieser Code gehört nicht zu dieser Liste."))
    if number == SECOND and not entry.second_guardian_name:
        entry.second_guardian_name = paper.signed_by
    signature = Signature(
        way=ApprovalWay.PAPER,
        name=paper.signed_by,
        user=actor,
        signed_on=paper.signed_on,
        guardian_no=number,
    )
    answer_list(entry, paper.firms, signature, at=at)
