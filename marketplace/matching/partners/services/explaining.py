"""The reasons of a pair in words, made of the same numbers as its score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import force_locale

from marketplace.foundation.language import LOCALES, _, decimal_sign, lazy
from marketplace.matching.scores.coverage import LineCoverage, served_between
from marketplace.matching.scores.directed import (
    DirectedScore,
    PartScore,
    directed_parts,
    reciprocal,
)
from marketplace.matching.scores.enums import Note, Part, Side
from marketplace.matching.scores.gates import distance
from marketplace.matching.scores.order import whole, whole_points
from marketplace.matching.scores.values import Profile, bits_of
from marketplace.matching.scores.weights import TopicWeights
from marketplace.region.lines.enums import Item, LineKind, Slot
from marketplace.region.lines.rules import amount_of
from marketplace.region.topics.enums import Audience, Topic

KINDS, ITEMS, SLOTS = list(LineKind), list(Item), list(Slot)
TOPICS, AUDIENCES = list(Topic), list(Audience)
NAMES = {
    Part.TOPICS: lazy("Themen"),
    Part.AUDIENCE: lazy("Zielgruppe"),
    Part.DISTANCE: lazy("Nähe"),
    Part.TIME: lazy("Zeitraum"),
    Part.AMOUNT: lazy("Umfang"),
}
MAXIMA = (35, 15, 20, 10, 20)
STARTS = (0, 35, 50, 70, 80)
# As they are drawn in a row, with a gap behind all but the last.
TRACKS = (34.2, 14.2, 19.2, 9.2, 20)
MONTHS = 24


class PartRow(NamedTuple):
    """One part as the page shows it; numbers of the drawing in points."""

    name: str
    points: float
    maximum: int
    start: int
    fill: float
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
    served: Sequence[LineCoverage] | None = None,
) -> Explanation:
    """Tells in the reader's direction why a partner fits, and what is missing.

    The words speak to the reader, or, for others to read them, of both sides. `served`
    is `served_between` both, from whoever has it already.
    """
    covered = served_between(reader, partner) if served is None else tuple(served)
    forward = directed_parts(reader, partner, weights, covered)
    # Where both need something, each has rows of its own.
    both_need = bool(reader.needs and partner.needs)
    other_rows = None if both_need else covered
    backward = directed_parts(partner, reader, weights, other_rows)
    mutual = reciprocal(forward.score, backward.score)
    shown = whole_points([part.points for part in forward.parts])
    voice = _SPEAKING if is_spoken_to else _TELLING
    numbers = _Numbers()
    rows = [
        _row(part, numbers, _reason(part, reader, partner, voice))
        for part in forward.parts
    ]
    return Explanation(
        points=whole(forward.score),
        exact=numbers.two(forward.score),
        parts=rows,
        words=", ".join(
            f"{row.name} {points}" for row, points in zip(rows, shown, strict=True)
        ),
        completeness=_completeness(forward),
        covers=_covers(covered, reader, partner),
        missing=_missing(covered, reader, partner),
        km=round(distance(reader, partner) / 1000),
        mutual=whole(mutual),
        mutual_exact=numbers.two(mutual),
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


class _Numbers:
    """How the reader's language writes what a list has by the hundred."""

    def __init__(self) -> None:
        self.sign, self.of = decimal_sign(), _("%(points)s von %(most)s")

    def two(self, score: int) -> str:
        """A score with its hundredths."""
        return f"{score // 100}{self.sign}{score % 100:02}"


def _row(part: PartScore, numbers: _Numbers, reason: str) -> PartRow:
    number = int(part.part)
    weight = part.weight / 100 if part.weight else MAXIMA[number]
    # Each track is as long as its maximum; what was reached, in its share.
    reached = part.points / 100 / weight * MAXIMA[number] if part.weight else 0.0
    of = numbers.two(part.weight) if part.weight else "0"
    exact = numbers.two(part.points)
    return PartRow(
        name=str(NAMES[part.part]),
        points=round(reached, 2),
        maximum=MAXIMA[number],
        start=STARTS[number],
        fill=round(round(reached, 2) / MAXIMA[number] * TRACKS[number], 2),
        shown=numbers.of % {"points": exact, "most": of},
        exact=exact,
        reason=reason,
    )


def _reason(part: PartScore, reader: Profile, partner: Profile, voice: Voice) -> str:
    if part.note is Note.NOT_FILLED_IN:
        return voice.own_is_silent(reader)
    if part.note is Note.PARTNER_STATES_NOTHING:
        return voice.other_is_silent(partner)
    if part.part is Part.AMOUNT and not reader.needs:
        return voice.gives(_percent(part))
    return TELL[part.part](part, reader, partner)


def _of_topics(_part: PartScore, reader: Profile, partner: Profile) -> str:
    own, shared = bits_of(reader.topics), bits_of(reader.topics & partner.topics)
    if not shared:
        return _("0 von %(own)s: kein gemeinsames Thema.", own=len(own))
    names = ", ".join(str(TOPICS[bit].label) for bit in shared)
    return _shares(len(shared), len(own), names)


def _of_audiences(_part: PartScore, reader: Profile, partner: Profile) -> str:
    own = bits_of(reader.audiences)
    shared = bits_of(reader.audiences & partner.audiences)
    if not shared:
        return _("0 von %(own)s: keine gemeinsame Zielgruppe.", own=len(own))
    names = ", ".join(str(AUDIENCES[bit].label) for bit in shared)
    return _shares(len(shared), len(own), names)


def _of_distance(_part: PartScore, reader: Profile, partner: Profile) -> str:
    km = round(distance(reader, partner) / 1000)
    return _("%(km)s km von höchstens %(most)s km.", km=km, most=reader.radius_km or 0)


def _of_time(part: PartScore, _reader: Profile, _partner: Profile) -> str:
    return _("Passende Monate: %(shared)s von %(all)s.", shared=part.num, all=part.den)


def _of_amount(part: PartScore, _reader: Profile, _partner: Profile) -> str:
    return _("Deckt im Mittel %(percent)s %% der Zeilen.", percent=_percent(part))


TELL = {
    Part.TOPICS: _of_topics,
    Part.AUDIENCE: _of_audiences,
    Part.DISTANCE: _of_distance,
    Part.TIME: _of_time,
    Part.AMOUNT: _of_amount,
}


def _percent(part: PartScore) -> int:
    return round(100 * part.num / part.den)


def _shares(shared: int, own: int, names: str) -> str:
    return _("%(shared)s von %(own)s: %(names)s.", shared=shared, own=own, names=names)


def _completeness(score: DirectedScore) -> str:
    if not score.empty:
        return ""
    names = ", ".join(str(NAMES[part]) for part in score.empty)
    return _(
        "Zu %(percent)s %% ausgefüllt, ohne %(names)s.",
        percent=score.completeness,
        names=names,
    )


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
        kind = KINDS[line.kind]
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
        kind = KINDS[line.kind]
        for unit in row.units:
            if unit.missing:
                slot = "" if unit.slot is None else f", {SLOTS[unit.slot].label}"
                amount = amount_of(kind, unit.missing)
                gaps.append(f"{line_name(kind, line.item)}: {amount}{slot}")
    return gaps


def line_name(kind: LineKind, item: int) -> str:
    """What a line is about: its item, else its kind."""
    return str(ITEMS[item - 1].label if 0 < item <= len(ITEMS) else kind.label)
