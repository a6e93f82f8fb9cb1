from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.tables import STORIES, Story
from marketplace.region.topics.enums import Sign, Topic
from marketplace.region.topics.rules import sign_of


def story_of(occupation: Occupation) -> Story:
    """What there is to tell of an occupation beside its sentence."""
    return STORIES[occupation.title]


def sign_for(occupation: Occupation) -> Sign | None:
    """The sign of MINT it is drawn under: that of its first topic."""
    first = next((topic for topic in Topic if topic in occupation.topics), None)
    return sign_of(first) if first else None
