"""Quality: how well the matching works, in figures that are kept month by month.

Who is shown how often, how many introductions come about and how soon, how much of
what is needed is agreed, and whether every explanation sums to its score.
"""
