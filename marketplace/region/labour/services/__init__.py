"""Judging a plan, planning a period, checking a posting, saying why not.

`cases` puts together what is asked about; `dates`, `hours` and `adults` each say what
speaks against it; `judging` puts that in order.
"""
