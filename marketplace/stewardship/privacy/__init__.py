"""Privacy: what is kept how long, and how it goes.

One table of rules says for each record how long it is kept, since when, and what
becomes of it; each row calls the service of the feature that keeps the record, which
knows nothing of this. Every night the worker goes through the table in small steps.
A deletion that somebody asked for is noted by number, outside the database too, so
that a restored backup loses again what went after it was written.
"""
