"""What is handed out: sums with their words, the hidden ones empty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import format_decimal

from marketplace.foundation.database import db
from marketplace.foundation.language import _, ngettext
from marketplace.matching.gaps.models import GapCell
from marketplace.matching.gaps.queries import cells_of, cells_of_states
from marketplace.matching.gaps.rules import WHOLE_PM, year_before
from marketplace.region.lines.enums import UNITS, LineKind
from marketplace.region.lines.rules import amount_of
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import all_districts
from marketplace.region.topics.enums import Topic

HEADINGS = (
    *("quarter", "area", "area_name", "topic", "kind", "lines", "organisations"),
    *("asked", "missing", "unit", "covered_percent", "main_reason"),
    *("lines_year_before", "hidden", "data_version"),
)


@dataclass(frozen=True)
class SheetRow:
    """One sum as people read it; a hidden one has words for nothing but its place."""

    area: str
    topic: str
    kind: str
    lines: str
    covered: str
    missing: str
    reason: str
    trend: str
    is_hidden: bool
    is_whole: bool


@dataclass(frozen=True)
class StateSheet:
    """The sums of one state, or of all together."""

    name: str
    rows: Sequence[SheetRow]


def ministry_sheet(quarter: str) -> list[StateSheet]:
    """State by topic by kind, with the change to the same quarter of last year.

    Of each state first the sums over all topics.
    """
    before = year_before(quarter)
    cells = cells_of_states([before, quarter])
    past = {_key(cell): cell for cell in cells if cell.quarter == before}
    sheets = []
    for area, name in {**_states(), "": _("Alle drei Länder")}.items():
        own = [c for c in cells if c.quarter == quarter and c.area == area]
        rows = [_row(c, past.get(_key(c)), name) for c in sorted(own, key=_place)]
        if rows:
            sheets.append(StateSheet(name, _folded(rows)))
    return sheets


def export_rows(quarter: str) -> list[list[str]]:
    """All sums of a quarter under `HEADINGS`, in plain numbers for programs."""
    before = year_before(quarter)
    cells = db.session.scalars(cells_of([before, quarter])).all()
    past = {_key(cell): cell for cell in cells if cell.quarter == before}
    names = _names()
    return [
        _plain(cell, past.get(_key(cell)), names)
        for cell in cells
        if cell.quarter == quarter
    ]


def data_versions(rows: Iterable[Sequence[str]]) -> str:
    """As of which data rows of an export were counted."""
    return max((row[-1] for row in rows), default="")


def _states() -> dict[str, str]:
    return {state.value: str(state.label) for state in FederalState}


def _names() -> Mapping[str, str]:
    districts = {d.ags: d.name for d in db.session.scalars(all_districts())}
    return {**districts, **_states(), "": "alle"}


def _key(cell: GapCell) -> tuple[str, str, str]:
    return cell.area, cell.topic, cell.kind


def _place(cell: GapCell) -> tuple[int, int]:
    """In the order of kinds; of each first all topics, then as in the catalogue."""
    topics = ["", *(topic.value for topic in Topic), "-"]
    kinds = [kind.value for kind in LineKind]
    return kinds.index(cell.kind), topics.index(cell.topic)


def _topic_words(topic: str) -> str:
    if not topic:
        return _("alle Themen")
    known = Topic._value2member_map_.get(topic)
    return str(known.label) if isinstance(known, Topic) else _("ohne Thema")


def _folded(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The hidden topics of each kind as one row behind the others.

    Where the kind is hidden too, its own row says it for all.
    """
    folded: list[SheetRow] = []
    for kind in dict.fromkeys(row.kind for row in rows):
        own = [row for row in rows if row.kind == kind]
        veiled = [row for row in own if row.is_hidden and not row.is_whole]
        folded += [row for row in own if row not in veiled]
        if all(row.is_hidden for row in own):
            continue
        if veiled:
            words = ngettext(
                "ein weiteres Thema", "%(num)s weitere Themen", len(veiled)
            )
            folded.append(replace(veiled[0], topic=words))
    return folded


def _row(cell: GapCell, past: GapCell | None, area: str) -> SheetRow:
    kind = LineKind(cell.kind)  # type: ignore[call-arg]
    place = (area, _topic_words(cell.topic), str(kind.label))
    if cell.is_hidden:
        nothing = ("",) * 5
        return SheetRow(*place, *nothing, is_hidden=True, is_whole=not cell.topic)
    asked, missing = cell.asked_pm or 0, cell.missing_pm or 0
    return SheetRow(
        *place,
        lines=_decimal(cell.lines_pm),
        covered=f"{_covered(asked, missing)} %" if asked else "",
        missing=amount_of(kind, round(missing / WHOLE_PM)) if asked else "",
        reason=str(cell.reason.label),
        trend=_trend(cell, past),
        is_hidden=False,
        is_whole=not cell.topic,
    )


def _trend(cell: GapCell, past: GapCell | None) -> str:
    """How many lines more or less than in the same quarter last year."""
    if past is None or past.is_hidden:
        return _("kein Vergleich")
    change = cell.lines_pm - past.lines_pm
    if not change:
        return _("unverändert")
    return f"{'+' if change > 0 else '−'}{_decimal(abs(change))}"


def _plain(cell: GapCell, past: GapCell | None, names: Mapping[str, str]) -> list[str]:
    place = [cell.quarter, cell.area, names.get(cell.area, ""), cell.topic, cell.kind]
    unit = str(UNITS[LineKind(cell.kind)]) if cell.kind else ""  # type: ignore[call-arg]
    if cell.is_hidden:
        return [*place, *[""] * 4, unit, "", "", "", "1", cell.data_version]
    asked, missing = cell.asked_pm, cell.missing_pm
    was = _thousandths(past.lines_pm) if past and not past.is_hidden else ""
    return [
        *place,
        _thousandths(cell.lines_pm),
        str(cell.organisation_count),
        _thousandths(asked),
        _thousandths(missing),
        unit,
        str(_covered(asked, missing or 0)) if asked else "",
        cell.reason.value,
        was,
        "0",
        cell.data_version,
    ]


def _covered(asked: int, missing: int) -> int:
    """How much of 100 is covered, rounded half up."""
    return (200 * (asked - missing) + asked) // (2 * asked)


def _thousandths(amount: int | None) -> str:
    if amount is None:
        return ""
    whole, rest = divmod(amount, WHOLE_PM)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def _decimal(amount_pm: int) -> str:
    return str(format_decimal(amount_pm / WHOLE_PM, "#,##0.#"))
