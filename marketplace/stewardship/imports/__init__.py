"""Lists of others, taken over row by row and told apart from what people confirmed.

A file has a kind; each of its rows is created, updates what nobody edited since, is
found unchanged, is rejected with a reason, or is held: a likely duplicate or a place
of several waits for a person. What is taken over as a posting is only ever `listed`.
"""
