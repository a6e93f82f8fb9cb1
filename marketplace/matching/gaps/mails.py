from marketplace.foundation.language import in_german as _
from marketplace.matching.gaps.models import CallLetter
from marketplace.matching.gaps.rules import thing_in_german
from marketplace.region.lines.enums import UNITS
from marketplace.upkeep.mail.models import Letter


def company_called(letter: CallLetter) -> Letter:
    """Tells a company what is missing nearby, and where it answers."""
    gap = letter.call.gap
    thing = thing_in_german(gap.kind, gap.item)
    subject = _("Können Sie helfen? Es fehlt: %(thing)s", thing=thing)
    amount = ""
    if gap.missing is not None and gap.asked is not None:
        unit = _(UNITS[gap.kind])
        amount = _("%(missing)s von %(asked)s %(unit)s", **_numbers(letter), unit=unit)
    context = {
        "key": letter.public_id,
        "firm": letter.organisation.name,
        "provider": gap.organisation.name if gap.organisation else "",
        "offer": gap.offer.title if gap.offer else "",
        "place": gap.offer.place_name if gap.offer else "",
        "thing": thing,
        "amount": amount,
        "words": letter.call.words,
    }
    return Letter("gap_called", subject, context)


def call_answered(letter: CallLetter) -> Letter:
    """Tells the office that a company would like to help."""
    subject = _("%(name)s möchte helfen", name=letter.organisation.name)
    gap = letter.call.gap
    context = {
        "gap_id": gap.id,
        "firm": letter.organisation.name,
        "thing": thing_in_german(gap.kind, gap.item),
        "provider": gap.organisation.name if gap.organisation else "",
    }
    return Letter("gap_call_answered", subject, context)


def _numbers(letter: CallLetter) -> dict[str, int | None]:
    return {"missing": letter.call.gap.missing, "asked": letter.call.gap.asked}
