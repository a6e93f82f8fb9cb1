"""Whether numba is there and wanted, and how functions are compiled by it."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
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
    CHOSEN_FOLDER = str(numba.config.CACHE_DIR)


def compiled(function: F) -> F:
    """Compiles at the first call and keeps the code on disk where it can be written.

    Without numba the function stays what it is. What is compiled never divides by 0
    and lets other threads run.
    """
    if not (numba and IS_COMPILED):
        return function
    options = {"nogil": True, "error_model": "numpy"}
    source = Path(function.__code__.co_filename)
    if source.is_file():
        numba.config.CACHE_DIR = _folder_of_code(source.parent)
    try:
        return cast("F", numba.njit(cache=True, **options)(function))
    except RuntimeError:  # a read-only installation
        return cast("F", numba.njit(**options)(function))
    finally:
        numba.config.CACHE_DIR = CHOSEN_FOLDER


@cache
def _folder_of_code(package: Path) -> str:
    """Where compiled code is kept: another place for each state of a package.

    Numba itself notices no change of a module from which a function calls another.
    """
    state = sha256()
    for module in sorted(package.glob("*.py")):
        state.update(module.read_bytes())
    root = Path(CHOSEN_FOLDER) if CHOSEN_FOLDER else package / "__pycache__"
    return str(root / f"compiled-{state.hexdigest()[:12]}")
