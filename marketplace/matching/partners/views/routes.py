"""The blueprint with all its pages."""

from marketplace.matching.partners.views import asking, choosing, comparing, listing
from marketplace.matching.partners.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "choosing", "comparing", "listing"]
