"""Text search, low in the house so that each posting indexes itself as it is written.

A thing is kept as the set of words it can be found by: folded, as written and in
their base form, compounds also by their parts. One plain table with an index, so
the answers are the same on every database.
"""
