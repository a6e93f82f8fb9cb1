"""What lists ask of where something is."""

from dataclasses import dataclass

from marketplace.region.places.enums import FederalState

# Kilometres around a place: as usual, and what one chooses from.
RADIUS_KM = 25
RADII = (10, 25, 30, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where something has to be; what is not told narrows nothing.

    `centre` is latitude and longitude of the place asked for, `radius_km` how far
    around it. `is_unknown_place`: a place was named that the region does not have.
    """

    centre: tuple[float, float] | None = None
    radius_km: int | None = None
    is_unknown_place: bool = False
    state: FederalState | None = None
    district: str = ""


ANYWHERE = Whereabouts()
