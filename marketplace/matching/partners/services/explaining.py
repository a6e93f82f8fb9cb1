"""The reasons of a pair in words, made of the same numbers as its score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import force_locale, format_decimal, get_locale

from marketplace.foundation.language import LOCALES, _
from marketplace.matching.scores.coverage import LineCoverage, allocate
from marketplace.matching.scores.directed import (
    DirectedScore,
    PartScore,
    directed_parts,
    reciprocal,
)
from marketplace.matching.scores.enums import Note, Part, Side
from marketplace.matching.scores.gates import distance
from marketplace.matching.scores.order import two_decimals, whole, whole_points
from marketplace.matching.scores.values import Profile, bits_of
from marketplace.matching.scores.weights import TopicWeights
from marketplace.region.lines.enums import Item, LineKind, Slot
from marketplace.region.lines.rules import amount_of
from marketplace.region.topics.enums import Audience, Topic

MAXIMA = (35, 15, 20, 10, 20)
STARTS = (0, 35, 50, 70, 80)
MONTHS = 24


@dataclass(frozen=True)
class PartRow:
    """One part as the page shows it; numbers of the drawing in points."""

    name: str
    points: float
    maximum: int
    start: int
    shown: str
    exact: str
    reason: str


@dataclass(frozen=True)
class Explanation:
    """What a partner is worth to the reader, part by part, and both ways together."""

    points: int
    exact: str
    parts: Sequence[PartRow]
    words: str
    completeness: str
    covers: Sequence[tuple[str, str]]
    missing: Sequence[str]
    km: int
    mutual: int
    mutual_exact: str


@dataclass(frozen=True)
class Voice:
    """How reasons are worded: to the reader, or of both sides to anybody."""

    own_is_silent: Callable[[Profile], str]
    other_is_silent: Callable[[Profile], str]
    gives: Callable[[int], str]


def _is_silent(who: Profile) -> str:
    if who.side is Side.PROVIDER:
        return _("Der Anbieter macht dazu keine Angabe.")
    return _("Das Unternehmen macht dazu keine Angabe.")


_SPEAKING = Voice(
    own_is_silent=lambda _you: _("Sie machen dazu keine Angabe."),
    other_is_silent=lambda _other: _("Das Gegenüber macht dazu keine Angabe."),
    gives=lambda percent: _(
        "Sie decken im Mittel %(percent)s %% der Zeilen.", percent=percent
    ),
)
_TELLING = Voice(
    own_is_silent=_is_silent,
    other_is_silent=_is_silent,
    gives=lambda percent: _(
        "Das Unternehmen deckt im Mittel %(percent)s %% der Zeilen.", percent=percent
    ),
)


def explain(
    reader: Profile,
    partner: Profile,
    weights: TopicWeights,
    *,
    is_spoken_to: bool = True,
) -> Explanation:
    """Tells in the reader's direction why a partner fits, and what is missing.

    The words speak to the reader, or, for others to read them, of both sides.
    """
    forward = directed_parts(reader, partner, weights)
    backward = directed_parts(partner, reader, weights)
    mutual = reciprocal(forward.score, backward.score)
    shown = whole_points([part.points for part in forward.parts])
    voice = _SPEAKING if is_spoken_to else _TELLING
    rows = [_row(part, reader, partner, voice) for part in forward.parts]
    covered = _coverage(reader, partner)
    return Explanation(
        points=whole(forward.score),
        exact=_two(forward.score),
        parts=rows,
        words=", ".join(
            f"{row.name} {points}" for row, points in zip(rows, shown, strict=True)
        ),
        completeness=_completeness(forward),
        covers=_covers(covered, reader, partner),
        missing=_missing(covered, reader, partner),
        km=round(distance(reader, partner) / 1000),
        mutual=whole(mutual),
        mutual_exact=_two(mutual),
    )


def kept_reasons(
    provider: Profile, company: Profile, weights: TopicWeights
) -> dict[str, Any]:
    """Both directions in words of each language, to be kept with an introduction."""
    reasons = {}
    for language, locale in LOCALES.items():
        with force_locale(locale):
            reasons[language] = {
                "provider": _kept(
                    explain(provider, company, weights, is_spoken_to=False)
                ),
                "company": _kept(
                    explain(company, provider, weights, is_spoken_to=False)
                ),
            }
    return reasons


def _kept(explanation: Explanation) -> dict[str, Any]:
    return {
        "points": explanation.points,
        "parts": [[row.name, row.shown, row.reason] for row in explanation.parts],
        "covers": [f"{name}: {amount}" for name, amount in explanation.covers],
        "missing": list(explanation.missing),
        "km": explanation.km,
    }


def _row(part: PartScore, reader: Profile, partner: Profile, voice: Voice) -> PartRow:
    number = int(part.part)
    weight = part.weight / 100 if part.weight else MAXIMA[number]
    # Each track is as long as its maximum; what was reached, in its share.
    reached = part.points / 100 / weight * MAXIMA[number] if part.weight else 0.0
    of = _two(part.weight) if part.weight else "0"
    return PartRow(
        name=_name(part.part),
        points=round(reached, 2),
        maximum=MAXIMA[number],
        start=STARTS[number],
        shown=_("%(points)s von %(most)s", points=_two(part.points), most=of),
        exact=_two(part.points),
        reason=_reason(part, reader, partner, voice),
    )


def _name(part: Part) -> str:
    names = {
        Part.TOPICS: _("Themen"),
        Part.AUDIENCE: _("Zielgruppe"),
        Part.DISTANCE: _("Nähe"),
        Part.TIME: _("Zeitraum"),
        Part.AMOUNT: _("Umfang"),
    }
    return names[part]


def _reason(part: PartScore, reader: Profile, partner: Profile, voice: Voice) -> str:
    if part.note is Note.NOT_FILLED_IN:
        return voice.own_is_silent(reader)
    if part.note is Note.PARTNER_STATES_NOTHING:
        return voice.other_is_silent(partner)
    if part.part is Part.AMOUNT and not reader.needs:
        return voice.gives(_percent(part))
    tell = {
        Part.TOPICS: _of_topics,
        Part.AUDIENCE: _of_audiences,
        Part.DISTANCE: _of_distance,
        Part.TIME: _of_time,
        Part.AMOUNT: _of_amount,
    }
    return tell[part.part](part, reader, partner)


def _of_topics(_part: PartScore, reader: Profile, partner: Profile) -> str:
    own, shared = bits_of(reader.topics), bits_of(reader.topics & partner.topics)
    names = ", ".join(str(list(Topic)[bit].label) for bit in shared)
    return _shares(len(shared), len(own), names)


def _of_audiences(_part: PartScore, reader: Profile, partner: Profile) -> str:
    own = bits_of(reader.audiences)
    shared = bits_of(reader.audiences & partner.audiences)
    names = ", ".join(str(list(Audience)[bit].label) for bit in shared)
    return _shares(len(shared), len(own), names)


def _of_distance(_part: PartScore, reader: Profile, partner: Profile) -> str:
    km = round(distance(reader, partner) / 1000)
    return _("%(km)s km von höchstens %(most)s km.", km=km, most=reader.radius_km or 0)


def _of_time(part: PartScore, _reader: Profile, _partner: Profile) -> str:
    return _("Passende Monate: %(shared)s von %(all)s.", shared=part.num, all=part.den)


def _of_amount(part: PartScore, _reader: Profile, _partner: Profile) -> str:
    return _("Deckt im Mittel %(percent)s %% der Zeilen.", percent=_percent(part))


def _percent(part: PartScore) -> int:
    return round(100 * part.num / part.den)


def _shares(shared: int, own: int, names: str) -> str:
    if not shared:
        return _("0 von %(own)s.", own=own)
    return _("%(shared)s von %(own)s: %(names)s.", shared=shared, own=own, names=names)


def _completeness(score: DirectedScore) -> str:
    if not score.empty:
        return ""
    names = ", ".join(_name(part) for part in score.empty)
    return _(
        "Zu %(percent)s %% ausgefüllt, ohne %(names)s.",
        percent=score.completeness,
        names=names,
    )


def _coverage(reader: Profile, partner: Profile) -> tuple[LineCoverage, ...]:
    """The need lines of whichever side needs, covered by the other."""
    return allocate(reader, partner) if reader.needs else allocate(partner, reader)


def _covers(
    covered: Sequence[LineCoverage], reader: Profile, partner: Profile
) -> list[tuple[str, str]]:
    needing = reader if reader.needs else partner
    lines = {line.line_no: line for line in needing.needs}
    rows = []
    for row in covered:
        if not row.is_served:
            continue
        line = lines[row.line_no]
        kind = list(LineKind)[line.kind]
        words = (
            f"{amount_of(kind, row.taken)} ({row.percent} %)"
            if row.is_counted
            else _("Menge klären")
        )
        rows.append((line_name(kind, line.item), words))
    return rows


def _missing(
    covered: Sequence[LineCoverage], reader: Profile, partner: Profile
) -> list[str]:
    needing = reader if reader.needs else partner
    lines = {line.line_no: line for line in needing.needs}
    gaps = []
    for row in covered:
        line = lines[row.line_no]
        kind = list(LineKind)[line.kind]
        for unit in row.units:
            if unit.missing:
                slot = "" if unit.slot is None else f", {list(Slot)[unit.slot].label}"
                amount = amount_of(kind, unit.missing)
                gaps.append(f"{line_name(kind, line.item)}: {amount}{slot}")
    return gaps


def line_name(kind: LineKind, item: int) -> str:
    """What a line is about: its item, else its kind."""
    items = list(Item)
    return str(items[item - 1].label if 0 < item <= len(items) else kind.label)


def _two(score: int) -> str:
    return _written(score, str(get_locale()))


@lru_cache(maxsize=20_000)
def _written(score: int, _locale: str) -> str:
    """A score as the current locale writes it; there are few, and a page has many."""
    return str(format_decimal(two_decimals(score), "0.00"))
