from marketplace.foundation.language import NamedEnum, lazy


class LetterState(NamedEnum):
    """How far a letter has come.

        send                          ten tries
    waiting ---> sent (or shown)   waiting -------> parked ---again---> waiting
    """

    WAITING = "waiting", lazy("wartet")
    SENT = "sent", lazy("verschickt")
    # Demo mode without a mail server: the outbox page shows the whole letter.
    SHOWN = "shown", lazy("liegt im Postausgang")
    PARKED = "parked", lazy("nicht zustellbar")
