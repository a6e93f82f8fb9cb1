"""An organisation takes its own entries over from a file of its own.

It gives a calendar (iCal), a table or what its pages tell machines (JSON-LD), sees
what would become of each entry, and takes it over: through the services of the forms,
with all their refusals. An entry is known by the key the file gives it, so the same
file again creates nothing. What is no longer in a file rests only when somebody says
so. Nothing is ever fetched from an address; a folder that the operator sets may be
watched instead.
"""
