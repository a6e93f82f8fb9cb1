"""The register as it is drawn: districts as tiles, quarters as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from sqlalchemy import Select

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.matching.gaps.models import Gap
from marketplace.matching.gaps.queries import counts_by
from marketplace.matching.gaps.rules import quarter_short, quarter_words, step_of
from marketplace.region.places.queries import all_districts
from marketplace.web.charts import Bar, Chart, chart_of
from marketplace.web.tiles import Tile


@dataclass(frozen=True)
class Count:
    """One row of a table with its bar: how many lines, of 100 of the longest."""

    name: str
    count: int
    share: float
    link: str
    note: str = ""


@dataclass(frozen=True)
class Districts:
    """All districts with their open lines: as tiles, and those that have any."""

    tiles: Sequence[Tile]
    rows: Sequence[Count]


def districts_of(query: Select[Gap], entries: Mapping[str, Any]) -> Districts:
    """Counts by district; a tile or a row leads to the gaps there."""
    counts = {ags: count for ags, count, _owners in counts_by(query, Gap.district_ags)}
    found = db.session.scalars(all_districts()).all()
    links = {d.ags: _words(entries, {"kreis": d.ags}) for d in found}
    tiles = [
        Tile(
            district.plate,
            district.name,
            str(counts.get(district.ags, 0)),
            step_of(counts.get(district.ags, 0)),
            links[district.ags],
            district.tile_x,
            district.tile_y,
        )
        for district in found
    ]
    rows = [
        (d.name, counts[d.ags], links[d.ags], d.state.label)
        for d in found
        if d.ags in counts
    ]
    return Districts(tiles, _counts(rows))


def counts_of(
    query: Select[Gap], column: Any, name: str, entries: Mapping[str, Any]
) -> list[Count]:
    """Kinds or topics with open lines, those with most first."""
    return _counts(
        [
            (value.label, count, _words(entries, {name: value.value}), "")
            for value, count, _owners in counts_by(query, column)
            if value is not None
        ]
    )


def quarters_of(query: Select[Gap], quarters: Sequence[str]) -> Chart:
    """Open lines by quarter, the oldest first."""
    counts = {
        quarter: count for quarter, count, _owners in counts_by(query, Gap.quarter)
    }
    bars = [
        Bar(
            quarter_short(quarter),
            quarter_words(quarter),
            counts.get(quarter, 0),
            str(format_decimal(counts.get(quarter, 0))),
        )
        for quarter in reversed(quarters)
    ]
    told = "; ".join(f"{bar.long_name}: {bar.value}" for bar in bars)
    return chart_of(bars, _("Säulen je Quartal. %(told)s", told=told))


def trend_words(count: int, before: int | None) -> str:
    """How many more or fewer than in the same quarter of last year."""
    if before is None:
        return _("Für das Vorjahr gibt es noch keine Zahlen.")
    if count == before:
        return _("So viele waren es auch im selben Quartal des Vorjahrs.")
    change = abs(count - before)
    if count > before:
        return _("Im selben Quartal des Vorjahrs waren es %(num)s weniger.", num=change)
    return _("Im selben Quartal des Vorjahrs waren es %(num)s mehr.", num=change)


def _words(entries: Mapping[str, Any], more: Mapping[str, str]) -> str:
    return url_for("gaps.index", **{**entries, **more})


def _counts(rows: Sequence[tuple[Any, int, str, Any]]) -> list[Count]:
    most = max((count for _name, count, _link, _note in rows), default=1)
    found = [
        Count(str(name), count, round(100 * count / most, 1), link, str(note))
        for name, count, link, note in rows
    ]
    return sorted(found, key=lambda row: (-row.count, row.name))
