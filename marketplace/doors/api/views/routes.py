"""Brings the addresses of this door together."""

from marketplace.doors.api.views import describing, matching, reading, writing
from marketplace.doors.api.views.blueprint import blueprint
from marketplace.doors.api.views.writing import init_app

__all__ = ["blueprint", "describing", "init_app", "matching", "reading", "writing"]
