from marketplace.foundation.language import in_german as _
from marketplace.people.organisations.models import Organisation
from marketplace.upkeep.mail.models import Letter


def organisation_registered(organisation: Organisation) -> Letter:
    """Asks the office to verify a new organisation."""
    subject = _("Bitte prüfen: %(name)s", name=organisation.name)
    return Letter("organisation_registered", subject, _words(organisation))


def organisation_verified(organisation: Organisation) -> Letter:
    """Tells the members that their organisation is public now."""
    subject = _("Geprüft: %(name)s", name=organisation.name)
    return Letter("organisation_verified", subject, _words(organisation))


def organisation_returned(organisation: Organisation, words: str) -> Letter:
    """Tells the members what the office still needs."""
    subject = _("Noch eine Frage zu %(name)s", name=organisation.name)
    return Letter("organisation_returned", subject, _words(organisation, words))


def _words(organisation: Organisation, words: str = "") -> dict[str, str]:
    return {
        "key": organisation.public_id,
        "name": organisation.name,
        "words": words,
    }
