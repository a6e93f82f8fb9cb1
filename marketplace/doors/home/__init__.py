"""The street door: what this is, three ways in, search, map, figures.

It also says what the menu, the account and the foot of every page lead to.
"""
