"""Two entries that are one: found at night, held for a person, and merged.

A pair is two postings of one organisation with the same title, place and days, or
with the same address; or such an entry and a hint about it. A person says that they
are one, and which stays; or that they are two, and then nobody asks again. What hangs
on the one that goes moves to the other; its address leads there ever after.
"""
