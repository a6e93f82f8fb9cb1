from marketplace.foundation.language import NamedEnum, lazy

# What the link in a claim letter is good for.
CLAIM = "claim"


class LetterWay(NamedEnum):
    """How a claim letter goes out."""

    PAPER = "paper", lazy("gedruckt")
    MAIL = "mail", lazy("per E-Mail")


class ClaimState(NamedEnum):
    """How far a claim has come.

    ---ask---> asked ---grant---> granted ---undo---> undone
                  +----refuse---> refused
    With a code a claim begins as granted. It is undone only while nothing that came
    of it was public, or when the organisation that made it goes for good.
    """

    ASKED = "asked", lazy("gefragt")
    GRANTED = "granted", lazy("übernommen")
    REFUSED = "refused", lazy("abgelehnt")
    UNDONE = "undone", lazy("zurückgenommen")
