"""What a question asks for: its words in every form, and what narrows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from marketplace.foundation.fulltext import (
    Question,
    Word,
    all_of,
    any_of,
    any_word,
)
from marketplace.foundation.geometry import cells_around
from marketplace.foundation.text import fold
from marketplace.overview.finding.enums import Kind
from marketplace.overview.finding.rules import BROAD, Asked, german_of
from marketplace.overview.finding.tables import PLACELESS, SHELVES, kinds_without
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.topics.rules import topics_from_text
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.queries.matching import words_asked
from marketplace.upkeep.search.queries.terms import terms_beginning
from marketplace.upkeep.search.rules import (
    FOR_ALL,
    MARK_OF_AGE,
    MARK_OF_CELL,
    MARK_OF_DISTRICT,
    MARK_OF_GRADE,
    MARK_OF_KIND,
    MARK_OF_STANDING,
    MARK_OF_STATE,
    MARK_OF_TOPIC,
    SHOWN,
    forms_asked,
    main_parts_of,
    parts_of,
    spelled_with_umlauts,
)
from marketplace.upkeep.search.tables import WEAK_WORDS

# A beginning stands for at most so many words.
MOST_BEGINNINGS = 20
SHORTEST_BEGINNING = 4
# A circle of more squares is asked of everything.
MOST_CELLS = 60
CONFIRMED = MARK_OF_STANDING + Standing.CONFIRMED
HINT = MARK_OF_STANDING + Standing.HINT


@dataclass(frozen=True)
class Search:
    """A question: its words, what narrows it, the one kind it asks for."""

    asked: Sequence[Asked]
    by: Narrowing
    kind: Kind | None = None
    # That some of its words are enough.
    is_loose: bool = False
    # That what knows neither class nor age is left out where they are asked for.
    is_for_some: bool = False

    @property
    def is_placed(self) -> bool:
        """Says whether it asks for something in a place."""
        return bool(self.by.centre or self.by.state or self.by.district)

    @property
    def is_open(self) -> bool:
        """Says whether it asks for anything."""
        told = self.asked or self.by.topics or self.by.grade or self.by.age
        return bool(told or self.is_placed)


def asked_of(text: str, *, is_english: bool = False) -> list[Asked]:
    """The words of a question, each with every way in which things hold it.

    English words ask for the German one as well; those that German knows too only
    where English is spoken. Words without umlauts ask for those with them.
    """
    return [_asked(word, is_english=is_english) for word in words_asked(text)]


def _asked(word: str, *, is_english: bool) -> Asked:
    own, german = _asked_as_written(word), german_of(word, is_english=is_english)
    instead = german or spelled_with_umlauts(word)
    if instead is None:
        return own
    meant = _asked_as_written(instead)
    return replace(
        meant,
        word=word,
        exact=own.exact | meant.exact,
        beginnings=own.beginnings | meant.beginnings,
        topics=own.topics | meant.topics,
        related=own.related | meant.related,
    )


def _asked_as_written(word: str) -> Asked:
    parts = main_parts_of(word)
    forms = [frozenset(forms_asked(part)) for part in parts]
    beginnings = _beginnings(word)
    if parts and parts[0] == parts_of(word)[0]:
        # It may be that of a verb, or of another compound.
        more = _beginnings(parts[0])
        forms[0] |= more
        head, tail = map(fold, parts_of(word))
        least = len(head) + len(tail)
        beginnings |= {w for w in more if len(w) >= least and w.endswith(tail)}
    return Asked(
        word,
        exact=frozenset(forms_asked(word)),
        beginnings=beginnings,
        parts=forms,
        topics=topics_from_text(word) - BROAD,
        related=topics_from_text(word),
        is_weak=word.lower() in WEAK_WORDS,
    )


def _beginnings(word: str) -> frozenset[str]:
    """The words that begin with one, unless that is very short."""
    begins = fold(word)
    if len(begins) < SHORTEST_BEGINNING:
        return frozenset()
    return frozenset(t.word for t in terms_beginning(begins, MOST_BEGINNINGS))


def parts_of_search(search: Search) -> list[Search]:
    """A search, and beside it the same for each kind of what is nowhere.

    Whoever asks for opticians around Jena wants to read of the occupation too. Where
    nothing but a place is asked for, all occupations would be an answer to nothing.
    """
    if not search.is_placed:
        return [search]
    if search.kind in PLACELESS:
        return [_anywhere(search, search.kind)]
    is_told = bool(search.asked or search.by.topics) and search.kind is None
    return [search, *(_anywhere(search, kind) for kind in PLACELESS if is_told)]


def _anywhere(search: Search, kind: Kind) -> Search:
    by = replace(search.by, centre=None, radius_km=None, state=None, district="")
    return replace(search, by=by, kind=kind)


def question_of(search: Search, more: Sequence[Question] = ()) -> Question:
    """The whole question with all that narrows it."""
    by = search.by
    # The rarest first: the others are only asked for what that has.
    strong = [one for one in search.asked if not one.is_weak] or search.asked
    asked = sorted(strong, key=lambda one: bool(one.topics))
    parts: list[Question] = [one.question for one in asked]
    if search.is_loose:
        parts = [any_of([one.loosely for one in asked])]
    if by.district:
        parts.append(Word(MARK_OF_DISTRICT + by.district))
    cells = [any_word(marks)] if (marks := _cells(search)) else []
    return all_of([*parts, *cells, *map(any_word, chosen_marks(search)), *more])


def shown(search: Search) -> Question:
    """The whole question, asked of what everybody may see."""
    return question_of(search, [SHOWN])


def _cells(search: Search) -> list[str]:
    """The marks of the squares around a place, unless those are too many."""
    centre, radius = search.by.centre, search.by.radius_km
    cells = cells_around(*centre, radius) if centre and radius else []
    return [MARK_OF_CELL + cell for cell in cells] if len(cells) <= MOST_CELLS else []


def chosen_marks(search: Search) -> list[frozenset[str]]:
    """The marks of what is chosen in the filters; one of each must be there."""
    by = search.by
    kinds = {MARK_OF_KIND + search.kind} if search.kind else ()
    states = {MARK_OF_STATE + by.state.lower()} if by.state else ()
    topics = (MARK_OF_TOPIC + topic for topic in by.topics)
    chosen = (kinds, states, topics, _grades(search), _ages(search))
    return [marks for some in chosen if (marks := frozenset(some))]


def _grades(search: Search) -> Iterator[str]:
    """The marks of what is for a class or for all of them, and of what knows none."""
    if search.by.grade:
        yield from (f"{MARK_OF_GRADE}{one}" for one in (search.by.grade, FOR_ALL))
        yield from _others(search, "klasse")


def _ages(search: Search) -> Iterator[str]:
    """The marks of what takes people of an age, and of what asks for none."""
    if search.by.age:
        yield from (f"{MARK_OF_AGE}{age}" for age in range(search.by.age + 1))
        yield from _others(search, "alter")


def _others(search: Search, name: str) -> Iterator[str]:
    """The marks of the kinds that do not know a filter, as far as they are wanted."""
    asked = {"klasse": search.by.grade, "alter": search.by.age}
    told = {one for one, value in asked.items() if value}
    for kind in kinds_without(name):
        if not search.is_for_some or told & SHELVES[kind].takes:
            yield MARK_OF_KIND + kind
