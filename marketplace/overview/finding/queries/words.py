"""What search takes a question for, for whoever keeps it."""

from sqlalchemy import Select, false, select

from marketplace.foundation.fulltext import Word
from marketplace.overview.finding.queries.asking import Search, asked_of, question_of
from marketplace.postings.lives.queries import Narrowing
from marketplace.upkeep.search.models import SearchEntry
from marketplace.upkeep.search.queries.matching import holds
from marketplace.upkeep.search.rules import MARK_OF_KIND


def ids_saying(kind: str, words: str) -> Select[int]:
    """The ids of the things of a kind that search finds for these words.

    No word that counts: no thing.
    """
    asked = asked_of(words)
    if not asked:
        return select(SearchEntry.thing_id).where(false())
    question = question_of(Search(asked, Narrowing()), [Word(MARK_OF_KIND + kind)])
    return select(SearchEntry.thing_id).where(holds(question))
