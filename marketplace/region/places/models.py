from sqlalchemy import JSON, Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base
from marketplace.region.places.enums import DistrictKind, FederalState


class District(Base):
    """A Landkreis or a kreisfreie Stadt of today."""

    __tablename__ = "districts"

    ags: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[DistrictKind]
    state: Mapped[FederalState]
    plate: Mapped[str] = mapped_column(String(4))
    # Its square on the map of tiles, 10 by 8.
    tile_x: Mapped[int]
    tile_y: Mapped[int]
    # Rings of (lon, lat), if the operator brought outlines; with their credit line.
    outline: Mapped[list[object] | None] = mapped_column(JSON)
    credit: Mapped[str] = mapped_column(String(200), default="")


class Place(Base):
    """A town or village of the region, from 500 people on."""

    __tablename__ = "places"

    geonameid: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    # As it is looked up.
    folded_name: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[FederalState]
    # Empty until the table of districts was imported.
    district_ags: Mapped[str | None] = mapped_column(String(5), index=True)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    population: Mapped[int]
    source: Mapped[str] = mapped_column(Text, default="")


class PostalCode(Base):
    """Which town a postal code leads to."""

    __tablename__ = "postal_codes"

    code: Mapped[str] = mapped_column(String(5), unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)


class Located:
    """Where something is: copied from a site or a town when it is written."""

    place_name: Mapped[str | None] = mapped_column(String(120))
    postal_code: Mapped[str | None] = mapped_column(String(5))
    state_code: Mapped[FederalState | None]
    district_ags: Mapped[str | None] = mapped_column(String(5), index=True)
    lat: Mapped[float | None] = mapped_column(Float, index=True)
    lon: Mapped[float | None] = mapped_column(Float)
