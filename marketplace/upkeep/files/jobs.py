from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.storage import day_of_key, delete, is_held, keys
from marketplace.upkeep.files.queries import keys_without_rows
from marketplace.upkeep.files.services import ask_to_drop

# A transaction that is to bring the row is over long before.
LONGEST_WAIT = timedelta(days=1)
AT_ONCE = 500
# While a backup is written, bytes stay; then it is tried again.
PAUSE = timedelta(minutes=5)


def drop(payload: Mapping[str, Any]) -> None:
    """Drops the bytes of a file whose row is gone, once no backup needs them."""
    key = str(payload["key"])
    if is_held(now()):
        ask_to_drop(key, due_at=now() + PAUSE)
    elif keys_without_rows([key]):
        delete(key)


def sweep(_payload: Mapping[str, Any]) -> None:
    """Drops bytes whose row never came, since their transaction came to nothing.

    While a backup is written it leaves them to the next day.
    """
    if is_held(now()):
        return
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
