"""Closures: an organisation changes or gives up a place, or goes for good.

What hangs on it is asked first: a place with live postings stays where it is, and who
still owes a pupil an answer or a placement does not go. Of an organisation that went,
history keeps a pseudonym, and what lists say of it goes too. Stands on claims.
"""
