"""The watch list: internships a pupil wants to come back to.

It belongs to her alone; nobody else learns what is on it, and it counts for nothing.
"""
