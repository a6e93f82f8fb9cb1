import pytest

from devtools.frontend import is_new_enough


@pytest.mark.parametrize(
    ("version", "answer"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.15.1", False),
        ("v22.16.0", True),
        ("v23.11.0", False),
        ("v24.0.0", True),
        ("v26.1.0\n", True),
        ("command not found", False),
    ],
)
def test_node_is_as_new_as_its_packages_ask(version, answer):
    assert is_new_enough(version) == answer
