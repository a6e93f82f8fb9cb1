"""Who gets which place of a clearing round: the arithmetic, without a database.

Pupils wish seats in tiers, seats have places and classes, one lottery orders pupils.
Tie-aware deferred acceptance gives each seat to the best class and, within a class, to
whoever has nothing else in the same tier, then by lot. All is counted in integers:
`plain` is what holds, `kernel` (numba) gives the same result faster, and `checking`
looks at a result without knowing how it came about.
"""
