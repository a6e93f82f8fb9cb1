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

        register            verify, once both steps are noted
    ---> registered ---------------> verified <---thaw--- frozen
              |   <---return--- (with words)  ---freeze-->
    imported: taken over from a file, known by name alone, until somebody who acts for
    it claims it; then it is registered, and imported again if the office undoes that.
    """

    IMPORTED = "imported", lazy("aus einer Quelle übernommen")
    REGISTERED = "registered", lazy("in Prüfung")
    VERIFIED = "verified", lazy("geprüft")
    FROZEN = "frozen", lazy("gesperrt")


class ContactWay(NamedEnum):
    """How others reach an organisation."""

    BROKERED = "brokered", lazy("über die Koordinationsstelle, wenn beide zusagen")
    PUBLIC = "public", lazy("öffentlich auf der Seite der Organisation")


class Language(NamedEnum):
    """Languages in which one can talk to an organisation; grows at its end alone."""

    GERMAN = "de", lazy("Deutsch")
    EASY_GERMAN = "de_easy", lazy("Leichte Sprache")
    SIGN = "dgs", lazy("Deutsche Gebärdensprache")
    SORBIAN = "hsb", lazy("Sorbisch")
    ENGLISH = "en", lazy("Englisch")
    UKRAINIAN = "uk", lazy("Ukrainisch")
    RUSSIAN = "ru", lazy("Russisch")
    ARABIC = "ar", lazy("Arabisch")
    POLISH = "pl", lazy("Polnisch")
    CZECH = "cs", lazy("Tschechisch")
    VIETNAMESE = "vi", lazy("Vietnamesisch")
    TURKISH = "tr", lazy("Türkisch")
    PERSIAN = "fa", lazy("Persisch")
    FRENCH = "fr", lazy("Französisch")
    SPANISH = "es", lazy("Spanisch")


class VerificationStep(NamedEnum):
    """What the office learns before an organisation is public; both are needed."""

    REAL = "real", lazy("Es gibt sie")
    REACHED = "reached", lazy("Sie ist es, die sich anmeldet")


class CheckWay(NamedEnum):
    """How the office learned it."""

    REGISTER = "register", lazy("Register angesehen")
    IMPRINT = "imprint", lazy("Impressum angesehen")
    CALL_BACK = "call_back", lazy("Zurückgerufen")
    DOMAIN_MAIL = "domain_mail", lazy("Antwort von eigener Adresse")
    CLAIM_CODE = "claim_code", lazy("Code aus unserem Brief")


# Which step a way is good for.
STEP_OF = {
    CheckWay.REGISTER: VerificationStep.REAL,
    CheckWay.IMPRINT: VerificationStep.REAL,
    CheckWay.CALL_BACK: VerificationStep.REACHED,
    CheckWay.DOMAIN_MAIL: VerificationStep.REACHED,
    CheckWay.CLAIM_CODE: VerificationStep.REACHED,
}


class InvitationState(NamedEnum):
    """What became of an invitation; one that is too old counts as ended."""

    OPEN = "open", lazy("offen")
    ACCEPTED = "accepted", lazy("angenommen")
    REVOKED = "revoked", lazy("zurückgezogen")
