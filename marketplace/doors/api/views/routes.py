"""Brings the addresses of this door together."""

from marketplace.doors.api.views import reading
from marketplace.doors.api.views.blueprint import blueprint

__all__ = ["blueprint", "reading"]
