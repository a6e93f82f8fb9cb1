#!/usr/bin/env python3
"""The commands of a developer; `python3 dev.py --help` names them.

Needs Python 3.11 and nothing else. What the commands do stands in devtools/.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one is told so
    sys.exit("Python 3.11 or newer is needed; start dev.py with a newer python3.")

from devtools.checks import check, prove, test
from devtools.environment import prepare_environment
from devtools.frontend import build_frontend
from devtools.services import provide_services
from devtools.site import MARKET, refuse_taken_port, serve
from devtools.steps import TOP, CannotGoOn, alone, say

Act = Callable[[Namespace], int]


def main() -> int:
    """Carries out one command; 130 is the status of one that was interrupted."""
    options, rest = parser().parse_known_args()
    if rest and options.verb not in {"test", "bench"}:
        parser().error(f"unknown: {' '.join(rest)}")
    options.rest = rest
    act: Act = options.act
    os.chdir(TOP)
    try:
        return act(options)
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. The same command goes on from here.")
        return 130


def parser() -> ArgumentParser:
    """Names the verbs and their options."""
    top = ArgumentParser(description="Run, test and check the house.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, act: Act, text: str) -> ArgumentParser:
        made = verbs.add_parser(name, help=text, description=text)
        made.set_defaults(act=act)
        return made

    run = verb("run", run_site, "set up, then serve the site with demo content")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", default=5000, type=int)
    run.add_argument("--no-demo", action="store_true", help="start empty")
    run.add_argument("--reload", action="store_true", help="follow changes of files")
    verb("test", run_tests, "set up, check, then test; other arguments go to pytest")
    setup = verb("setup", set_up, "install packages and build the front end")
    setup.add_argument("--test", action="store_true", help="with what the tests need")
    checks = verb("check", run_checks, "check style, types, contracts and measures")
    checks.add_argument("--all", action="store_true", help="with the heavy proofs")
    checks.add_argument("--data", type=Path, help="a folder of real data for them")
    verb("bench", run_bench, "measure; other arguments go to `market bench`")
    return top


def set_up(options: Namespace) -> int:
    """Makes everything that `run` needs, and with --test what the tests need."""
    _prepare("test" if options.test else "run")
    if options.test:
        provide_services()
    return 0


def run_site(options: Namespace) -> int:
    """Serves the site until it is told to end."""
    refuse_taken_port(options.host, options.port)
    _prepare("run")
    serve(options)
    return 0


def run_tests(options: Namespace) -> int:
    """Checks, then tests."""
    _prepare("test")
    return test(options.rest)


def run_checks(options: Namespace) -> int:
    """Checks, and proves with --all."""
    _prepare("test")
    status = check()
    return max(status, prove(options.data)) if options.all else status


def run_bench(options: Namespace) -> int:
    """Measures in a database of its own."""
    _prepare("test")
    return subprocess.run([MARKET, "bench", *options.rest], check=False).returncode


def _prepare(packages: str) -> None:
    with alone():
        prepare_environment(packages)
        build_frontend()


if __name__ == "__main__":
    sys.exit(main())
