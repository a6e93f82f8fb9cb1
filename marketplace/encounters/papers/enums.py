from marketplace.encounters.applications.enums import ApplicationState, Side
from marketplace.foundation.language import NamedEnum, lazy


class Party(NamedEnum):
    """Who signs an agreement, in this order."""

    COMPANY = "company", lazy("Unternehmen")
    SCHOOL = "school", lazy("Schule")
    GUARDIAN = "guardian", lazy("Eltern")
    PUPIL = "pupil", lazy("Wer kommt")


class SignatureWay(NamedEnum):
    """How somebody signed."""

    SCREEN = "screen", lazy("am Bildschirm")
    PAPER = "paper", lazy("auf Papier")


PARTIES = {
    Side.COMPANY: Party.COMPANY,
    Side.SCHOOL: Party.SCHOOL,
    Side.GUARDIAN: Party.GUARDIAN,
    Side.PUPIL: Party.PUPIL,
}
# While these last, an agreement is made, renewed and signed.
AGREED = frozenset({ApplicationState.CONFIRMED, ApplicationState.RUNNING})
# Afterwards there is a certificate.
CERTIFIED = frozenset({ApplicationState.ATTENDED, ApplicationState.PARTLY})
