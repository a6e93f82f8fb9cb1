"""Browsing: one internship at a time, to like or to pass.

What somebody likes goes to her watch list. Before she signs in, her browser keeps it,
by the short ids of internships alone; nothing of it says who she is.
"""
