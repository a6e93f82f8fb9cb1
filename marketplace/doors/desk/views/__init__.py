"""Pages of the desk by errand: what waits, what was sent."""
