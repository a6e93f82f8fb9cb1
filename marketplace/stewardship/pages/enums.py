from marketplace.foundation.language import NamedEnum, lazy


class Duty(NamedEnum):
    """The pages there must be, by the word of their address."""

    IMPRINT = "impressum", lazy("Impressum")
    PRIVACY = "datenschutz", lazy("Datenschutz")
    ACCESSIBILITY = "barrierefreiheit", lazy("Barrierefreiheit")
