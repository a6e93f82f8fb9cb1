"""The lists of the vocabulary hold what they promise."""

import re
from collections import Counter

from marketplace.region.topics.enums import PARENTS, SIGNS, Audience, Format, Topic
from marketplace.region.topics.tables import FORMAT_WORDS, PARTS, WORDS


def test_the_catalogue_fits_into_one_number():
    assert (len(Topic), len(Audience), len(set(Topic) - set(PARENTS))) == (59, 13, 14)


def test_a_parent_has_no_parent():
    assert set(PARENTS.values()) & set(PARENTS) == set()


def test_every_topic_stands_under_exactly_one_sign():
    counted = Counter(topic for topics in SIGNS.values() for topic in topics)

    assert counted == Counter(Topic)


def test_every_topic_has_words():
    assert {topic for topic in WORDS.values() if topic} == set(Topic)


def test_946_words_lead_to_a_topic_and_40_are_known_without():
    counted = Counter(topic is not None for topic in WORDS.values())

    assert counted == {True: 946, False: 40}


def test_a_word_is_one_run_of_small_letters():
    assert [word for word in WORDS if not re.fullmatch(r"[a-zäöüß]+", word)] == []


def test_a_part_has_three_letters_at_least():
    assert [part for part in PARTS if len(part) < 3] == []


def test_every_format_has_words():
    assert set(FORMAT_WORDS.values()) == set(Format)
