"""What each kind of paper says of three people, and of what it is silent there."""

WEEK, SCHOOL_DAYS = "1. bis 5. Februar 2027", "8. bis 12. März 2027"
BY_SCHOOL, CODE = "Sekundarschule Nord", "abcd-efgh-jkmn"
OF_ADULTS = ("§ 5 ArbSchG", "§ 12 ArbSchG")
OF_MINORS = ("§ 28a JArbSchG", "§ 29 JArbSchG", "Eltern informiert")
AGREED = {
    "mia": (
        [
            *("Mia Sonnenschein, Klasse 10", "Optik Jena", "Ute Muster"),
            *(WEEK, "6 Stunden", "Du schleifst eine Linse."),
            *("freiwilliges Praktikum", "Geburtsdatum", "informiert die Eltern"),
        ],
        ["Schulveranstaltung", "12 ArbSchG"],
    ),
    "emil": (
        [
            *("Emil Zahnrad, Klasse 8", "Getriebebau Harz", "Jens Zahnrad"),
            *(SCHOOL_DAYS, "3,5 Stunden", "Du feilst ein Zahnrad."),
            *("9:00 bis 12:30 Uhr", BY_SCHOOL, "Schulpraktikum"),
            *("Das Praktikum ist eine Schulveranstaltung.", "Geburtsdatum"),
        ],
        ["freiwillig", "Pause 1"],
    ),
    "ada": (
        [
            *("Ada Größel, Klasse 12", "Rechenwerk", "7,5 Stunden"),
            "8:00 bis 16:30 Uhr, Pause 10:00 bis 10:15 und 12:00 bis 12:45 Uhr",
            *("Sie schreiben ein Programm.", "§§ 5, 12 ArbSchG"),
        ],
        ["Eltern", "Sorgeberechtigt", "Geburtsdatum", "JArbSchG"],
    ),
}
TOLD_AT_HOME = {
    "mia": (
        ["Mia Sonnenschein", "Optik Jena", WEEK, "Du schleifst eine Linse."],
        ["Ute Muster"],
    ),
    "emil": (
        [
            *("Emil Zahnrad", "Getriebebau Harz", SCHOOL_DAYS, "9:00 bis 12:30 Uhr"),
            "Du feilst ein Zahnrad.",
        ],
        ["Jens Zahnrad", BY_SCHOOL],
    ),
}
RELEASED = {
    "mia": (["Mia Sonnenschein", "10", "Optik Jena", WEEK, CODE, "Eltern"], []),
    "ada": (["Ada Größel", "12", "Rechenwerk", WEEK, CODE], ["Eltern"]),
}
INSTRUCTED = {
    "mia": (["Mia Sonnenschein", "Optik Jena", WEEK, *OF_MINORS], [*OF_ADULTS]),
    "emil": (
        ["Emil Zahnrad", "Getriebebau Harz", SCHOOL_DAYS, *OF_MINORS],
        [*OF_ADULTS, "Jens Zahnrad", BY_SCHOOL],
    ),
    "ada": (["Ada Größel", "Rechenwerk", WEEK, *OF_ADULTS], ["JArbSchG", "Eltern"]),
}
CERTIFIED = {
    "mia": (
        [
            *("Mia Sonnenschein", "Optik Jena", "5 Tage", "30 Stunden", WEEK),
            *("Du schleifst eine Linse.", "freiwilliges Praktikum"),
        ],
        ["Ute Muster", "Schulpraktikum", "Klasse"],
    ),
    "emil": (
        [
            *("Emil Zahnrad", "Getriebebau Harz", "5 Tage", "17,5 Stunden"),
            *(SCHOOL_DAYS, "Du feilst ein Zahnrad.", "Schulpraktikum"),
        ],
        ["Jens Zahnrad", BY_SCHOOL, "freiwillig", "Klasse"],
    ),
    "ada": (
        [
            *("Ada Größel", "Rechenwerk", "5 Tage", "37,5 Stunden", WEEK),
            "Sie schreiben ein Programm.",
        ],
        ["Klasse", "Schulpraktikum"],
    ),
}
HUNG_UP = {
    "mia": (["Praktikum bei Optik Jena", "Du schleifst eine Linse.", WEEK], []),
    "emil": (
        [
            *("Praktikum bei Getriebebau Harz", "Du feilst ein Zahnrad."),
            *(SCHOOL_DAYS, "9:00 bis 12:30 Uhr"),
        ],
        [BY_SCHOOL],
    ),
    "ada": (["Praktikum bei Rechenwerk", "Sie schreiben ein Programm.", WEEK], []),
}
# By these words one would know the other two.
KNOWN_BY = {
    "mia": ("Sonnenschein", "Optik Jena", "Ute Muster", "Linse"),
    "emil": ("Emil", "Getriebebau", "Jens Zahnrad", BY_SCHOOL, "feilst"),
    "ada": ("Ada", "Größel", "Rechenwerk", "Programm"),
}
