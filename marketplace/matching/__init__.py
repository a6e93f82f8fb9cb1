"""Who fits whom: providers with a need, companies that would give.

`scores` is the arithmetic alone, over plain values and arrays. `partners` feeds it from
the database and says in words what it found.
"""
