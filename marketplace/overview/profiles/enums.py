from marketplace.foundation.language import NamedEnum, lazy


class Shelf(NamedEnum):
    """The kinds of postings, by the name they have in addresses."""

    INTERNSHIPS = "praktika", lazy("Praktika")
    OFFERS = "angebote", lazy("Angebote")
    SPONSORSHIPS = "foerderungen", lazy("Förderungen")
    EVENTS = "veranstaltungen", lazy("Veranstaltungen")
    ROLEMODELS = "vorbilder", lazy("Vorbilder")
