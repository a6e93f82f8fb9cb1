"""The pages of claims; naming them here gives the blueprint its addresses."""

from marketplace.stewardship.claims.views import claimant, office
from marketplace.stewardship.claims.views.blueprint import blueprint

__all__ = ["blueprint", "claimant", "office"]
