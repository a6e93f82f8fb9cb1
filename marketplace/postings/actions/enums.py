from marketplace.foundation.language import NamedEnum, lazy


class Standing(NamedEnum):
    """Whether an action exists in a state."""

    OPEN = "open", lazy("offen")
    EXISTS = "exists", lazy("gibt es")
    ABSENT = "absent", lazy("gibt es nicht")
