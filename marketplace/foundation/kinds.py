"""Kinds of value that somebody may set: what each admits, and how it is said."""

from dataclasses import dataclass
from typing import Any

from marketplace.foundation.language import lazy


@dataclass(frozen=True)
class Number:
    """A whole number between two bounds."""

    default: int
    lowest: int
    highest: int

    def admits(self, value: Any) -> bool:
        """Says whether it may be set to this."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return is_number and self.lowest <= value <= self.highest

    def say(self, value: Any) -> str:
        """Gives a value in words."""
        return str(value)


@dataclass(frozen=True)
class Hours(Number):
    """A time to work, in minutes; written as 7:30."""

    def say(self, value: Any) -> str:
        return f"{value // 60}:{value % 60:02}"


@dataclass(frozen=True)
class YesNo:
    """One of two answers."""

    default: bool

    def admits(self, value: Any) -> bool:
        """Says whether it may be set to this."""
        return isinstance(value, bool)

    def say(self, value: Any) -> str:
        """Gives a value in words."""
        return str(lazy("ja") if value else lazy("nein"))


@dataclass(frozen=True)
class Words:
    """Some words; empty where only the operator knows them."""

    default: str = ""
    longest: int = 200
    # A mail address.
    is_address: bool = False
    is_long: bool = False

    def admits(self, value: Any) -> bool:
        """Says whether it may be set to this."""
        if not isinstance(value, str) or len(value) > self.longest:
            return False
        return not (self.is_address and value) or "@" in value

    def say(self, value: Any) -> str:
        """Gives a value in words."""
        return value or str(lazy("noch offen"))


@dataclass(frozen=True)
class Choice:
    """One word of a few."""

    default: str
    words: tuple[str, ...]

    def admits(self, value: Any) -> bool:
        """Says whether it may be set to this."""
        return value in self.words

    def say(self, value: Any) -> str:
        """Gives a value in words."""
        return str(value)


Kind = Number | YesNo | Words | Choice
