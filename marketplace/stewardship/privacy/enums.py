from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy


class Purpose(NamedEnum):
    """What personal data are for."""

    ACCOUNT = "account", lazy("Konto und Anmeldung")
    HOME = "home", lazy("Eltern und Kinder verbinden")
    APPLICATION = "application", lazy("Bewerben und Plätze vergeben")
    PLACEMENT = "placement", lazy("Praktikum mit Papieren und Nachweis")
    SCHOOL = "school", lazy("Schule und Klassen")
    ROUND = "round", lazy("Verteilrunden")
    SEARCHING = "searching", lazy("Suchen und Merken")
    ORGANISATION = "organisation", lazy("Organisationen, ihre Einträge und Partner")
    PROTECTION = "protection", lazy("Schutz von Jugendlichen")
    REGION = "region", lazy("Aufrufe in der Region")
    FEEDBACK = "feedback", lazy("Rückmeldung ohne Namen")
    LETTERS = "letters", lazy("Briefe")
    RECORD = "record", lazy("Nachvollziehen, wer was entschieden hat")
    REPORTS = "reports", lazy("Meldungen bearbeiten")


class Kept(NamedEnum):
    """How long something stays that no row of the table of retention is about."""

    ACCOUNT = "account", lazy("bis zum Ende des Kontos")
    THING = "thing", lazy("bis zum Ende des Eintrags oder der Organisation")
    DAY = "day", lazy("einen Tag")


_CONTRACT = lazy("Nutzung des Kontos (Art. 6 Abs. 1 b DSGVO)")
_CONSENT = lazy("Einwilligung (Art. 6 Abs. 1 a DSGVO)")
_DUTY = lazy("gesetzliche Pflicht (Art. 6 Abs. 1 c DSGVO)")
_INTEREST = lazy("berechtigtes Interesse (Art. 6 Abs. 1 f DSGVO)")
# On what each rests. This is our own view: a data-protection officer reads it first.
BASES: Mapping[Purpose, LazyString] = {
    Purpose.ACCOUNT: _CONTRACT,
    Purpose.HOME: _CONTRACT,
    Purpose.APPLICATION: _CONSENT,
    Purpose.PLACEMENT: _CONTRACT,
    Purpose.SCHOOL: _CONTRACT,
    Purpose.ROUND: _CONSENT,
    Purpose.SEARCHING: _CONTRACT,
    Purpose.ORGANISATION: _CONTRACT,
    Purpose.PROTECTION: _DUTY,
    Purpose.REGION: _CONSENT,
    Purpose.FEEDBACK: _CONSENT,
    Purpose.LETTERS: _CONTRACT,
    Purpose.RECORD: _INTEREST,
    Purpose.REPORTS: _DUTY,
}
