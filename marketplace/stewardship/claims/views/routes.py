"""The pages of claims; naming them here gives the blueprint its addresses."""

from marketplace.stewardship.claims.views import chasing, claimant, office
from marketplace.stewardship.claims.views.blueprint import blueprint

__all__ = ["blueprint", "chasing", "claimant", "office"]
