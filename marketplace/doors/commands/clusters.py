"""Lists made on a cluster of several machines."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from marketplace.matching.scores.index import MatchIndex
from marketplace.matching.scores.market import Entries, entries_of, pieces

# A cluster that has not answered by then is taken for absent.
PATIENCE_SECONDS = 10


class NoClusterError(Exception):
    """No cluster answers at the address."""


def engine_on(scheduler: str) -> Callable[[MatchIndex], Iterator[Entries]]:
    """Makes lists on the cluster at an address; refuses where Dask is not installed.

    The index travels to each worker once, and the lists come back in order, the same
    as those of one machine.
    """
    client_of = import_module("distributed").Client  # heavy, and an extra

    def make(index: MatchIndex) -> Iterator[Entries]:
        try:
            client = client_of(scheduler, timeout=PATIENCE_SECONDS)
        except (OSError, ValueError) as error:
            raise NoClusterError(scheduler) from error
        with client:
            sent = client.scatter(index, broadcast=True)
            work = pieces(index)
            for future in client.map(_lists_of, work, index=sent, pure=False):
                yield future.result()

    return make


def _lists_of(profile_ids: Sequence[int], index: MatchIndex) -> Entries:
    return entries_of(index, profile_ids)
