from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.storage import day_of_key, delete, keys
from marketplace.upkeep.files.queries import keys_without_rows

# A transaction that is to bring the row is over long before.
LONGEST_WAIT = timedelta(days=1)
AT_ONCE = 500


def drop(payload: Mapping[str, Any]) -> None:
    """Drops the bytes of a file whose row is gone."""
    key = str(payload["key"])
    if keys_without_rows([key]):
        delete(key)


def sweep(_payload: Mapping[str, Any]) -> None:
    """Drops bytes whose row never came, since their transaction came to nothing."""
    latest = day_of(now() - LONGEST_WAIT)
    days = ((key, day_of_key(key)) for key in keys())
    old = (key for key, day in days if day and day < latest)
    for some in _parted(old):
        for key in keys_without_rows(some):
            delete(key)


def _parted(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some
