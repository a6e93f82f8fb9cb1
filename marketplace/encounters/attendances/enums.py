from collections.abc import Mapping

from marketplace.foundation.language import NamedEnum, lazy


class Presence(NamedEnum):
    """What a company notes about one day of a placement."""

    PRESENT = "present", lazy("da")
    LATE = "late", lazy("zu spät")
    EXCUSED = "excused", lazy("entschuldigt")
    ABSENT = "absent", lazy("unentschuldigt")


class Contradiction(NamedEnum):
    """What a pupil may say against a mark of one day."""

    WAS_THERE = "was_there", lazy("Ich war da")
    WAS_ON_TIME = "was_on_time", lazy("Ich war pünktlich")
    HAD_TOLD = "had_told", lazy("Ich hatte Bescheid gesagt")


# What can be said against which mark.
ANSWERS: Mapping[Presence, tuple[Contradiction, ...]] = {
    Presence.PRESENT: (),
    Presence.LATE: (Contradiction.WAS_ON_TIME, Contradiction.HAD_TOLD),
    Presence.EXCUSED: (Contradiction.WAS_THERE,),
    Presence.ABSENT: (Contradiction.WAS_THERE, Contradiction.HAD_TOLD),
}
