"""Text search, low in the house so that each posting indexes itself as it is written.

A thing is kept as the set of words it can be found by: folded, as written and in
their base form, compounds also by their parts. The words stand in the full-text index
of the database, which is asked for whole words alone, so that the answers are the same
on every database. Beside them stands what search shows of the thing, and how openly.
"""
