"""The index of the made-up market, as the services would have written it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from marketplace.foundation.text import fold
from marketplace.postings.lives.enums import PUBLIC_STATES, PostingState
from marketplace.region.topics.enums import FIRST_GRADE, LAST_GRADE
from marketplace.region.topics.rules import grades_meant
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.rules import (
    MARK_OF_KIND,
    MARK_OF_STANDING,
    index_words,
    marks_of_title,
    shown_as,
    terms_of,
)
from marketplace.upkeep.search.services import marks_of, write_terms

Row = dict[str, Any]
# Of so many organisations one is not verified.
UNVERIFIED = 20


def entry_of(kind: str, posting: Mapping[str, Any]) -> Row:
    """The entry of one posting; what it says follows from its title and its town."""
    title = posting["title"]
    text, _blank, number = title.rpartition(" ")
    owner = posting["organisation_id"]
    own = _standing(posting["state"])
    owners = Standing.CONFIRMED if owner % UNVERIFIED else Standing.HINT
    marks = marks_of(
        posting["topics"],
        states=[posting["state_code"]],
        districts=[ags] if (ags := posting["district_ags"]) else [],
        points=[(posting["lat"], posting["lon"])],
        is_needy=kind == "offer",
        grades=_grades(posting),
        ages=[posting["fits_from"]] if "fits_from" in posting else [],
    )
    told = _words((posting["description"], posting["place_name"]))
    titled = {*_words((text,)), number}
    tokens = {
        *marks_of_title(titled),
        *(told | titled | marks),
        *(MARK_OF_KIND + kind, MARK_OF_STANDING + shown_as(own, owners)),
    }
    same = {name: posting[name] for name in ("place_name", "lat", "lon")}
    return {
        "kind": kind,
        "thing_id": posting["id"],
        "key": posting["public_id"],
        "title": title,
        "body": posting["description"],
        "context": f"Werk {owner}",
        "owner_id": owner,
        "standing": own,
        "owner_standing": owners,
        **same,
        "tokens": " ".join(sorted(tokens)),
    }


def keep_words(texts: Sequence[str]) -> None:
    """Keeps the words of the market for proposals."""
    write_terms({fold(term): term for term in terms_of(texts)})


def _grades(posting: Mapping[str, Any]) -> frozenset[int]:
    """The classes it is for: those of its audience, from the first that it takes."""
    first = posting.get("grade_from", FIRST_GRADE)
    return grades_meant(posting["audiences"], first, LAST_GRADE)


@cache
def _words(texts: tuple[str, ...]) -> frozenset[str]:
    return index_words(texts)


def _standing(state: PostingState) -> Standing:
    if state in PUBLIC_STATES:
        return Standing.CONFIRMED
    return Standing.HINT if state is PostingState.LISTED else Standing.HIDDEN
