from marketplace.encounters.applications.enums import ApplicationState, Side
from marketplace.foundation.language import NamedEnum, lazy


class Party(NamedEnum):
    """Who signs an agreement, in this order."""

    COMPANY = "company", lazy("Unternehmen")
    SCHOOL = "school", lazy("Schule")
    GUARDIAN = "guardian", lazy("Eltern")
    # Where the office asks for two.
    SECOND_GUARDIAN = "second_guardian", lazy("Eltern, zweite Person")
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
# Which of the guardians that were named signs as which party.
AT_HOME = {1: Party.GUARDIAN, 2: Party.SECOND_GUARDIAN}
# While these last, an agreement is made, renewed and signed.
AGREED = frozenset({ApplicationState.CONFIRMED, ApplicationState.RUNNING})
# Afterwards there is a certificate.
CERTIFIED = frozenset({ApplicationState.ATTENDED, ApplicationState.PARTLY})
