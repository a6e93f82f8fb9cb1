"""Where a search that found nothing leads on, each way with what waits there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel.speaklater import LazyString
from sqlalchemy import Select

from marketplace.foundation.language import _, lazy
from marketplace.postings.lives.forms import ListFilters
from marketplace.postings.lives.models import Posting
from marketplace.postings.lives.queries import Narrowing, narrowed, public_postings
from marketplace.region.places.tables import RADII
from marketplace.region.topics.enums import SIGNS, Sign
from marketplace.region.topics.rules import sign_of
from marketplace.web.pages import COUNTED, count_of

# How a kind of posting narrows a list; `lives.queries.narrowed` and what it adds.
Narrow = Callable[[Select[Any], Narrowing], Select[Any]]
# Each way costs one bounded count, so there are only so many.
MOST_WAYS = 5
KINDS: Mapping[str, LazyString] = {
    "internship": lazy("Praktika"),
    "offer": lazy("Angebote"),
    "sponsorship": lazy("Förderungen"),
    "event": lazy("Veranstaltungen"),
}


@dataclass(frozen=True)
class Way:
    """A wider search: its words, its address, and how much it finds."""

    label: str
    link: str
    count: int

    @property
    def is_over(self) -> bool:
        """Says whether it finds more than is counted."""
        return self.count > COUNTED


# What a wider search is called, what it changes in the address, and what it asks.
Idea = tuple[str, Mapping[str, Any], Narrowing]


def link_to(filters: ListFilters, **changes: Any) -> str:
    """The address of this list with some entries changed; None takes one away."""
    return _link(".index", filters, changes)


def ways_from(
    model: type[Posting], filters: ListFilters, by: Narrowing, narrow: Narrow
) -> list[Way]:
    """The wider searches that find something, those nearest to what was asked first."""
    ways: list[Way] = []
    for label, changes, wider in _ideas(filters, by):
        count = count_of(narrow(public_postings(model), wider))
        if count:
            ways.append(Way(label, link_to(filters, **changes), count))
        if len(ways) == MOST_WAYS:
            return ways
    return [*ways, *_other_kinds(model, filters, by)][:MOST_WAYS]


def _ideas(filters: ListFilters, by: Narrowing) -> Iterator[Idea]:
    """One entry given up at a time, the place last."""
    yield from _around(by)
    if by.starts_from or by.ends_by:
        none = {"von": None, "bis": None}
        yield _("An anderen Tagen"), none, replace(by, starts_from=None, ends_by=None)
    yield from _related(filters, by)
    if by.kind:
        yield _("Jede Art"), {"art": None}, replace(by, kind="")
    if by.grade or by.age:
        none = {"klasse": None, "alter": None}
        wider = replace(by, grade=None, age=None)
        yield _("Für jede Klasse und jedes Alter"), none, wider
    if by.words:
        label = _("Ohne das Wort „%(words)s“", words=by.words)
        yield label, {"q": None}, replace(by, words="")
    if by.is_step_free:
        label = _("Auch ohne stufenlosen Zugang")
        yield label, {"barrierefrei": None}, replace(by, is_step_free=False)
    if by.centre or by.state or by.district:
        none = {"ort": None, "umkreis": None, "land": None, "kreis": None}
        wider = replace(by, centre=None, state=None, district="")
        yield _("In der ganzen Region"), none, wider
        for label, themes, related in _related(filters, wider):
            words = _("%(what)s, in der ganzen Region", what=label)
            yield words, {**none, **themes}, related


def _around(by: Narrowing) -> Iterator[Idea]:
    """The same place, clearly further around."""
    for km in RADII:
        if by.centre and by.radius_km and 2 * km >= 3 * by.radius_km:
            label = _("Im Umkreis von %(km)s km", km=km)
            yield label, {"umkreis": km}, replace(by, radius_km=km)


def _related(filters: ListFilters, by: Narrowing) -> Iterator[Idea]:
    """All that stands under the signs of the topics asked for, then every topic."""
    themes = filters.values.get("thema", ())
    signs = {t if isinstance(t, Sign) else sign_of(t) for t in themes}
    wider = frozenset(topic for sign in signs for topic in SIGNS[sign])
    if signs and wider != by.topics:
        names = _(" und ").join(str(s.label) for s in Sign if s in signs)
        values = [sign.value for sign in Sign if sign in signs]
        label = _("Verwandtes: alles aus %(signs)s", signs=names)
        yield label, {"thema": values}, replace(by, topics=wider)
    if by.topics:
        yield _("Alle Themen"), {"thema": None}, replace(by, topics=frozenset())


def _other_kinds(
    model: type[Posting], filters: ListFilters, by: Narrowing
) -> Iterator[Way]:
    """The same search among what is posted otherwise; kind and days are its own."""
    for other in Posting.__subclasses__():
        if other is model or other.kind not in KINDS:
            continue
        count = count_of(narrowed(public_postings(other), other, by))
        if count:
            address = f"{other.__tablename__}.index"
            none = {"art": None, "alter": None, "von": None, "bis": None}
            label = _("Hier gibt es %(kind)s", kind=KINDS[other.kind])
            yield Way(label, _link(address, filters, none), count)


def _link(endpoint: str, filters: ListFilters, changes: Mapping[str, Any]) -> str:
    entries: dict[str, Any] = {**filters.query, **changes}
    return url_for(endpoint, **{k: v for k, v in entries.items() if v is not None})
