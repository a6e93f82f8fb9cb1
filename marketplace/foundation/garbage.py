"""When Python looks for what only holds itself: seldom, and not while much is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new objects are waited for; of a page some hundred stay.
OFTEN = 10_000


@contextmanager
def without_garbage() -> Iterator[None]:
    """Lets nothing be looked through meanwhile: of what is made, all is still held."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Takes what a process has loaded as there to stay, and looks less often.

    Else every some hundred pages all of it is looked through, for a quarter of a
    second, while somebody waits.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, *gc.get_threshold()[1:])
