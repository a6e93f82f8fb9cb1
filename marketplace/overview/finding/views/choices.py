from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from marketplace.foundation.language import _
from marketplace.overview.finding.forms import SearchFilters
from marketplace.overview.finding.queries.counts import Counts
from marketplace.overview.finding.views.links import with_changes


@dataclass(frozen=True)
class Choice:
    """One choice of a filter: what it finds and where it leads."""

    label: str
    link: str
    count: int
    is_chosen: bool


def total_of(counts: Counts, filters: SearchFilters) -> int:
    """How much there is of the kind that is asked for, or of all."""
    return counts.kinds.get(filters.kind, 0) if filters.kind else counts.total


def choices_of(
    filters: SearchFilters, counts: Counts, kept: Mapping[str, str]
) -> list[tuple[str, list[Choice]]]:
    """Each filter with what its choices find; those that find nothing are left out."""
    chosen = filters.thema.data or []
    state, grade, age = (filters.values.get(n) for n in ("land", "klasse", "alter"))
    choice, total = partial(_choice, filters, kept), total_of(counts, filters)
    named = {
        _("Was"): [
            choice("art", one, label=one.label, count=count, is_it=filters.kind is one)
            for one, count in counts.kinds.items()
        ],
        _("Bundesland"): [
            choice("land", one, label=one.label, count=count, is_it=state is one)
            for one, count in counts.states.items()
        ],
        _("Klasse"): [
            choice("klasse", str(one), label=one, count=count, is_it=grade == one)
            for one, count in counts.grades.items()
        ],
        _("Alter"): [
            choice("alter", str(one), label=one, count=total, is_it=True)
            for one in [age]
            if one
        ],
        _("Thema"): [
            choice("thema", one, label=one.label, count=count, is_it=one in chosen)
            for one, count in counts.topics.items()
        ],
    }
    for name, some in named.items():
        named[name] = [one for one in some if one.count or one.is_chosen]
    return [(name, some) for name, some in named.items() if some]


def _choice(
    filters: SearchFilters,
    kept: Mapping[str, str],
    name: str,
    value: str,
    *,
    label: object,
    count: int,
    is_it: bool,
) -> Choice:
    link = with_changes(filters, **kept, **{name: None if is_it else value})
    return Choice(str(label), link, count, is_it)
