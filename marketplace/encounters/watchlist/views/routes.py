"""All pages of the watch list hang on one blueprint."""

from marketplace.encounters.watchlist.views import events, internships
from marketplace.encounters.watchlist.views.blueprint import blueprint

__all__ = ["blueprint", "events", "internships"]
