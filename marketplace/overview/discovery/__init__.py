"""The map of the region and what glows on it.

The region is its towns: the ground of every map is one drawing of their dots.
"""
