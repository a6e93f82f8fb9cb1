"""Messages to other programs: that something public is new, changed or gone.

An organisation subscribes with an address of its own. What changed is read from the
record, as acts of the postings themselves, so no posting knows who listens. A message
says only which record it is; whoever wants more reads it through the interface, and so
nobody is told what is not public. It is signed, tried again after growing pauses, and
an address that fails for days is left in peace.
"""
