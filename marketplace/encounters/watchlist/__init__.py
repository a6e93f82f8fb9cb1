"""The watch list: internships a pupil, and events anybody, wants to come back to.

It belongs to that person alone; nobody else learns what is on it, and it counts for
nothing. Events on it stand in her private calendar, too.
"""
