"""How files are taken over: read, told apart, compared, and written row by row.

`files` is the way in, for the command line and for the desk; `held` is what a person
decides about the rows that wait. Each kind has its own way to take a row over.
"""
