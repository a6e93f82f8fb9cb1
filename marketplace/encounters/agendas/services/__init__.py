"""The private address of a calendar, and what stands there."""
