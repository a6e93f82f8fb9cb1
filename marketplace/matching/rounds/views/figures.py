"""The numbers of a published round, in words and columns; never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation.language import _, ngettext
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import FEWEST_PUPILS
from marketplace.web.charts import Bar, Chart, chart_of

# So many groups have a column of their own; what lies beyond shares the last one.
OWN_COLUMNS = 7


@dataclass(frozen=True)
class Fact:
    """A number of a round: what it counts, and what one should know of it."""

    name: str
    value: int
    note: str = ""


@dataclass(frozen=True)
class Told:
    """What everybody reads of a run.

    With few pupils their numbers would tell of single ones: then neither `figures` nor
    `shares` are there, and `facts` are those that count no pupils.
    """

    figures: Mapping[str, Any]
    facts: Sequence[Fact]
    shares: Chart | None


def told_of(figures: Mapping[str, Any], rule: Rule) -> Told | None:
    """What is published of a run by a rule; None where there was none."""
    if not figures:
        return None
    if figures["pupils"] < FEWEST_PUPILS:
        closed = Fact(_("Nicht zustande gekommen"), figures["closed"])
        return Told({}, [closed, *_of_places(figures, rule)], None)
    facts = [*_of_pupils(figures), *_of_places(figures, rule)]
    return Told(figures, facts, _shares(figures))


def _of_pupils(figures: Mapping[str, Any]) -> list[Fact]:
    pairs = figures["friends"]
    return [
        Fact(_("Listen"), figures["pupils"], _("mit mindestens einem gültigen Wunsch")),
        Fact(_("Freunde im selben Ort"), pairs, ngettext("Paar", "Paare", pairs)),
    ]


def _of_places(figures: Mapping[str, Any], rule: Rule) -> list[Fact]:
    seats, runs = figures["seats"], figures["runs"]
    envy = figures["lot_envy"]
    beside = ngettext("bei einem Praktikum", "bei %(num)s Praktika", seats)
    again = _("Kommt ein Praktikum nicht zustande, wird alles neu verteilt.")
    passed = (
        _("Diese Regel lässt das zu, damit mehr einen Platz bekommen.")
        if rule is Rule.MOST_PLACES
        else _("0 heißt: Kein Platz ging an ein schlechteres Los derselben Stufe.")
    )
    return [
        Fact(_("Plätze im Topf"), figures["places"], beside),
        Fact(_("Durchläufe"), runs, again),
        Fact(
            _("Paare, die einander lieber hätten"),
            figures["blocking_pairs"],
            _("0 heißt: Kein Platz ging an eine schlechtere Stufe."),
        ),
        Fact(_("Besseres Los übergangen"), envy, passed),
    ]


def _shares(figures: Mapping[str, Any]) -> Chart:
    """Which part of the pupils got a place in which group of her list, and who none."""
    tiers, pupils = list(figures["tiers"]), figures["pupils"]
    own, rest = tiers[:OWN_COLUMNS], sum(tiers[OWN_COLUMNS:])
    counts = [(str(k), _("Gruppe %(tier)s", tier=k), n) for k, n in enumerate(own, 1)]
    if len(tiers) > OWN_COLUMNS:
        first = OWN_COLUMNS + 1
        counts.append((f"{first}+", _("ab Gruppe %(tier)s", tier=first), rest))
    counts.append((_("ohne"), _("ohne Platz"), figures["unplaced"]))
    bars = [
        Bar(name, words, count, _("%(num)s %%", num=_percent(count, pupils)))
        for name, words, count in counts
    ]
    said = "; ".join(f"{one.long_name} {one.value}" for one in bars)
    return chart_of(bars, _("Anteile an allen Listen: %(shares)s.", shares=said))


def _percent(count: int, total: int) -> int:
    return (200 * count + total) // (2 * total)
