"""What a pair must pass, all or nothing; the first gate that fails is the answer."""

from collections.abc import Iterable
from math import isqrt

from marketplace.matching.scores.enums import Hard, Reason, Side
from marketplace.matching.scores.values import Line, Profile


class OrganisationPairs:
    """Pairs of organisations, in no order, that can be asked from either end."""

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        self._others: dict[int, set[int]] = {}
        for one, other in pairs:
            self._others.setdefault(one, set()).add(other)
            self._others.setdefault(other, set()).add(one)

    def of(self, organisation_id: int) -> frozenset[int]:
        """Those with whom an organisation makes a pair."""
        return frozenset(self._others.get(organisation_id, ()))

    def joins(self, one: Profile, other: Profile) -> bool:
        """Says whether the organisations of two profiles make a pair."""
        others = self._others.get(one.organisation_id, ())
        return other.organisation_id in others


class Relations:
    """What organisations have to do with each other already.

    `blocked`: one does not want the other. `recent`: a live introduction, a cool-down
    or a running partnership.
    """

    def __init__(
        self,
        blocked: Iterable[tuple[int, int]] = (),
        recent: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.blocked = OrganisationPairs(blocked)
        self.recent = OrganisationPairs(recent)

    def barring(self, profile: Profile) -> frozenset[int]:
        """The organisations that cannot stand in a list of a profile, its own too."""
        return self.barred_from(profile.organisation_id)

    def barred_from(self, own: int) -> frozenset[int]:
        """The same for all profiles of an organisation."""
        return self.blocked.of(own) | self.recent.of(own) | {own}


def distance(a: Profile, b: Profile) -> int:
    """The straight way between two places in metres, rounded down."""
    (ax, ay, az), (bx, by, bz) = a.position, b.position
    return isqrt((ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2)


def gate(a: Profile, b: Profile, relations: Relations) -> Reason | None:
    """Says why `b` cannot stand in the list of `a`; None if it can.

    Refuses two profiles of one side, which is no pair.
    """
    if a.side is b.side:
        raise ValueError("a pair has a provider and a company")
    return (
        _standing_reason(a, b, relations)
        or lines_reason(a, b)
        or (Reason.FULL if b.free_capacity <= 0 else None)
        or (Reason.RECENT if relations.recent.joins(a, b) else None)
    )


def told_reason(a: Profile, b: Profile, relations: Relations) -> Reason | None:
    """What `gate` tells to whom a block is not told.

    It is the reason there would be without the block; without any, that the other side
    takes no requests.
    """
    reason = gate(a, b, relations)
    if reason is not Reason.BLOCKED:
        return reason
    if missed := lines_reason(a, b):
        return missed
    is_recent = b.free_capacity > 0 and relations.recent.joins(a, b)
    return Reason.RECENT if is_recent else Reason.FULL


def lines_reason(a: Profile, b: Profile) -> Reason | None:
    """None if a need of either meets a give of the other, else the nearest miss."""
    pairs = [
        *((need, give) for need in a.needs for give in b.gives),
        *((need, give) for need in b.needs for give in a.gives),
    ]
    near, declared = is_near(a, b), is_declared(a, b)
    reasons = {line_reason(*pair, near, declared) for pair in pairs}
    if None in reasons:
        return None
    return max((r for r in reasons if r), key=_stage, default=Reason.NO_KIND)


def line_reason(need: Line, give: Line, near: bool, declared: bool) -> Reason | None:
    """Says why a give does not serve a need between two profiles; None if it does."""
    return (
        _kind_reason(need, give)
        or (None if near else Reason.TOO_FAR)
        or _hard_reason(need, give)
        or _safeguarding_reason(need, give, declared)
    )


def compatible(need: Line, give: Line) -> Reason | None:
    """Says why two lines, as `needs` and `gives` have them, never meet; None if so."""
    return _kind_reason(need, give) or _hard_reason(need, give)


def serves(need: Line, give: Line, declared: bool) -> bool:
    """Says whether a give may be counted for a need, wherever the two are."""
    return line_reason(need, give, near=True, declared=declared) is None


def is_near(a: Profile, b: Profile) -> bool:
    """Says whether the way is within every radius that is a condition."""
    way = distance(a, b)
    radii = (p.radius_km for p in (a, b) if p.is_radius_hard)
    return all(radius is None or way <= 1000 * radius for radius in radii)


def is_declared(a: Profile, b: Profile) -> bool:
    """Says whether the company of the two has declared how it protects minors."""
    return (a if a.side is Side.COMPANY else b).is_declared


def _standing_reason(a: Profile, b: Profile, relations: Relations) -> Reason | None:
    if not (a.is_active and b.is_active):
        return Reason.INACTIVE
    if a.organisation_id == b.organisation_id:
        return Reason.SAME_ORGANISATION
    return Reason.BLOCKED if relations.blocked.joins(a, b) else None


def _kind_reason(need: Line, give: Line) -> Reason | None:
    if need.kind != give.kind:
        return Reason.NO_KIND
    return Reason.NO_ITEM if need.item not in {0, give.item} else None


def _hard_reason(need: Line, give: Line) -> Reason | None:
    hard = need.hard | give.hard
    if Hard.TOPIC in hard and not need.topics & give.topics:
        return _missed(need.topics, give.topics, Reason.WRONG_TOPIC)
    if Hard.AUDIENCE in hard and not need.audiences & give.audiences:
        return _missed(need.audiences, give.audiences, Reason.WRONG_AUDIENCE)
    if Hard.TIME in hard and not need.months & give.months:
        return _missed(need.months, give.months, Reason.TIME)
    return _amount_reason(need, give) if Hard.AMOUNT in hard else None


def _missed(one: int, other: int, reason: Reason) -> Reason:
    return reason if one and other else Reason.NOT_STATED


def _amount_reason(need: Line, give: Line) -> Reason | None:
    asked, given = need.open_quantity, give.open_quantity
    if asked is None or given is None:
        return Reason.NOT_STATED
    wants_whole = Hard.AMOUNT in need.hard and given < asked
    goes_whole = Hard.AMOUNT in give.hard and asked < given
    return Reason.AMOUNT_TOO_SMALL if wants_whole or goes_whole else None


def _safeguarding_reason(need: Line, give: Line, declared: bool) -> Reason | None:
    is_asked = need.is_safeguarded or give.is_safeguarded
    return Reason.SAFEGUARDING if is_asked and not declared else None


def _stage(reason: Reason) -> int:
    return reason.stage
