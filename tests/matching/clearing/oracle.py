"""What E4 of the specification says, in the plainest words and without arrays."""

from itertools import product


def wishes_of(market):
    """Of each pupil her wishes as {seat: (tier, class)}."""
    rows = zip(
        market.edge_pupil.tolist(),
        market.edge_seat.tolist(),
        market.tier.tolist(),
        market.edge_class.tolist(),
        strict=True,
    )
    wishes = [{} for _ in range(market.pupil_count)]
    for pupil, seat, tier, klass in rows:
        wishes[pupil][seat] = tier, klass
    return wishes


def blocking_pairs(market, seats, closed=()):
    """The pairs of pupil and seat that would rather have each other."""
    return _pairs(market, seats, closed, lambda holder, mine: holder[0] > mine[0])


def envied(market, seats, closed=()):
    """The pairs in which a holder has a larger class and lot than who wants it."""
    return _pairs(market, seats, closed, lambda holder, mine: holder > mine)


def _pairs(market, seats, closed, is_worse):
    wishes, lots = wishes_of(market), market.lot_rank.tolist()
    capacity = market.seats.capacity.tolist()
    found = set()
    for pupil, wished in enumerate(wishes):
        mine = wished[seats[pupil]][0] if seats[pupil] >= 0 else 99
        for seat, (tier, klass) in wished.items():
            if tier >= mine or seat in closed:
                continue
            holders = [p for p, s in enumerate(seats) if s == seat]
            keys = [(wishes[p][seat][1], lots[p]) for p in holders]
            is_free = len(holders) < capacity[seat]
            if is_free or any(is_worse(key, (klass, lots[pupil])) for key in keys):
                found.add((pupil, seat))
    return found


def stable_results(market):
    """Every way to seat the pupils in which no pair would rather have each other."""
    wishes, capacity = wishes_of(market), market.seats.capacity.tolist()
    for seats in product(*([-1, *wished] for wished in wishes)):
        fits = all(seats.count(j) <= places for j, places in enumerate(capacity))
        if fits and not blocking_pairs(market, seats):
            yield seats


def most_that_fit(market):
    """How many pupils could have any wished seat at once, by augmenting paths."""
    wishes, capacity = wishes_of(market), market.seats.capacity.tolist()
    holders = [[] for _ in capacity]

    def seat(pupil, tried):
        for wished in wishes[pupil]:
            if wished in tried:
                continue
            tried.add(wished)
            if len(holders[wished]) < capacity[wished]:
                holders[wished].append(pupil)
                return True
            for place, other in enumerate(holders[wished]):
                if seat(other, tried):
                    holders[wished][place] = pupil
                    return True
        return False

    return sum(seat(pupil, set()) for pupil in range(len(wishes)))
