"""The core of the site in easy German: one page a question, one thought a sentence.

Written by the usual rules: short main clauses, known words, compounds taken apart by
a hyphen, the reader addressed. What is a setting stands as `{its_name}`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Some sentences under one heading, with the icon that stands beside them."""

    icon: str
    title: str
    sentences: tuple[str, ...]
    # Where one does it: words and endpoint.
    way: tuple[str, str] | None = None


@dataclass(frozen=True)
class EasyPage:
    """One question; its name is the word of its address."""

    name: str
    title: str
    icon: str
    parts: tuple[Part, ...]


WHAT = EasyPage(
    "",
    "Leichte Sprache",
    "info",
    (
        Part(
            "info",
            "Was ist diese Seite?",
            (
                "Diese Seite heißt MINT-Börse Mittel-Deutschland.",
                "Hier findest du ein Praktikum.",
                "Ein Praktikum heißt: Du arbeitest einige Tage in einem Betrieb.",
                "So lernst du einen Beruf kennen.",
                "Hier findest du auch Labore, Vereine und Museen zum Mitmachen.",
                "Die Seite kostet dich nichts.",
            ),
        ),
        Part(
            "topic-t",
            "Was heißt MINT?",
            (
                "M steht für Mathematik.",
                "I steht für Informatik.",
                "Dabei geht es um Computer.",
                "N steht für Natur-Wissenschaft.",
                "Das sind zum Beispiel Pflanzen, Sterne und Chemie.",
                "T steht für Technik.",
                "Dabei baut und repariert man Dinge.",
            ),
        ),
        Part(
            "pin",
            "Für wen ist diese Seite?",
            (
                "Die Seite ist für Schülerinnen und Schüler.",
                "Auch Eltern, Schulen und Betriebe benutzen sie.",
                "Alle Orte liegen in 3 Bundes-Ländern.",
                "Sie heißen Sachsen, Sachsen-Anhalt und Thüringen.",
            ),
        ),
    ),
)

FIND = EasyPage(
    "platz-finden",
    "Wie finde ich einen Platz?",
    "search",
    (
        Part(
            "search",
            "Du suchst",
            (
                "Schreib ein Wort in das Such-Feld.",
                "Zum Beispiel: Tiere, Computer oder Bauen.",
                "Schreib auch deinen Ort dazu.",
                "Dann siehst du Plätze in deiner Nähe.",
            ),
            ("Zur Suche", "finding.index"),
        ),
        Part(
            "bookmark",
            "Du hast noch keine Idee",
            (
                "Das macht nichts.",
                "Sag uns, was du gern machst.",
                "Wir zeigen dir Berufe dazu.",
            ),
            ("Zu den Berufen", "occupations.index"),
        ),
        Part(
            "person",
            "Du bewirbst dich",
            (
                "Dir gefällt ein Praktikum?",
                "Dann drück auf: Jetzt bewerben.",
                "Dafür brauchst du ein Konto.",
                "Ein Konto heißt: Du hast eine E-Mail-Adresse und ein Pass-Wort.",
                "Danach stellen wir dir einige Fragen.",
                "Zum Beispiel: In welcher Woche möchtest du kommen?",
                "Du brauchst kein Foto und kein Zeugnis.",
            ),
            ("Zu den Praktika", "internships.index"),
        ),
        Part(
            "clock",
            "Danach wartest du",
            (
                "Bist du unter 18 Jahre alt?",
                "Dann fragen wir zuerst deine Eltern.",
                "Sagen sie Ja, liest der Betrieb deine Bewerbung.",
                "Der Betrieb hat {answer_days} Tage Zeit.",
                "Dann bekommst du eine Antwort.",
                "Sagt er Ja, musst du noch zusagen.",
                "Dafür hast du meist {confirm_days} Tage.",
                "Deine Antworten stehen in deinem Konto.",
                "Du bekommst auch eine E-Mail.",
            ),
        ),
    ),
)

PARENTS = EasyPage(
    "eltern",
    "Was machen meine Eltern?",
    "mentors",
    (
        Part(
            "shield",
            "Deine Eltern entscheiden mit",
            (
                "Du bist noch keine 18 Jahre alt?",
                "Dann müssen deine Eltern Ja sagen.",
                "Vorher liest kein Betrieb deine Bewerbung.",
                "Eltern heißt hier auch: Wer für dich sorgt.",
            ),
        ),
        Part(
            "check",
            "So sagen sie Ja",
            (
                "Du schreibst die E-Mail-Adresse deiner Eltern auf.",
                "Deine Eltern bekommen eine E-Mail von uns.",
                "Darin ist ein Link.",
                "Mit dem Link lesen sie deine Bewerbung.",
                "Dann sagen sie Ja oder Nein.",
                "Sie brauchen dafür kein Konto.",
                "Nach {approval_days} Tagen ohne Antwort löschen wir die Bewerbung.",
            ),
        ),
        Part(
            "close",
            "Sie sagen Nein",
            (
                "Dann erfährt der Betrieb nichts davon.",
                "Sprich mit deinen Eltern darüber.",
                "Vielleicht gefällt ihnen ein anderer Platz.",
            ),
        ),
        Part(
            "pin",
            "Sie haben später Bedenken",
            (
                "Deine Eltern können ihr Ja zurück-nehmen.",
                "Das geht zu jeder Zeit.",
            ),
        ),
    ),
)

