"""Measuring the quality of the matching."""
