from marketplace.foundation.language import NamedEnum, lazy


class LinkState(NamedEnum):
    """What an address said last."""

    UNASKED = "unasked", lazy("noch nicht gefragt")
    ALIVE = "alive", lazy("erreichbar")
    GONE = "gone", lazy("Seite nicht gefunden")
    SILENT = "silent", lazy("antwortet nicht")
    # The address itself is wrong, or its name is nobody's: nothing could be asked.
    FAULTY = "faulty", lazy("falsch geschrieben")
    UNKNOWN = "unknown", lazy("Name unbekannt")
    # It leads inside, so that nothing may be asked.
    BARRED = "barred", lazy("keine öffentliche Webadresse")


FAILED = (
    LinkState.GONE,
    LinkState.SILENT,
    LinkState.FAULTY,
    LinkState.UNKNOWN,
    LinkState.BARRED,
)
