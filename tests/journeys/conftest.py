"""The stage of the journeys: the demonstration, a real server, a real browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.stage import Site, Typist, Visitor

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """An instance as `market db upgrade` and `market demo` leave it."""
    folder = tmp_path_factory.mktemp("demonstration")
    environment = os.environ | {"MARKET_INSTANCE": str(folder), "MARKET_DEMO": "1"}
    market = [sys.executable, "-c", "from marketplace.doors.commands.main import *"]
    market[-1] += "; market()"
    for words in (["db", "upgrade"], ["demo"]):
        subprocess.run([*market, *words], check=True, cwd=TOP, env=environment)
    return folder


@pytest.fixture
def site(demonstration, tmp_path):
    """The site on its own copy of the demonstration, served at a free port."""
    instance = shutil.copytree(demonstration, tmp_path / "instance")
    with Site(instance).served() as site:
        yield site


@pytest.fixture(params=[390, 1280], ids="{}px".format)
def width(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def has_script(request):
    return request.param


@pytest.fixture
def has_mouse():
    """Whether people press with a finger or mouse; without, they only have keys."""
    return True


@pytest.fixture
def visitor(chrome, site, width, has_script, has_mouse):
    """Opens a fresh profile, for a guest or for one of the nine of the demo."""
    visitors, kind = [], Visitor if has_mouse else Typist

    def enter(name=""):
        person = kind(chrome, site, width=width, has_script=has_script)
        visitors.append(person)
        if name:
            person.sign_in(f"{name}@demo.example")
        return person

    yield enter
    for person in visitors:
        person.leave()
    assert [fault for person in visitors for fault in person.faults] == []
