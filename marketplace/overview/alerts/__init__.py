"""Saved searches of internships, and the letters about what is new in them.

A letter comes in the rhythm one chose, at most one a day, and none when nothing is new.
Under 16 somebody at home agrees to letters first. Each bears a link that ends them all.
"""
