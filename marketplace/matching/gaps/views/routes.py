"""The desk's pages of the gaps: importing their modules is what opens them."""

from marketplace.matching.gaps.views import office, writing

blueprint = office.blueprint
__all__ = ["blueprint", "office", "writing"]
