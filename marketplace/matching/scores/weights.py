"""How much each part of a score counts, and how much each topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor, log

from marketplace.matching.scores.enums import Part
from marketplace.matching.scores.values import TOPICS, bits_of

WEIGHTS = {
    Part.TOPICS: 35,
    Part.AUDIENCE: 15,
    Part.DISTANCE: 20,
    Part.TIME: 10,
    Part.AMOUNT: 20,
}
FULL = 10000
# What the votes of pupils, parents and companies may do to the weight of a topic.
USUAL_VOTE = 1000
FEWEST_VOTES, VOTE_SLOPE, VOTE_BOUNDS = 20, 0.1, (0.8, 1.2)


def completeness(filled: int) -> int:
    """How many of 100 the parts filled in make; bit k of `filled` is part k."""
    return sum(WEIGHTS[Part(k)] for k in bits_of(filled))


@cache
def part_weights(filled: int) -> tuple[int, ...]:
    """Spreads 10000 over the parts filled in, by largest remainder, ties to the left.

    Nothing filled in has no weights: five times 0.
    """
    whole = completeness(filled)
    if whole == 0:
        return (0,) * len(Part)
    shares = [FULL * WEIGHTS[part] * (filled >> part & 1) for part in Part]
    floors = [share // whole for share in shares]
    by_rest = sorted(Part, key=lambda part: (-(shares[part] % whole), part))
    for part in by_rest[: FULL - sum(floors)]:
        floors[part] += 1
    return tuple(floors)


def topic_weight(profiles: int, carrying: int, vote_pm: int = USUAL_VOTE) -> int:
    """What a topic weighs that `carrying` of `profiles` active profiles have."""
    return floor(vote_pm * (1 + log((profiles + 1) / (carrying + 1))) + 0.5)


def vote_factor(votes: Iterable[tuple[int, int]], open_topics: int) -> int:
    """The factor of a topic in thousandths, from 800 to 1200, by the votes of groups.

    `votes` are, of each group, those for the topic and those in all; a group of fewer
    than `FEWEST_VOTES` is not heard, and 1000 says that none is. `open_topics` are as
    many as could be voted for.
    """
    shares = [
        (own + 1) / (of_all + open_topics)
        for own, of_all in votes
        if of_all >= FEWEST_VOTES
    ]
    if not shares:
        return USUAL_VOTE
    mean = sum(shares) / len(shares)
    low, high = VOTE_BOUNDS
    factor = min(high, max(low, 1 + VOTE_SLOPE * log(open_topics * mean)))
    return floor(USUAL_VOTE * factor + 0.5)


@dataclass(frozen=True)
class TopicWeights:
    """The frozen weights of a day, one for each bit of a topic mask."""

    weights: tuple[int, ...]
    version: str = ""

    def __post_init__(self) -> None:
        if len(self.weights) != TOPICS or min(self.weights) <= 0:
            raise ValueError("each of 64 topics has a weight above 0")

    def of(self, topics: int) -> int:
        """The weight of a set."""
        return sum([self.weights[topic] for topic in bits_of(topics)])


def topic_weights(
    topics: Iterable[int],
    votes_pm: Sequence[int] = (USUAL_VOTE,) * TOPICS,
    version: str = "",
) -> TopicWeights:
    """Counts the topic sets of all active profiles, closed upward, into weights."""
    sets = list(topics)
    counts = [sum(mask >> topic & 1 for mask in sets) for topic in range(TOPICS)]
    return weights_of_counts(len(sets), counts, votes_pm, version)


def weights_of_counts(
    profiles: int,
    counts: Sequence[int],
    votes_pm: Sequence[int] = (USUAL_VOTE,) * TOPICS,
    version: str = "",
) -> TopicWeights:
    """The weights where so many of all active profiles have each topic."""
    pairs = zip(counts, votes_pm, strict=True)
    weights = (topic_weight(profiles, count, vote_pm) for count, vote_pm in pairs)
    return TopicWeights(tuple(weights), version)
