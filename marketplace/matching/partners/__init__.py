"""Partners: for an offer the companies that can cover its needs, for a site of a
company the offers that need what it gives, with reasons both can believe.

The database is the record. Each process holds what is matched as arrays and rewrites
in them what the log of changes names; lists of the first 20, prices and the weights of
topics are stored each night and follow the log too. Money paid to the platform is no
input.
"""
