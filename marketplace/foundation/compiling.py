"""Whether numba is there and wanted, and how functions are compiled by it."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar, cast

numba: ModuleType | None
try:
    import numba
except ImportError:
    numba = None

F = TypeVar("F", bound=Callable[..., Any])
IS_COMPILED = bool(numba and not numba.config.DISABLE_JIT)
if numba:
    # GNU OpenMP kills forked children; no kernel here is parallel, and none shall.
    numba.config.THREADING_LAYER = "workqueue"


def compiled(function: F) -> F:
    """Compiles at the first call and keeps the code on disk where it can be written.

    Without numba the function stays what it is.
    """
    if not (numba and IS_COMPILED):
        return function
    try:
        return cast("F", numba.njit(cache=True)(function))
    except RuntimeError:  # a read-only installation
        return cast("F", numba.njit(function))
