"""Partners: for an offer the companies that can cover its needs, for a site of a
company the offers that need what it gives, with reasons both can believe.

The database is the record; what is matched is held per process as arrays and built
anew when an act changed something of it. Money paid to the platform is no input.
"""
