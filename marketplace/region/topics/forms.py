from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from marketplace.region.topics.enums import PARENTS, SIGNS, Sign, Topic


class Tick(NamedTuple):
    """One topic or sign as it can be chosen."""

    id: str
    value: str
    label: str
    is_checked: bool


class ThemeField(SelectMultipleField):
    """Topics by name, or all under one sign of MINT by its letter; any number.

    It is drawn from its `ticks`: a field for each of sixty would take longer than
    the rest of a page.
    """

    def __init__(self, label: LazyString, **rest: Any) -> None:
        super().__init__(
            label,
            coerce=_theme,
            choices=[SelectChoice(t.value, t.label) for t in (*Sign, *Topic)],
            **rest,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes what it knows and drops the rest, such as the empty choice."""
        known = {theme.value for theme in (*Sign, *Topic)}
        super().process_formdata([value for value in valuelist if value in known])

    @property
    def ticks(self) -> Sequence[Tick]:
        """The four signs, then the topics by name."""
        chosen = frozenset(self.data or ())
        return [
            Tick(f"{self.id}-{place}", str(theme.value), str(theme.label), is_checked)
            for place, theme in enumerate((*Sign, *Topic))
            for is_checked in [theme in chosen]
        ]

    @property
    def signs(self) -> Sequence[Tick]:
        """The ticks of the four signs."""
        return self.ticks[: len(Sign)]

    @property
    def single_topics(self) -> Sequence[Tick]:
        """The ticks of the topics by name."""
        return self.ticks[len(Sign) :]

    @property
    def topics(self) -> frozenset[Topic]:
        """Every topic that is meant: a sign brings its own, a parent its children."""
        return frozenset(t for theme in self.data or () for t in _topics_of(theme))


def _theme(value: str) -> Sign | Topic:
    return Sign(value) if value in list(Sign) else Topic(value)  # type: ignore[call-arg]


def _topics_of(theme: Sign | Topic) -> Iterator[Topic]:
    if isinstance(theme, Sign):
        yield from SIGNS[theme]
    else:
        yield theme
        yield from (child for child, parent in PARENTS.items() if parent is theme)
