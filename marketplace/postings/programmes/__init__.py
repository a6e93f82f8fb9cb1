"""A funding programme: who pays for what, for whom, how much and until when.

Programmes are taken over from public sources. Amount and deadline stay as the source
has them; what could be read of them stands beside. One whose deadline has passed is
expired, unless it comes again.
"""
