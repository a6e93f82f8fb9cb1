from marketplace.foundation.language import NamedEnum, lazy


class Scope(NamedEnum):
    """What a token may do; grows at its end alone."""

    WRITE = "write", lazy("Einträge schreiben, ändern und beenden")
    MATCHES = "matches", lazy("passende Partner lesen")
