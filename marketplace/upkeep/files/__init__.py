"""Files that people gave: a row that tells of one, and its bytes in the store.

The bytes come before the row and go after it, so a row never lacks its bytes: they
are written before the transaction commits, and dropped by a job once it has. What a
transaction left that never came to be, the worker sweeps away.
"""
