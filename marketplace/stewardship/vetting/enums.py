from marketplace.foundation.language import NamedEnum, lazy


class Duty(NamedEnum):
    """What a person does for which the certificate is asked."""

    OVERNIGHT = "overnight", lazy("Fahrt mit Übernachtung")
    ONE_TO_ONE = "one_to_one", lazy("allein mit einem jungen Menschen")
    SERIES = "series", lazy("Leitung von fünf oder mehr Terminen")
