from dataclasses import replace

from marketplace.region.occupations.models import Occupation
from marketplace.region.occupations.tables import ENGLISH, STORIES, Story
from marketplace.region.topics.enums import Sign, Topic
from marketplace.region.topics.rules import sign_of


def story_of(occupation: Occupation, language: str) -> Story:
    """What there is to tell of an occupation, with its name and its sentence."""
    if language == "en":
        return ENGLISH[occupation.title]
    title, sentence = occupation.title, occupation.sentence
    return replace(STORIES[title], name=title, sentence=sentence)


def english_of(title: str) -> Story | None:
    """What is told in English of the occupation of this title, if there is one."""
    return ENGLISH.get(title)


def sign_for(occupation: Occupation) -> Sign | None:
    """The sign of MINT it is drawn under: that of its first topic."""
    first = next((topic for topic in Topic if topic in occupation.topics), None)
    return sign_of(first) if first else None
