from marketplace.foundation.language import NamedEnum, lazy


class Sign(NamedEnum):
    """Why two entries are probably one."""

    ADDRESS = "address", lazy("gleiche Webadresse")
    WORDS = "words", lazy("gleicher Titel, gleicher Ort, gleiche Zeit")


class PairState(NamedEnum):
    """What a person said about two entries."""

    WAITING = "waiting", lazy("wartet")
    MERGED = "merged", lazy("zusammengeführt")
    APART = "apart", lazy("sind zweierlei")
