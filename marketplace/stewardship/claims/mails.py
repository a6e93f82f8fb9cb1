from datetime import datetime

from marketplace.foundation.language import in_german as _
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.claims.enums import CLAIM
from marketplace.stewardship.claims.models import Claim, ClaimLetter
from marketplace.upkeep.mail.models import Letter, LinkRequest


def claim_letter(letter: ClaimLetter, titles: list[str], until: datetime) -> Letter:
    """Asks an organisation to take over what a list says of it."""
    organisation = letter.organisation
    link = LinkRequest(CLAIM, letter.id, "claims.show", until)
    subject = _("%(name)s steht in der MINT-Börse", name=organisation.name)
    context = {
        "name": organisation.name,
        "titles": titles,
        "source": organisation.source,
    }
    return Letter("claim_letter", subject, context, link)


def claim_asked(claim: Claim) -> Letter:
    """Asks the office to decide on a claim."""
    subject = _("Übernahme gewünscht: %(name)s", name=claim.organisation.name)
    return Letter("claim_asked", subject, _words(claim.organisation, claim))


def claim_granted(claim: Claim) -> Letter:
    """Tells a claimant that the drafts are there."""
    subject = _("Übernommen: %(name)s", name=claim.organisation.name)
    return Letter("claim_granted", subject, _words(claim.organisation, claim))


def claim_refused(claim: Claim, words: str) -> Letter:
    """Tells a claimant why not."""
    subject = _("Nicht übernommen: %(name)s", name=claim.organisation.name)
    return Letter("claim_refused", subject, _words(claim.organisation, claim, words))


def claim_undone(claim: Claim) -> Letter:
    """Tells a claimant that the drafts are gone again."""
    subject = _("Übernahme zurückgenommen: %(name)s", name=claim.organisation.name)
    return Letter("claim_undone", subject, _words(claim.organisation, claim))


def hint_chased(hint: Posting, words: str) -> Letter:
    """Tells whoever asked what the office learned about a hint."""
    subject = _("Nachgefragt: %(title)s", title=hint.title)
    return Letter("hint_chased", subject, {"title": hint.title, "words": words})


def _words(organisation: Organisation, claim: Claim, words: str = "") -> dict[str, str]:
    return {
        "name": organisation.name,
        "claimant": claim.claimant.name,
        "person": claim.user.name,
        "words": words,
    }
