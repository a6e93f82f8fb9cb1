"""Rules whose features find and drop what is due by one service of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from marketplace.encounters.feedback.models import Answer
from marketplace.encounters.feedback.rules import MONTHS_OF_WORDS
from marketplace.encounters.feedback.services import forget_words
from marketplace.encounters.placements.services.caring import forget_past_visits
from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.encounters.watchlist.queries import keepers_away_since
from marketplace.encounters.watchlist.rules import MONTHS_KEPT as LIST_MONTHS
from marketplace.encounters.watchlist.services import forget_lists
from marketplace.foundation.clock import day_of
from marketplace.foundation.language import lazy
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import people_away_since
from marketplace.overview.alerts.rules import MONTHS_KEPT as SEARCH_MONTHS
from marketplace.overview.alerts.services.saving import forget_searches
from marketplace.people.schools.queries import past_classes
from marketplace.people.schools.services.classes import forget_past_classes
from marketplace.stewardship.privacy.queries import count_of
from marketplace.stewardship.privacy.rules import (
    Term,
    months,
    school_year_and,
)
from marketplace.stewardship.privacy.services.keeping import Moment, Rule

DELETED = lazy("gelöscht")


@dataclass(frozen=True)
class Swept:
    """What a feature drops all at once; `due` counts it before."""

    due: Callable[[datetime], int]
    act: Callable[[datetime], object]

    def count(self, _day: date, moment: Moment) -> int:
        """How many records are to go."""
        return self.due(moment.at)

    def take(self, _day: date, moment: Moment) -> int:
        """Lets all of them go."""
        count = self.due(moment.at)
        self.act(moment.at)
        return count


def _searches(at: datetime) -> int:
    away = people_away_since(at - relativedelta(months=SEARCH_MONTHS))
    return count_of(select(SavedSearch.id).where(SavedSearch.user_id.in_(away)))


def _bookmarks(at: datetime) -> int:
    away = keepers_away_since(at - relativedelta(months=LIST_MONTHS))
    events = select(KeptEvent.id).where(KeptEvent.user_id.in_(away))
    internships = select(Bookmark.id).where(Bookmark.pupil_id.in_(away))
    return count_of(internships) + count_of(events)


def _words(at: datetime) -> int:
    last = day_of(at) - relativedelta(months=MONTHS_OF_WORDS)
    return count_of(select(Answer.id).where(Answer.month <= last, Answer.words != ""))


def _end_school_year(at: datetime) -> None:
    forget_past_visits(at=at)
    forget_past_classes(at=at)


SWEPT: tuple[Rule, ...] = (
    Rule(
        name="classes",
        record=lazy("Klasse mit Code, Mitgliedern und Besuchen"),
        term=Term(lazy("bis 31. Juli"), school_year_and(0).cut),
        since=lazy("Schuljahr der Klasse"),
        then=DELETED,
        work=Swept(lambda at: len(past_classes(day_of(at))), _end_school_year),
    ),
    Rule(
        name="searches",
        record=lazy("Gespeicherte Suche"),
        term=months(SEARCH_MONTHS),
        since=lazy("letzte Anmeldung"),
        then=DELETED,
        work=Swept(_searches, lambda at: forget_searches(at=at)),
    ),
    Rule(
        name="bookmarks",
        record=lazy("Merkliste"),
        term=months(LIST_MONTHS),
        since=lazy("letzte Anmeldung"),
        then=DELETED,
        work=Swept(_bookmarks, lambda at: forget_lists(at=at)),
    ),
    Rule(
        name="feedback_words",
        record=lazy("Freie Worte einer Rückmeldung, ohne Namen"),
        term=months(MONTHS_OF_WORDS),
        since=lazy("Monat der Rückmeldung"),
        then=lazy("geleert, die Noten bleiben"),
        work=Swept(_words, lambda at: forget_words(at=at)),
    ),
)
