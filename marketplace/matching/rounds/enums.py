from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy
from marketplace.matching.clearing.enums import Rule


class RoundState(NamedEnum):
    """How far a round has come; `redraw` needs a new public hash and a reason.

        open           freeze            clear              publish
    draft ---> open ---------> frozen ---------> cleared ---------> published
                                  ^                 |                   | late run
                                  +---- redraw -----+                   v
                                                                       done
    """

    DRAFT = "draft", lazy("in Vorbereitung")
    OPEN = "open", lazy("offen für Wünsche")
    FROZEN = "frozen", lazy("Listen geschlossen")
    CLEARED = "cleared", lazy("ausgelost, noch nicht veröffentlicht")
    PUBLISHED = "published", lazy("veröffentlicht, Plätze werden bestätigt")
    DONE = "done", lazy("abgeschlossen")


class RoundScope(NamedEnum):
    """Whose pupils take part."""

    SCHOOL = "school", lazy("eine Schule")
    DISTRICT = "district", lazy("ein Kreis")
    REGION = "region", lazy("die ganze Region")


class Criterion(NamedEnum):
    """All that a company may ask for; new ones come last, for they are bits."""

    DATES = "dates", lazy("Kann an allen Tagen")
    DISTANCE = "distance", lazy("Wohnt in der Nähe")
    INTEREST = "interest", lazy("Interessiert sich für das Thema")


# What did not fit, as a pupil reads it behind "weil".
LACKS: Mapping[Criterion, LazyString] = {
    Criterion.DATES: lazy("der Zeitraum"),
    Criterion.DISTANCE: lazy("die Entfernung"),
    Criterion.INTEREST: lazy("das Thema"),
}
RULES: Mapping[Rule, LazyString] = {
    Rule.LOT_FAIR: lazy("Los entscheidet, niemand wird übergangen"),
    Rule.MOST_PLACES: lazy("möglichst viele bekommen einen Platz"),
}
# The version of the rules that the published hash binds.
RULE_VERSION = "1"
# How near a company may ask a pupil to live.
DISTANCES = (10, 25, 50)
# The two runs: at closing, and once unconfirmed places are free again.
MAIN, LATE = 1, 2
# Beyond so many wishes it is published who came last, below it could name a person.
FEWEST_WISHES = 10
# With fewer lists it is not told how many of them came out how.
FEWEST_PUPILS = 10
# Where those are whom the lists may be shown to.
TAKES_SEATS = frozenset({RoundState.DRAFT, RoundState.OPEN})
IS_RUN = frozenset({RoundState.CLEARED, RoundState.PUBLISHED, RoundState.DONE})
IS_OUT = frozenset({RoundState.PUBLISHED, RoundState.DONE})
