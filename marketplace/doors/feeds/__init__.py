"""What other portals, maps and calendars take over of the lists, without asking.

A feed holds all hits of the page with the same filters, row by row, each with its
licence and its source. What a list told under no open licence is in none of them, and
hints are marked. Forms: CSV that our own import takes back, GeoJSON, iCal, Atom.
"""
