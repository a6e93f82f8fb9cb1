"""What is done at once does not depend on how quick a machine is."""

from math import inf

import pytest

from marketplace.stewardship.imports.services import taking
from marketplace.stewardship.takeovers.services import parts


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Whoever takes over waits for all of it, but where a test leaves it to workers."""
    monkeypatch.setattr(parts, "SECONDS", inf)
    monkeypatch.setattr(taking, "SECONDS", inf)
