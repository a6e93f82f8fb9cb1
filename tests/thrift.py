"""What every test would do again is done once: the suite takes half the time."""

import gc

from werkzeug.routing import Rule

from marketplace.web.application import Application

# Each test leaves an application behind, so few of them are worth a look.
OFTEN = 100_000
_compiled = {}


class KnownRule(Rule):
    """A rule that remembers how its words were compiled for an application before.

    Each test has its own application, and compiling 440 rules took 120 ms, longer than
    most tests. What a rule compiles to depends on its words alone.
    """

    def _compile_builder(self, append_unknown=True):
        words = (self.rule, self.subdomain, self.host, repr(self.defaults))
        key = (*words, append_unknown)
        if key not in _compiled:
            _compiled[key] = super()._compile_builder(append_unknown)
        return _compiled[key]


Application.url_rule_class = KnownRule


def pytest_collection_finish():
    """What stands by now stays to the end: the collector need not look at it again."""
    gc.freeze()
    gc.set_threshold(OFTEN, *gc.get_threshold()[1:])


def pytest_collection_modifyitems(items):
    """Begins with the longest: else one worker is at it when all the rest is done."""
    items.sort(key=lambda item: item.name != "test_pages_are_sound")
