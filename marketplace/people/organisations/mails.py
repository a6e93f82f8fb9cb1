from datetime import timedelta

from marketplace.foundation.language import in_german as _
from marketplace.people.organisations.models import Invitation, Organisation
from marketplace.upkeep.mail.models import Letter, LinkRequest

# What the link of an invitation is good for, and how long.
INVITATION = "invitation"
INVITATION_TIME = timedelta(days=7)


def organisation_registered(organisation: Organisation) -> Letter:
    """Asks the office to verify a new organisation."""
    subject = _("Bitte prüfen: %(name)s", name=organisation.name)
    return Letter("organisation_registered", subject, _words(organisation))


def organisation_verified(organisation: Organisation) -> Letter:
    """Tells the members that their organisation is public now."""
    subject = _("Geprüft: %(name)s", name=organisation.name)
    return Letter("organisation_verified", subject, _words(organisation))


def organisation_renamed(organisation: Organisation, old: str, words: str) -> Letter:
    """Tells those who decide that the office gave their organisation another name."""
    subject = _("Neuer Name: %(name)s", name=organisation.name)
    context = _words(organisation, words) | {"old": old}
    return Letter("organisation_renamed", subject, context)


def organisation_returned(organisation: Organisation, words: str) -> Letter:
    """Tells the members what the office still needs."""
    subject = _("Noch eine Frage zu %(name)s", name=organisation.name)
    return Letter("organisation_returned", subject, _words(organisation, words))


def invited(invitation: Invitation, inviter: str) -> Letter:
    """Asks an address, with an account or without, to act for an organisation."""
    organisation = invitation.organisation
    subject = _("Einladung: für %(name)s handeln", name=organisation.name)
    link = LinkRequest(
        INVITATION, invitation.id, "invitations.show", invitation.valid_until
    )
    words = _words(organisation) | {"inviter": inviter}
    return Letter("organisation_invited", subject, words, link)


def member_joined(organisation: Organisation, member: str) -> Letter:
    """Tells those who decide that somebody accepted."""
    subject = _("Neues Mitglied bei %(name)s", name=organisation.name)
    words = _words(organisation) | {"member": member}
    return Letter("organisation_joined", subject, words)


def member_trusted(organisation: Organisation) -> Letter:
    """Tells a member that she decides on places and members now."""
    subject = _("Sie verwalten jetzt %(name)s", name=organisation.name)
    return Letter("organisation_trusted", subject, _words(organisation))


def member_removed(organisation: Organisation) -> Letter:
    """Tells somebody that she acts for an organisation no longer."""
    subject = _("Sie handeln nicht mehr für %(name)s", name=organisation.name)
    return Letter("organisation_removed", subject, _words(organisation))


def member_left(organisation: Organisation, member: str) -> Letter:
    """Tells those who decide that somebody went."""
    subject = _("%(name)s: jemand ist ausgetreten", name=organisation.name)
    words = _words(organisation) | {"member": member}
    return Letter("organisation_left", subject, words)


def _words(organisation: Organisation, words: str = "") -> dict[str, str]:
    return {
        "key": organisation.public_id,
        "name": organisation.name,
        "words": words,
    }
