"""What is put on paper about a placement, from the promise to the certificate.

An agreement is signed in turn by company, school (school events only), guardian (under
18) and pupil; a placement that changes gets a new version, to be signed anew. Before
the first day the company dates what it owes the young person; afterwards there is a
certificate whose address tells that it is valid and nothing else.
"""
