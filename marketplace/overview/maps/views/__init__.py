"""The map as a page, and as a part of other sites."""
