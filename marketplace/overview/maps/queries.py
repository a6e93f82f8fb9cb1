"""What lies where, counted and read; what is public now and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from marketplace.foundation.database import db
from marketplace.foundation.geometry import FINEST, SQUARES_PER_LAT, SQUARES_PER_LON
from marketplace.overview.maps.enums import Layer
from marketplace.overview.maps.rules import Heap, Square
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import narrowed_events
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import narrowed_internships
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import (
    Narrowing,
    hints,
    posting_by_key,
    public_postings,
)
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import narrowed_offers
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.queries import narrowed_sponsorships
from marketplace.upkeep.search.models import SearchSpot

# How a kind of posting narrows a list.
Narrow = Callable[[Select[Any], Narrowing], Select[Any]]
MODELS: Mapping[Layer, type[Posting]] = {
    Layer.INTERNSHIP: Internship,
    Layer.OFFER: Offer,
    Layer.EVENT: Event,
    Layer.SPONSORSHIP: Sponsorship,
    Layer.NEED: Offer,
}
NARROWS: Mapping[Layer, Narrow] = {
    Layer.INTERNSHIP: narrowed_internships,
    Layer.OFFER: narrowed_offers,
    Layer.EVENT: narrowed_events,
    Layer.SPONSORSHIP: narrowed_sponsorships,
    Layer.NEED: narrowed_offers,
}


@dataclass(frozen=True)
class Asked:
    """What the map is asked for: which layers, what narrows them, one square or all.

    `has_hints`: what nobody has confirmed is shown, too.
    """

    layers: Sequence[Layer]
    by: Narrowing
    square: Square | None = None
    has_hints: bool = False


@dataclass(frozen=True)
class Sheet:
    """What one layer holds: confirmed things, or hints."""

    layer: Layer
    is_hint: bool
    query: Select[Any]

    @property
    def model(self) -> type[Posting]:
        """The table its things stand in."""
        return MODELS[self.layer]


def posting_shown(key: str) -> Posting | None:
    """The posting of this public id, of whatever layer and in whatever state."""
    models = dict.fromkeys(MODELS.values())
    found = (posting_by_key(model, key) for model in models)
    return next((posting for posting in found if posting), None)


def layer_of(posting: Posting) -> Layer:
    """The layer in which a posting is shown."""
    return next(layer for layer, model in MODELS.items() if type(posting) is model)


def sheets_of(asked: Asked) -> Iterator[Sheet]:
    """What is asked for, one table at a time: the confirmed things, then the hints."""
    for is_hint in (False, True) if asked.has_hints else (False,):
        for layer in asked.layers:
            if layer is Layer.NEED and Layer.OFFER in asked.layers:
                continue  # they are among the offers
            yield Sheet(layer, is_hint, _things(asked, layer, is_hint=is_hint))


def _things(asked: Asked, layer: Layer, *, is_hint: bool) -> Select[Any]:
    model = MODELS[layer]
    shown = hints(model) if is_hint else public_postings(model)
    query = NARROWS[layer](shown, asked.by).where(model.lat.is_not(None))
    if layer is Layer.NEED:
        query = query.where(Offer.lines.any())
    return query.where(_lies_in(model, asked.square)) if asked.square else query


def heaps(asked: Asked, level: int) -> list[Heap]:
    """How much of each layer lies in each square of a level, counted to the last.

    What nothing but layers, state, district and square narrow is read from counts that
    are kept as things change; all else is counted.
    """
    by = asked.by
    if by == Narrowing(state=by.state, district=by.district, radius_km=by.radius_km):
        confirmed = list(_kept(asked, level))
        return [*confirmed, *counted(asked, level, hints_only=True)]
    return counted(asked, level)


def counted(asked: Asked, level: int, *, hints_only: bool = False) -> list[Heap]:
    """The same, or the hints alone, from the things themselves."""
    sheets = [sheet for sheet in sheets_of(asked) if sheet.is_hint or not hints_only]
    return [heap for sheet in sheets for heap in _counted(sheet, level)]


def _kept(asked: Asked, level: int) -> Iterator[Heap]:
    shift, spot = FINEST - level, SearchSpot
    row, column = spot.square_row.op(">>")(shift), spot.square_column.op(">>")(shift)
    amount = cast(spot.amount, BigInteger)
    sums = (
        func.sum(amount),
        func.sum(case((spot.is_needy, amount), else_=0)),
        func.sum(amount * spot.square_row),
        func.sum(amount * spot.square_column),
    )
    # Where both are asked for, needs are among the offers.
    kinds = {MODELS[layer].kind: layer for layer in reversed(asked.layers)}
    query = select(spot.kind, row, column, *sums).where(*_keeps(asked, list(kinds)))
    query = query.group_by(spot.kind, row, column).having(sums[0] > 0)
    for kind, y, x, *told in db.session.execute(query):
        yield Heap(Square(level, y, x), kinds[kind], False, *map(int, told))


def _keeps(asked: Asked, kinds: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    spot, by = SearchSpot, asked.by
    yield spot.kind.in_(kinds)
    if Layer.NEED in asked.layers and Layer.OFFER not in asked.layers:
        yield or_(spot.kind != Offer.kind, spot.is_needy)
    if by.state:
        yield spot.state_code == by.state.lower()
    if by.district:
        yield spot.district_ags == by.district
    if asked.square:
        above = FINEST - asked.square.level
        yield spot.square_row.op(">>")(above) == asked.square.row
        yield spot.square_column.op(">>")(above) == asked.square.column


def _counted(sheet: Sheet, level: int) -> Iterator[Heap]:
    model, shift = sheet.model, FINEST - level
    needs = Offer.lines.any() if model is Offer else literal(value=False)
    things = sheet.query.with_only_columns(
        _row(model).label("y"),
        _column(model).label("x"),
        needs.label("needs"),
        maintain_column_froms=True,
    ).subquery()
    row, column = things.c.y.op(">>")(shift), things.c.x.op(">>")(shift)
    need_count = func.sum(case((things.c.needs, 1), else_=0))
    sums = (func.count(), need_count, func.sum(things.c.y), func.sum(things.c.x))
    query = select(row, column, *sums).group_by(row, column)
    for y, x, *told in db.session.execute(query):
        yield Heap(Square(level, y, x), sheet.layer, sheet.is_hint, *map(int, told))


def _lies_in(model: type[Posting], square: Square) -> ColumnElement[bool]:
    """That a thing is counted in a square: by the same arithmetic, to the last digit.

    Before it stands a box that an index can serve, a little larger.
    """
    south_west, north_east = square.corner, square.far_corner
    shift = FINEST - square.level
    return and_(
        model.lat.between(south_west.lat - 1e-6, north_east.lat + 1e-6),
        _row(model).op(">>")(shift) == square.row,
        _column(model).op(">>")(shift) == square.column,
    )


def _row(model: type[Posting]) -> ColumnElement[int]:
    return _floor(model.lat * float(SQUARES_PER_LAT))


def _column(model: type[Posting]) -> ColumnElement[int]:
    return _floor(model.lon * float(SQUARES_PER_LON))


def _floor(number: ColumnElement[Any]) -> ColumnElement[int]:
    """The whole part of a number above nought: SQLite cuts, PostgreSQL would round."""
    is_cut = db.engine.dialect.name == "sqlite"
    return cast(number if is_cut else func.floor(number), Integer)
