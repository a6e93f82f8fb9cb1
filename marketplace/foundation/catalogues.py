"""The sentences of each language, looked up once a process: a page has a thousand.

Numbers and days are kept as they were written too: a list writes few of them often.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import flask_babel
from babel import Locale, dates, numbers
from flask.globals import app_ctx
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

# So many sentences of a language are kept, and so many numbers; there are fewer.
MOST = 20_000


class Catalogue(dict[str, str]):
    """What each German sentence is in one language."""

    def __init__(self, translations: Any, locale: str | None = None) -> None:
        super().__init__()
        self.translations, self.locale = translations, locale
        self._markups: dict[str, Markup] = {}

    def __missing__(self, sentence: str) -> str:
        said: str = self.translations.ugettext(sentence)
        if len(self) < MOST:
            self[sentence] = said
        return said

    def markup(self, sentence: str) -> Markup:
        """The same as a part of a page."""
        kept = self._markups.get(sentence)
        if kept is None:
            kept = Markup(self[sentence])  # noqa: S704 - our own, as Jinja takes it
            if len(self._markups) < MOST:
                self._markups[sentence] = kept
        return kept


class Sentences(flask_babel.Domain):  # type: ignore[misc]  # it ships no types
    """The catalogues of all languages."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, Catalogue] = {}

    def get_translations(self) -> Any:
        """What Flask-Babel itself asks for."""
        return catalogue().translations

    def of(self, locale: Locale) -> Catalogue:
        """The catalogue of the locale that is spoken at the moment."""
        kept = self._kept.get(str(locale))
        if kept is None:
            kept = Catalogue(super().get_translations(), str(locale))
            self._kept[str(locale)] = kept
        return kept


# What is said where no application is.
_GERMAN = Catalogue(flask_babel.Domain().get_translations())
_context = app_ctx._get_current_object  # type: ignore[attr-defined]


def catalogue() -> Catalogue:
    """The catalogue of the language of this request or letter; else German."""
    try:
        context = _context()
    except RuntimeError:
        return _GERMAN
    try:
        # Beside what Flask-Babel itself keeps there.
        own = context.g._flask_babel
        locale, kept = own.catalogue
        if locale is own.babel_locale:
            return kept  # type: ignore[no-any-return]
    except AttributeError:  # nothing was said yet, or the language was changed
        pass
    locale = flask_babel.get_locale()
    kept = context.app.extensions["babel"].instance.domain_instance.of(locale)
    context.g._flask_babel.catalogue = locale, kept
    return kept  # type: ignore[no-any-return]


def gettext(sentence: str, **values: object) -> str:
    """Says a sentence in the language of the reader, with values filled in."""
    said = catalogue()[sentence]
    return said % values if values else said


@pass_eval_context
def said_on_page(context: EvalContext, sentence: str, **values: object) -> str:
    """The same in a template; in a page, values are escaped."""
    kept = catalogue()
    said = kept.markup(sentence) if context.autoescape else kept[sentence]
    return said % values if values or "%" in said else said


def format_decimal(number: float | Decimal, form: str | None = None) -> str:
    """Writes a number as the reader's language does."""
    return _number(number, form, catalogue().locale)


def decimal_sign() -> str:
    """What stands before the decimals in the reader's language."""
    return _sign(catalogue().locale)


def format_date(day: date | None = None, form: str | None = None) -> str:
    """Writes a day as the reader's language does; of an instant that of our clocks."""
    if day is None or isinstance(day, datetime):
        return str(flask_babel.format_date(day, form))
    return _day(day, form or "medium", catalogue().locale)


@lru_cache(MOST, typed=True)
def _number(number: float | Decimal, form: str | None, locale: str | None) -> str:
    return str(numbers.format_decimal(number, form, locale))


@cache
def _sign(locale: str | None) -> str:
    return str(numbers.get_decimal_symbol(locale))


@lru_cache(MOST)
def _day(day: date, form: str, locale: str | None) -> str:
    return str(dates.format_date(day, form, locale))