COMPANY = EasyPage(
    "betrieb",
    "Was macht ein Betrieb?",
    "venue",
    (
        Part(
            "venue",
            "Der Betrieb bietet einen Platz an",
            (
                "Er schreibt auf, was man dort macht.",
                "Er nennt die Tage und die Uhr-Zeit.",
                "Er sagt, wer dich betreut.",
                "Wir prüfen jeden Betrieb.",
                "Erst danach stehen seine Plätze auf der Seite.",
            ),
        ),
        Part(
            "clock",
            "Der Betrieb antwortet",
            (
                "Er liest deine Bewerbung.",
                "Dann sagt er Ja oder Nein.",
                "Er hat dafür {answer_days} Tage Zeit.",
                "Antwortet er nicht, fragen wir nach.",
            ),
        ),
        Part(
            "person",
            "Was der Betrieb von dir weiß",
            (
                "Zuerst liest er deinen Vor-Namen.",
                "Er liest deine Klasse oder dein ungefähres Alter.",
                "Er liest deine Schul-Art und deinen Land-Kreis.",
                "Er liest, wann du kommen willst.",
                "Er liest auch deine Interessen und deinen Text.",
                "Nach der Zusage liest er deinen ganzen Namen.",
                "Und er liest die Telefon-Nummer deiner Eltern.",
                "Deine Straße erfährt er nicht.",
                "Dein Geburts-Datum erfährt er auch nicht.",
            ),
        ),
    ),
)

RIGHTS = EasyPage(
    "rechte",
    "Meine Rechte",
    "shield",
    (
        Part(
            "clock",
            "Deine Zeit im Praktikum",
            (
                "Es gibt Gesetze für junge Menschen.",
                "Daran muss sich jeder Betrieb halten.",
                "Du arbeitest nicht in der Nacht.",
                "Du arbeitest nicht zu lange am Tag.",
                "Du machst Pausen.",
                "Deine Zeiten stehen vorher fest.",
            ),
        ),
        Part(
            "shield",
            "Du bist sicher",
            (
                "Gefährliche Arbeit ist verboten.",
                "Ein Mensch im Betrieb passt auf dich auf.",
                "Seinen Namen erfährst du vorher.",
                "Niemand darf dich anfassen oder beleidigen.",
                "Niemand darf Geld von dir verlangen.",
            ),
        ),
        Part(
            "bookmark",
            "Deine Daten gehören dir",
            (
                "Dein Konto ist nicht öffentlich.",
                "Du kannst eine Bewerbung zurück-ziehen.",
                "Du kannst dein Konto löschen.",
                "Du kannst alle deine Daten bekommen.",
                "Das steht in deinem Konto unter: Meine Daten.",
            ),
            ("Mehr zum Datenschutz", "pages.privacy"),
        ),
    ),
)

HELP = EasyPage(
    "hilfe",
    "Wer hilft mir?",
    "info",
    (
        Part(
            "warn",
            "Du bist in Gefahr",
            (
                "Ruf sofort an: {emergency_numbers}.",
                "Das kostet nichts.",
            ),
        ),
        Part(
            "info",
            "Etwas stimmt nicht",
            (
                "Auf dieser Seite steht etwas Falsches?",
                "Oder ein Betrieb behandelt dich schlecht?",
                "Dann sag es uns.",
                "Drück unten auf der Seite auf: Melden.",
                "Wir lesen jede Meldung.",
            ),
            ("Etwas melden", "moderation.new"),
        ),
        Part(
            "mentors",
            "Du hast eine Frage",
            (
                "Frag deine Eltern, deine Lehrerin oder deinen Lehrer.",
                "Du kannst auch uns fragen.",
                "Wir heißen: Koordinations-Stelle.",
                "Unsere Adresse findest du im Impressum.",
            ),
            ("Zum Impressum", "pages.imprint"),
        ),
    ),
)

PAGES = (WHAT, FIND, PARENTS, COMPANY, RIGHTS, HELP)
