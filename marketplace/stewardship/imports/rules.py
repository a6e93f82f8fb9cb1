from collections.abc import Set as AbstractSet

from marketplace.foundation.geometry import Point, distance_km

# From here on two things are probably one, if they are also near.
ALIKE = 0.8
NEAR_KM = 2.0


def trigrams(text: str) -> frozenset[str]:
    """The runs of three signs of folded words, each word with blanks around it."""
    padded = [f"  {word} " for word in text.split()]
    return frozenset(word[k : k + 3] for word in padded for k in range(len(word) - 2))


def similarity(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """The share of trigrams that two texts have in common, from 0 to 1 (pg_trgm)."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def is_near(one: Point | None, other: Point | None) -> bool:
    """Says whether two things are within 2 km; without places, both must lack one."""
    if one is None or other is None:
        return one is other
    return distance_km(one, other) <= NEAR_KM
