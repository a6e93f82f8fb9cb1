from marketplace.foundation.language import NamedEnum, lazy


class Shape(NamedEnum):
    """How the days of an internship lie in its period."""

    BLOCK = "block", lazy("am Stück, an jedem Werktag")
    WEEKLY_DAY = "weekly_day", lazy("ein Tag in jeder Woche")
    FORTNIGHTLY_DAY = "fortnightly_day", lazy("ein Tag in jeder zweiten Woche")
    SINGLE_DAYS = "single_days", lazy("einzelne Tage")
    ON_REQUEST = "on_request", lazy("nach Absprache")


class Gap(NamedEnum):
    """What an internship can lack, so that nobody else may see it yet (L6, L17).

    The value is the field of the form in which it is filled in.
    """

    SITE = "site_id", lazy("der Ort")
    DESCRIPTION = "description", lazy("was die Jugendlichen tun")
    TOPICS = "topics", lazy("ein bis fünf Themen")
    OCCUPATIONS = "occupations-0", lazy("ein bis drei Berufe")
    BASES = "bases", lazy("die Art: Schulpraktikum oder freiwillig")
    HOURS = "day_starts_at", lazy("Beginn und Ende des Tages")
    GRADES = "grade_from", lazy("ab welcher Klasse")
    PERIODS = "periods-0-starts_on", lazy("ein Zeitraum, der noch bevorsteht")
    INSURER = "insurer", lazy("wer bei Unfällen versichert")
    LIABILITY = "liability", lazy("wer bei Schäden haftet")
    PAY = "pay", lazy("die Vergütung, auch wenn es keine gibt")
    PAPERS = "papers", lazy("nötige Papiere, auch wenn keine nötig sind")
    RISKS = (
        "risks_assessed_on",
        lazy("wann die Gefährdung beurteilt wurde (§ 28a JArbSchG)"),
    )
    SUPERVISORS = "supervisors-0-first_name", lazy("wer die Jugendlichen betreut")
    DECLARATION = (
        "supervisors-0-declared_on",
        lazy("die Erklärung nach § 25 JArbSchG, höchstens 12 Monate alt"),
    )
