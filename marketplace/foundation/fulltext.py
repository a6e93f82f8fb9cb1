"""What is asked of the index, and how each database writes it; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word of the index; with `begins`, every word that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True)
class AllOf:
    """Every part must hold; there is at least one."""

    parts: Sequence["Question"]


@dataclass(frozen=True)
class AnyOf:
    """One part is enough; there is at least one."""

    parts: Sequence["Question"]


Question = Word | AllOf | AnyOf


def any_word(words: Iterable[str]) -> Question:
    """One of some words, in a fixed order."""
    return any_of([Word(word) for word in sorted(words)])


def any_of(parts: Sequence[Question]) -> Question:
    """One of some parts; of a single one, that one."""
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def all_of(parts: Sequence[Question]) -> Question:
    """All of some parts; of a single one, that one."""
    return parts[0] if len(parts) == 1 else AllOf(parts)


def for_sqlite(question: Question) -> str:
    """As FTS5 reads it."""
    if isinstance(question, Word):
        return f'"{question.text}"' + (" *" if question.begins else "")
    sign = " AND " if isinstance(question, AllOf) else " OR "
    return f"({sign.join(for_sqlite(part) for part in question.parts)})"


def for_postgresql(question: Question) -> str:
    """As a tsquery."""
    if isinstance(question, Word):
        return f"'{question.text}'" + (":*" if question.begins else "")
    sign = " & " if isinstance(question, AllOf) else " | "
    return f"({sign.join(for_postgresql(part) for part in question.parts)})"
