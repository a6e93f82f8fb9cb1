from enum import StrEnum

from marketplace.foundation.language import NamedEnum, lazy


class Shape(StrEnum):
    """How a figure is written."""

    PERCENT = "percent"
    NUMBER = "number"
    DAYS = "days"
    # A plain count, which needs no cases beside it.
    COUNT = "count"


class Group(NamedEnum):
    """Which question a figure answers."""

    SEEN = "seen", lazy("Wer gezeigt wird")
    MET = "met", lazy("Was aus Vorstellungen wird")
    COVERED = "covered", lazy("Was gedeckt ist")
    EXPLAINED = "explained", lazy("Ob die Gründe stimmen")


class Figure(NamedEnum):
    """Each figure there is; shares are of 1."""

    GINI_COMPANIES = "gini_companies", lazy("Ungleichheit (Gini), Unternehmen")
    GINI_PROVIDERS = "gini_providers", lazy("Ungleichheit (Gini), Angebote")
    TOP_TENTH = (
        "top_tenth",
        lazy("aller Plätze in Listen hat das meistgezeigte Zehntel"),
    )
    NEVER_SHOWN = "never_shown", lazy("stehen in keiner Liste")
    ACCEPTED = "accepted", lazy("der beendeten Vorstellungen: beide sagten zu")
    BY_PROVIDER = "by_provider", lazy("davon, wenn der Anbieter fragte")
    BY_COMPANY = "by_company", lazy("davon, wenn das Unternehmen fragte")
    BY_COORDINATOR = "by_coordinator", lazy("davon, wenn die Koordination fragte")
    BY_DIGEST = "by_digest", lazy("davon, aus dem Montagsbrief")
    ANSWER_DAYS = "answer_days", lazy("bis zur Antwort, im Mittel (Median)")
    NDCG = "ndcg", lazy("Güte der Reihenfolge (NDCG@20)")
    FILL = "fill", lazy("des Bedarfs ist vereinbart")
    COVERED_90 = "covered_90", lazy("der Bedarfe sind nach 90 Tagen ganz vereinbart")
    GAPS_CLOSED = "gaps_closed", lazy("Lücken in diesem Quartal geschlossen")
    SUMS = "sums", lazy("der Begründungen ergeben genau ihre Punkte")


GROUPS = {
    Group.SEEN: (
        Figure.GINI_COMPANIES,
        Figure.GINI_PROVIDERS,
        Figure.TOP_TENTH,
        Figure.NEVER_SHOWN,
    ),
    Group.MET: (
        Figure.ACCEPTED,
        Figure.BY_PROVIDER,
        Figure.BY_COMPANY,
        Figure.BY_COORDINATOR,
        Figure.BY_DIGEST,
        Figure.ANSWER_DAYS,
        Figure.NDCG,
    ),
    Group.COVERED: (Figure.FILL, Figure.COVERED_90, Figure.GAPS_CLOSED),
    Group.EXPLAINED: (Figure.SUMS,),
}
SHAPES = {
    Figure.GINI_COMPANIES: Shape.NUMBER,
    Figure.GINI_PROVIDERS: Shape.NUMBER,
    Figure.NDCG: Shape.NUMBER,
    Figure.ANSWER_DAYS: Shape.DAYS,
    Figure.GAPS_CLOSED: Shape.COUNT,
}
# With fewer cases behind it a figure says little.
FEW = 30
