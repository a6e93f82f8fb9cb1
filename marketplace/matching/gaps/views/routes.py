"""The desk's pages of the gaps: importing their modules is what opens them."""

from marketplace.matching.gaps.views import mapping, office, writing

blueprint = office.blueprint
__all__ = ["blueprint", "mapping", "office", "writing"]
