from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from marketplace.foundation.language import NamedEnum, lazy

# A cookie holds 4 kB: so many ids of what was seen fit in, and of what was liked.
MOST_SEEN, MOST_LIKED = 120, 20
# Ways are longer than a line on the map.
DETOUR = 1.3
# Up to so many kilometres one walks, then takes a bicycle, then bus and train.
WALKED_KM, CYCLED_KM = 1.5, 6.0
WALKING_MINUTES, CYCLING_MINUTES = 13.0, 4.5
# With bus and train: waiting and walking, and minutes a kilometre; at best, at worst.
WAITING = (10.0, 20.0)
RIDING = (0.8, 1.8)


class Travel(NamedEnum):
    """By what one would go."""

    FOOT = "foot", lazy("zu Fuß")
    BICYCLE = "bicycle", lazy("mit dem Rad")
    TRANSIT = "transit", lazy("mit Bus und Bahn")


@dataclass(frozen=True)
class Journey:
    """How long a way may take, in minutes: guessed from the distance, no timetable."""

    travel: Travel
    shortest: int
    longest: int


def journey_over(km: float) -> Journey:
    """Guesses a way from the distance as the crow flies, rounded to five minutes."""
    road = km * DETOUR
    if km <= WALKED_KM:
        return _journey(Travel.FOOT, road * WALKING_MINUTES, road * WALKING_MINUTES)
    if km <= CYCLED_KM:
        return _journey(Travel.BICYCLE, road * CYCLING_MINUTES, road * CYCLING_MINUTES)
    low, high = (w + road * r for w, r in zip(WAITING, RIDING, strict=True))
    return _journey(Travel.TRANSIT, low, high)


def planner_link(address: str, start: str, end: str) -> str | None:
    """Where a timetable knows it, if the operator named one that is safe to go to."""
    if not address.startswith("https://"):
        return None
    named = {"{von}": quote(start, safe=""), "{nach}": quote(end, safe="")}
    for mark, name in named.items():
        address = address.replace(mark, name)
    return address


def noted(kept: object) -> dict[str, list[str]]:
    """What a browser kept, whatever it says: ids seen and liked, not too many."""
    told = kept if isinstance(kept, Mapping) else {}
    return {
        name: _ids(told.get(name))[-most:]
        for name, most in (("seen", MOST_SEEN), ("liked", MOST_LIKED))
    }


def _ids(told: object) -> list[str]:
    is_list = isinstance(told, Sequence) and not isinstance(told, str)
    return [one for one in told if isinstance(one, str)] if is_list else []  # type: ignore[attr-defined]


def _journey(travel: Travel, low: float, high: float) -> Journey:
    shortest = max(5, round(low / 5) * 5)
    return Journey(travel, shortest, max(shortest + 5, round(high / 5) * 5))
