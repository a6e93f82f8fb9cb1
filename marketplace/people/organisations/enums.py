from marketplace.foundation.language import NamedEnum, lazy


class OrganisationKind(NamedEnum):
    """What an organisation is; it may be several things."""

    COMPANY = "company", lazy("Unternehmen")
    PROVIDER = "provider", lazy("Anbieter von MINT-Angeboten")
    SCHOOL = "school", lazy("Schule")
    ASSOCIATION = "association", lazy("Verein oder Verband")
    AUTHORITY = "authority", lazy("Behörde oder Kommune")


class OrganisationState(NamedEnum):
    """How far an organisation has come.

        register            verify
    ---> registered ---------------> verified <---thaw--- frozen
              |   <---return--- (with words)  ---freeze-->
    imported: taken over from a file, known by name alone, until it is claimed.
    """

    IMPORTED = "imported", lazy("aus einer Quelle übernommen")
    REGISTERED = "registered", lazy("in Prüfung")
    VERIFIED = "verified", lazy("geprüft")
    FROZEN = "frozen", lazy("gesperrt")


class InvitationState(NamedEnum):
    """What became of an invitation; one that is too old counts as ended."""

    OPEN = "open", lazy("offen")
    ACCEPTED = "accepted", lazy("angenommen")
    REVOKED = "revoked", lazy("zurückgezogen")
