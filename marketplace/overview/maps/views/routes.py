"""The pages of the map: importing their modules is what opens them."""

from marketplace.overview.maps.views import frames, grounds, page
from marketplace.overview.maps.views.blueprint import blueprint

__all__ = ["blueprint", "frames", "grounds", "page"]
