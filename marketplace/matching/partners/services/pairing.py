"""One pair, seen from both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy
from marketplace.matching.partners.services.covering import NeedRow, covered_lines
from marketplace.matching.partners.services.explaining import Explanation, explain
from marketplace.matching.partners.services.worlds import World
from marketplace.matching.scores.coverage import served_between
from marketplace.matching.scores.enums import Reason
from marketplace.matching.scores.gates import gate, told_reason

REASONS: Mapping[Reason, LazyString] = {
    Reason.INACTIVE: lazy("Ein Eintrag ruht gerade."),
    Reason.SAME_ORGANISATION: lazy("Beides gehört derselben Organisation."),
    Reason.BLOCKED: lazy("Eine Seite möchte das nicht."),
    Reason.NO_KIND: lazy("Keine Zeile passt: anderes wird gebraucht als gegeben."),
    Reason.NO_ITEM: lazy("Die Art passt, der Gegenstand nicht."),
    Reason.TOO_FAR: lazy("Zu weit voneinander."),
    Reason.WRONG_TOPIC: lazy("Das Thema passt nicht."),
    Reason.WRONG_AUDIENCE: lazy("Die Zielgruppe passt nicht."),
    Reason.TIME: lazy("Der Zeitraum passt nicht."),
    Reason.NOT_STATED: lazy("Eine Angabe fehlt, die Bedingung ist."),
    Reason.AMOUNT_TOO_SMALL: lazy("Der Umfang passt nicht."),
    Reason.SAFEGUARDING: lazy(
        "Die Erklärung des Unternehmens zum Schutz Minderjähriger fehlt."
    ),
    # True of who has enough requests and of who does not want this one.
    Reason.FULL: lazy("Die andere Seite nimmt gerade keine Anfrage an."),
    Reason.RECENT: lazy("Die beiden sind oder waren vor Kurzem im Gespräch."),
}


@dataclass(frozen=True)
class Pair:
    """What each side has of the other, line by line, and what stands in the way."""

    own: Explanation
    partner: Explanation
    lines: Sequence[NeedRow]
    obstacle: str
    # They were in contact too lately; the office may ask before the time.
    is_recent: bool


def pair_of(
    world: World,
    mine: int,
    other: int,
    *,
    is_spoken_to: bool = True,
    tells_blocks: bool = False,
) -> Pair | None:
    """A pair of profiles as it stands; None if one of them is not matched.

    The words speak to the reader, or of both sides. That one side does not want is
    told only to that side and the office.
    """
    profiles = world.index.profiles
    reader, partner = profiles.get(mine), profiles.get(other)
    if reader is None or partner is None:
        return None
    # Whoever asks may look beyond the own radius.
    asking = replace(reader, is_radius_hard=False)
    find_reason = gate if tells_blocks else told_reason
    reason = find_reason(asking, partner, world.index.relations)
    weights = world.index.weights
    return Pair(
        own=explain(reader, partner, weights, is_spoken_to=is_spoken_to),
        partner=explain(partner, reader, weights, is_spoken_to=False),
        lines=covered_lines(reader, partner, served_between(reader, partner)),
        obstacle=str(REASONS[reason]) if reason else "",
        is_recent=reason is Reason.RECENT,
    )
