"""Keeping searches, agreeing to letters, and writing them."""
