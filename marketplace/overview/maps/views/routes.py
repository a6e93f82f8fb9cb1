"""The pages of the map: importing their modules is what opens them."""

from marketplace.overview.maps.views import frames, page
from marketplace.overview.maps.views.blueprint import blueprint

__all__ = ["blueprint", "frames", "page"]
