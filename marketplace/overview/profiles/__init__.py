"""Profiles: what the page of an organisation shows beside its own words.

Everything it has posted, who tells of the work there and how fast it answers; the
sheet to hang up, and the groups of the directory by topic and district.
"""
