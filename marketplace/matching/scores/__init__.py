"""The arithmetic of partner matching, without a database.

A profile is an offer of a provider or a site of a company, with its need and give
lines. Gates say why a pair cannot be; five parts say how well it fits one side; the
harmonic mean of both sides, times a price for being shown often, makes the order. All
is counted in integers: plain Python (`gates`, `coverage`, `directed`) is what holds,
`kernel` (numba) and `vectors` (NumPy) give the same numbers faster.
"""
