"""Every page of partnerships; importing it puts them on the blueprint."""

from marketplace.encounters.partnerships.views import arranging, reading, running
from marketplace.encounters.partnerships.views.blueprint import blueprint

__all__ = ["arranging", "blueprint", "reading", "running"]
