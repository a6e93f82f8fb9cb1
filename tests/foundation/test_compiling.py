import os
import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.foundation.compiling import compiled

TOP = Path(__file__).parents[3]
LIST = """
from marketplace.foundation.compiling import IS_COMPILED
from marketplace.matching.scores import index as markets
from marketplace.matching.scores.ranking import rank
from tests.matching.scores.catalogue import FUNKENKISTE, GIVERS, WEIGHTS
markets.COMPILED_FROM = 0
index = markets.MatchIndex([FUNKENKISTE, *GIVERS], WEIGHTS)
print(IS_COMPILED, [match.key for match in rank(index, 3)])
"""
KEYS = "[7860433, 6116000, 5202977, 3906039, 3703788, 3098799]"
NOT_INSTALLED = "import sys; sys.modules['numba'] = None"


@pytest.mark.parametrize(
    ("before", "environment", "is_compiled"),
    [
        ("", {"NUMBA_DISABLE_JIT": "0"}, True),
        ("", {"NUMBA_DISABLE_JIT": "1"}, False),
        (NOT_INSTALLED, {}, False),
    ],
)
def test_list_is_the_same_with_numba_and_without(before, environment, is_compiled):
    run = subprocess.run(
        [sys.executable, "-c", before + LIST],
        cwd=TOP,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout, run.stderr) == (f"{is_compiled} {KEYS}\n", "")


def test_function_whose_code_can_be_kept_nowhere_is_compiled_all_the_same():
    names = {}
    exec("def twice(number): return 2 * number", names)

    assert compiled(names["twice"])(21) == 42
