"""Closures: an organisation gives up a place, or goes for good.

What hangs on either is asked first: a place with live postings stays, and whoever
still owes a pupil an answer or a placement does not go. Of an organisation that went,
history keeps a pseudonym, and what lists say of it goes too. Stands on claims.
"""
