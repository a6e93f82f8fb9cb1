from marketplace.foundation.language import NamedEnum, lazy


class LinkState(NamedEnum):
    """What an address said last."""

    UNASKED = "unasked", lazy("noch nicht gefragt")
    ALIVE = "alive", lazy("erreichbar")
    GONE = "gone", lazy("Seite nicht gefunden")
    SILENT = "silent", lazy("antwortet nicht")
    BARRED = "barred", lazy("keine öffentliche Webadresse")


FAILED = (LinkState.GONE, LinkState.SILENT, LinkState.BARRED)
